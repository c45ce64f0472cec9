"""Is the translation in its own language and script, and does it say all of its source?"""

from pubkit.checks.language import (
    source_left_over,
    wrong_script,
    implausible_length,
    negation_lost,
)

__all__ = ["implausible_length", "negation_lost", "source_left_over", "wrong_script"]
