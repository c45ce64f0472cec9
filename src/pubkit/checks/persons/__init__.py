"""Is every person of the source in the translation, and is it the same person?

One check per file; what they all look at is found out in ``survey``.
"""

from pubkit.checks.persons import (
    inconsistent_name,
    missing_name,
    swapped_names,
    unknown_name,
    untranslated_name,
    wrong_name,
)
from pubkit.checks.persons.survey import named_persons

__all__ = [
    "inconsistent_name",
    "missing_name",
    "named_persons",
    "swapped_names",
    "unknown_name",
    "untranslated_name",
    "wrong_name",
]
