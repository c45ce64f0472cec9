"""The checks, one theme per module; the order of this list is the order of the findings.

A check is a function; ``registry`` says how one is written, ``runner`` runs them.
"""

from pubkit.checks import completeness, markup, names, waivers
from pubkit.checks.registry import REGISTRY, Check
from pubkit.checks.runner import check_catalog

__all__ = ["REGISTRY", "Check", "check_catalog", "completeness", "markup", "names", "waivers"]
