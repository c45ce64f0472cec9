"""Is the translation set as its language is set? One group of marks per module."""
# isort: skip_file

from pubkit.checks.typography import widths, quotations, brackets, dashes, stops
from pubkit.checks.typography import spaces, words, numbers

__all__ = ["brackets", "dashes", "numbers", "quotations", "spaces", "stops", "widths", "words"]
