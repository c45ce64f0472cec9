"""The pictures of a manuscript: shown by browsers or left out, under names that stay."""

import re
from dataclasses import replace
from hashlib import sha256

from pubkit.formats.manuscripts.model import (
    Block,
    Content,
    Figure,
    Image,
    Loss,
    LossKind,
    Manuscript,
    Paragraph,
    Piece,
    Remark,
    plain_text,
    with_contents,
)
from pubkit.formats.manuscripts.places import place_of
from pubkit.formats.manuscripts.tidying import tidy
from pubkit.messages import gettext as _
from pubkit.patterns import pattern
from pubkit.rendering.pictures import Unshowable, shown_picture

MEANINGLESS = pattern(
    r"(?:image|picture|img|graphic|grafik|bild|photo|图片|图像|图)?[\s_-]*\d*(?:\.\w{2,4})?\Z",
    re.IGNORECASE,
)
"""What programs write where people should say what is to be seen."""


def take_pictures(manuscript: Manuscript, name: str) -> tuple[Manuscript, dict[str, bytes]]:
    """Give each picture its file below ``pictures/``, and its words.

    Args:
        manuscript: Its images name the pictures of the manuscript.
        name: That of the document; the names of its pictures begin with it.

    Returns:
        The manuscript, whose images name files, and these files.
    """
    taker = _Taker(manuscript, name)
    blocks = tuple(part for block in manuscript.blocks for part in taker.block(block))
    notes = {label: with_contents(note, taker.content) for label, note in manuscript.notes.items()}
    losses = (*manuscript.losses, *taker.losses)
    return replace(manuscript, blocks=blocks, notes=notes, losses=losses), taker.files


class _Taker:
    """Takes the pictures in the order in which they are read."""

    def __init__(self, manuscript: Manuscript, name: str) -> None:
        self._pictures = manuscript.pictures
        self._name = name
        self._paths: dict[str, str] = {}
        self.files: dict[str, bytes] = {}
        self.losses: list[Loss] = []
        self._number = 0

    def block(self, block: Block) -> tuple[Block, ...]:
        """Return a block with its pictures in their places."""
        self._number += 1
        if not isinstance(block, Figure):
            return with_contents((block,), self.content)
        caption = self.content(block.caption)
        path = self._path(block.image, caption)
        if path is None:
            rest = (Paragraph(caption),) if caption else ()
            return (Remark(_("Here a picture is missing: {text}").format(text=_safe(block))), *rest)
        words = self._words(block.image, caption)
        return (Figure(Image(path=path, alternative=words), caption),)

    def content(self, content: Content) -> Content:
        """Return a content with its pictures in their places."""
        if not any(isinstance(piece, Image) for piece in content):
            return content
        pieces: list[Piece] = []
        for piece in content:
            if not isinstance(piece, Image):
                pieces.append(piece)
                continue
            path = self._path(piece, content)
            words = self._words(piece, ())
            pieces += [Image(path=path, alternative=words)] if path else []
        return tidy(pieces)

    def _path(self, image: Image, near: Content) -> str | None:
        """Return the path of a picture in the document; None if it cannot be shown."""
        data = self._pictures.get(image.path)
        place = place_of(self._number, near or image.alternative)
        if data is None:
            self._lose(image, place, _("it is not in the file"))
            return None
        key = sha256(data).hexdigest()
        if key not in self._paths:
            try:
                shown = shown_picture(data)
            except Unshowable as cause:
                self._lose(image, place, str(cause))
                return None
            self._paths[key] = f"pictures/{self._name}-{len(self._paths) + 1}{shown.suffix}"
            self.files[self._paths[key]] = shown.data
            if shown.data != data:
                self._tell(
                    LossKind.PICTURE, place, _("saved anew as {suffix}").format(suffix=shown.suffix)
                )
        return self._paths[key]

    def _lose(self, image: Image, place: str, reason: str) -> None:
        words = f" “{image.alternative}”" if image.alternative else ""
        text = f"{image.path}: {reason}{words}"
        self.losses.append(Loss(kind=LossKind.PICTURE, place=place, text=text))

    def _words(self, image: Image, caption: Content) -> str:
        """Return what a picture shows in words: the author's, or those of its caption.

        Without either it stays mute, and ``pubkit extract`` refuses the document until somebody
        says what is to be seen.
        """
        words = image.alternative
        if words and not MEANINGLESS.match(words):
            return words
        stand_in = " ".join(plain_text(caption).split())
        place = place_of(self._number, caption or image.path)
        if stand_in:
            self._tell(LossKind.PICTURE_WORDS, place, _("its caption stands in"))
        else:
            self._tell(LossKind.PICTURE_WORDS, place, _("somebody has to say what it shows"))
        if words:
            self.losses.append(Loss(kind=LossKind.PICTURE_WORDS, place=place, text=words))
        return stand_in

    def _tell(self, kind: LossKind, place: str, text: str) -> None:
        self.losses.append(Loss(kind=kind, place=place, text=text, is_kept=True))


def _safe(figure: Figure) -> str:
    """Return the words of a picture, without what would end a comment."""
    words = figure.image.alternative or figure.image.path
    return words.replace("--", "–").replace(">", " ")
