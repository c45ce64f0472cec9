"""All checks, one theme per module; the order of this list is that in which they run.

Whoever runs checks of translations or names checks imports it: without it, some would be missing.
"""
# isort: skip_file

from pubkit.checks import completeness, language
from pubkit.checks import persons, titles, organizations, terms
from pubkit.checks import facts, markup, typography, characters
from pubkit.checks import consistency, source, edition, extraction, printed, waivers
from pubkit.checks.registry import REGISTRY

THEMES = (
    *(completeness, language),
    *(persons, titles, organizations, terms),
    *(facts, markup, typography, characters),
    *(consistency, source, edition, extraction, printed, waivers),
)

__all__ = ["REGISTRY", "THEMES"]
