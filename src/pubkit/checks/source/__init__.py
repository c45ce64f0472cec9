"""Does the source itself have slips? They are reported where the source is written.

What is agreed is no proof here: an alias that was added so that a slip is understood (``Yu Pan``
for ``Yu Fan``) does not make it right. One check per file, in the order in which they run.
"""
# isort: skip_file

from pubkit.checks.source import name_variant
from pubkit.checks.source import acronym_variant
from pubkit.checks.source import case_variant

__all__ = ["acronym_variant", "case_variant", "name_variant"]
