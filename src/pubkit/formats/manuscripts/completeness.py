"""The law of import: every letter of the input is in the document or in the report.

The texts of a file are read a second time, straight from its XML and without any notion of what
they are, and each of them is looked for. One that no reader brought is reported as it stands.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

from pubkit.formats.manuscripts.model import Block, Image, Loss, LossKind, contents, plain_text


def letters(text: str) -> str:
    """Return what two readings of a text must have in common: its letters and digits."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text) if sign.isalnum())


def lost_texts(
    texts: Iterable[str], found: Iterable[str], told: Iterable[Loss] = ()
) -> Iterator[Loss]:
    """Yield a loss for each text that is not found.

    Args:
        texts: The paragraphs of the file, each as often as it stands there.
        found: The paragraphs of the manuscript.
        told: What is reported already, be it whole paragraphs or words within them.
    """
    reported = [letters(loss.text) for loss in told if not loss.is_kept]
    present = Counter(filter(None, (*map(letters, found), *reported)))
    missing: list[str] = []
    for text in texts:
        wanted = letters(text)
        if present[wanted] > 0:
            present[wanted] -= 1
        elif wanted:
            missing.append(text)
    rest = "\n".join(present.elements())
    for number, text in enumerate(missing):
        shapes = (letters(text), _without(reported, letters(text)))
        shape = next((s for s in shapes if s in rest), None) if number < MOST_SEARCHED else None
        if shape is None:
            yield Loss(kind=LossKind.OTHER_TEXT, text=" ".join(text.split()))
        elif shape:
            rest = rest.replace(shape, "\n", 1)


MOST_SEARCHED = 2000
"""Texts that are looked for within others; beyond that they are reported as they stand."""


def _without(reported: Iterable[str], text: str) -> str:
    """Return the letters of a text without the words in it that are reported already."""
    for words in reported:
        if words:
            text = text.replace(words, "", 1)
    return text


def block_texts(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Yield the text of each content of blocks, and the words of the pictures in it."""
    for content in contents(blocks):
        yield plain_text(content)
        yield from (piece.alternative for piece in content if isinstance(piece, Image))
