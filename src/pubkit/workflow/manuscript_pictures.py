"""The pictures of a manuscript: shown by browsers or left out, under names that stay."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from hashlib import sha256

from pubkit.config.limits import DEFAULT_LIMITS, Limits
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
from pubkit.jail import Bounds, Cell, Ended, run_jailed
from pubkit.jail.frames import printable
from pubkit.messages import gettext as _
from pubkit.patterns import pattern
from pubkit.rendering.pictures import SHOWN_SUFFIXES, Shown, Unshowable, load_formats, shown_picture
from pubkit.rendering.places import places_to_read
from pubkit.workflow.exhaustion import explain_exhaustion

MEANINGLESS = pattern(
    r"(?:image|picture|img|graphic|grafik|bild|photo|图片|图像|图)?[\s_-]*\d*(?:\.\w{2,4})?\Z",
    re.IGNORECASE,
)
"""What programs write where people should say what is to be seen."""


def take_pictures(
    manuscript: Manuscript, name: str, *, limits: Limits = DEFAULT_LIMITS
) -> tuple[Manuscript, dict[str, bytes]]:
    """Give each picture its file below ``pictures/``, and its words.

    Args:
        manuscript: Its images name the pictures of the manuscript.
        name: That of the document; the names of its pictures begin with it.
        limits: What a picture may have, and what looking at it may take.

    Returns:
        The manuscript, whose images name files, and these files.
    """
    taker = _Taker(manuscript, name, limits)
    blocks = tuple(part for block in manuscript.blocks for part in taker.block(block))
    notes = {label: with_contents(note, taker.content) for label, note in manuscript.notes.items()}
    losses = (*manuscript.losses, *taker.losses)
    return replace(manuscript, blocks=blocks, notes=notes, losses=losses), taker.files


class _Taker:
    """Takes the pictures in the order in which they are read."""

    def __init__(self, manuscript: Manuscript, name: str, limits: Limits) -> None:
        self._pictures = manuscript.pictures
        self._name = name
        self._limits = limits
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
                shown = look_at_picture(data, self._limits)
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


# ---------------------------------------------------------------- behind walls


def look_at_picture(data: bytes, limits: Limits = DEFAULT_LIMITS) -> Shown:
    """Return a picture of a stranger as browsers show it; a child decodes it.

    Raises:
        Unshowable: It cannot be shown, or looking at it ends the child.
    """
    load_formats()
    bounds = Bounds(
        seconds=limits.seconds, memory_bytes=limits.memory_bytes, readable=places_to_read()
    )
    try:
        answer = run_jailed(partial(_look_at, data, limits), bounds)
    except Ended as end:
        exhausted = explain_exhaustion(end, limits, remedy="")
        raise Unshowable(exhausted[0] if exhausted else _not_well()) from None
    return _read_answer(answer, data)


def _look_at(data: bytes, limits: Limits, _cell: Cell) -> Iterator[bytes]:
    """Yield the suffix of a picture, and what it is instead, if it is saved anew."""
    try:
        shown = shown_picture(data, limits=limits)
    except Unshowable as cause:
        yield from (b"", str(cause).encode())
        return
    yield from (shown.suffix.encode(), b"" if shown.data == data else shown.data)


def _read_answer(answer: tuple[bytes, ...], data: bytes) -> Shown:
    """Return what a child has found; the suffix is one of those that there are."""
    match answer:
        case (b"", reason):
            raise Unshowable(printable(reason.decode("utf-8", "replace")))
        case (word, anew) if (suffix := word.decode("utf-8", "replace")) in SHOWN_SUFFIXES:
            return Shown(anew or data, suffix)
    raise Unshowable(_not_well())


def _not_well() -> str:
    return _("looking at it does not end well")


def _safe(figure: Figure) -> str:
    """Return the words of a picture, without what would end a comment."""
    words = figure.image.alternative or figure.image.path
    return words.replace("--", "–").replace(">", " ")
