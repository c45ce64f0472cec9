"""The checks, one theme per module; the order of this list is that in which they run.

A check is a function; ``registry`` says how one is written, ``runner`` runs them.
"""
# isort: skip_file

from pubkit.checks import completeness, language
from pubkit.checks import persons, titles, organizations, terms
from pubkit.checks import facts, markup, typography, characters
from pubkit.checks import consistency, source, edition, extraction, printed, waivers
from pubkit.checks.registry import REGISTRY, Check
from pubkit.checks.runner import check_catalog

THEMES = (
    *(completeness, language),
    *(persons, titles, organizations, terms),
    *(facts, markup, typography, characters),
    *(consistency, source, edition, extraction, printed, waivers),
)

__all__ = ["REGISTRY", "THEMES", "Check", "check_catalog"]
