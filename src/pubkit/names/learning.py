"""Learn from a document how a name is rendered: from what its texts have in common."""

import re
from collections.abc import Iterator, Sequence

HAN_RUN = re.compile(r"[\u3400-\u9fff][\u3400-\u9fff·]*[\u3400-\u9fff]")
LONGEST_FORM = 16


def learn_form(naming: Sequence[str], others: Sequence[str]) -> str:
    """Return the longest string that all texts naming somebody share and no other text has.

    Args:
        naming: The Chinese counterparts of the texts that have a name; two or more.
        others: Those of the texts that do not have it.

    Returns:
        The form; nothing if there is none of two characters.
    """
    first, *rest = sorted(naming, key=len)
    for form in _strings(first):
        if all(form in text for text in rest) and not any(form in text for text in others):
            return form
    return ""


def _strings(text: str) -> Iterator[str]:
    """Yield the Han strings of a text, the longest first."""
    runs = HAN_RUN.findall(text)
    longest = min(LONGEST_FORM, max((len(run) for run in runs), default=0))
    for length in range(longest, 1, -1):
        for run in runs:
            for start in range(len(run) - length + 1):
                yield run[start : start + length]
