"""Is the translation in its own language and script, and does it say all of its source?

One check per file, in the order in which they run.
"""
# isort: skip_file

from pubkit.checks.language import source_left_over
from pubkit.checks.language import wrong_script
from pubkit.checks.language import implausible_length
from pubkit.checks.language import negation_lost

__all__ = ["implausible_length", "negation_lost", "source_left_over", "wrong_script"]
