"""What the house of a catalog sets between Han and Latin letters, when nobody has said it."""

from collections.abc import Iterable
from itertools import islice

from pubkit.checks.typography.line import HAN
from pubkit.patterns import pattern

END_OF_LATIN = pattern(rf"[A-Za-z\d]( ?)(?=[{HAN}])")
MOST_TEXTS = 500
FEWEST_ENDS = 10
LEAST_SHARE = 0.6


def infer_spacing(texts: Iterable[str]) -> str:
    """Return ``tight``, which is the rule, or ``ignore`` for a catalog that plainly spaces.

    Args:
        texts: The translations, of which the first hundreds tell.
    """
    sample = "\n".join(islice(filter(None, texts), MOST_TEXTS))
    ends = END_OF_LATIN.findall(sample)
    is_spaced = len(ends) >= FEWEST_ENDS and ends.count(" ") >= LEAST_SHARE * len(ends)
    return "ignore" if is_spaced else "tight"
