"""The pictures of documents: files below their folder that can be shown, and copies for the web."""

from collections.abc import Iterator
from functools import lru_cache, partial
from hashlib import sha256
from pathlib import Path, PurePosixPath

from pubkit.caches import keep, read_kept
from pubkit.config import Config
from pubkit.config.limits import DEFAULT_LIMITS, Limits, raised
from pubkit.errors import Location, RenderingError, SourceError
from pubkit.formats.below import NotBelowError, TooLargeError, read_below
from pubkit.formats.files import write_changed
from pubkit.formats.markdown import Picture, document_pictures
from pubkit.jail import Bounds, Cell, Ended, run_jailed
from pubkit.messages import gettext as _
from pubkit.model import Document, Edition
from pubkit.rendering.pictures import (
    examiner_version,
    load_formats,
    picture_fault,
    picture_size,
    thumbnail,
    web_picture,
)
from pubkit.rendering.places import places_to_read
from pubkit.rendering.printed_pictures import KIND, picture_key
from pubkit.workflow.exhaustion import explain_exhaustion

EXAMINED, SOUND = "examined", b"sound"
"""What is kept of pictures that were looked at: nothing of those that have a fault."""


def verify_pictures(document: Document, folder: Path, limits: Limits = DEFAULT_LIMITS) -> None:
    """Make sure that every picture of a document is a file below a folder, and can be shown.

    Raises:
        SourceError: One is not; the error names the line.
    """
    for picture in {picture.path: picture for picture in document_pictures(document)}.values():
        data = _read(picture, folder, limits.picture_bytes)
        key = _examination(picture, sha256(data).hexdigest(), limits)
        if key not in _sound and read_kept(EXAMINED, key) != SOUND:
            _examine(picture, data, limits)
            keep(EXAMINED, key, SOUND)
        _remember(key)


_sound: set[str] = set()
"""What this process knows, also where nothing is kept."""


def _remember(key: str, most: int = 10_000) -> None:
    if len(_sound) >= most:
        _sound.clear()
    _sound.add(key)


def _examination(picture: Picture, digest: str, limits: Limits) -> str:
    """Return the name under which is kept that a file was found sound: by whom, and as what."""
    kind = "drawing" if picture.path.lower().endswith(".svg") else "raster"
    return f"{digest}-{kind}-{limits.picture_pixels}-{examiner_version()}"


def _examine(picture: Picture, data: bytes, limits: Limits) -> None:
    """Have a child look at a picture, which may have come with somebody's document.

    It is given this one alone: whatever a picture does to its child, it vouches for no other.
    """
    load_formats()
    try:
        run_jailed(partial(_look, picture, data, limits), _bounds(limits))
    except Ended as end:
        raise _unshowable(picture, *_explain(end, limits)) from None


def _look(picture: Picture, data: bytes, limits: Limits, _cell: Cell) -> Iterator[bytes]:
    fault = picture_fault(data, name=picture.path, most_pixels=limits.picture_pixels)
    if fault:
        raise _unshowable(picture, fault)
    yield SOUND


def _bounds(limits: Limits) -> Bounds:
    """Return what a child may use that looks at pictures."""
    return Bounds(
        seconds=limits.seconds, memory_bytes=limits.memory_bytes, readable=places_to_read()
    )


def _explain(end: Ended, limits: Limits) -> tuple[str, str]:
    """Return in words why a picture could not be looked at, and what can be done."""
    smaller = _save_again()
    exhausted = explain_exhaustion(end, limits, remedy=smaller)
    return exhausted or (_("looking at it does not end well"), smaller)


def _unshowable(picture: Picture, fault: str, remedy: str = "") -> SourceError:
    return SourceError(
        _("The picture {picture} cannot be shown: {fault}").format(
            picture=picture.path, fault=fault
        ),
        location=picture.location,
        remedy=remedy or _save_again(),
    )


def _save_again() -> str:
    return _("Save it again as JPEG or PNG, with 6000 pixels in width or less")


def _read(picture: Picture, folder: Path, most: int) -> bytes:
    path = picture_file(picture, folder)
    try:
        return read_below(folder, picture.path, most=most)
    except NotBelowError:
        raise SourceError(
            _("The picture {picture} is not there").format(picture=picture.path),
            location=picture.location,
            remedy=_("Put it at {path}, or mend the name").format(path=path),
        ) from None
    except TooLargeError:
        raise SourceError(
            _("The picture {name} has more than {size} MB").format(
                name=picture.path, size=f"{most / 1e6:g}"
            ),
            location=picture.location,
            remedy=raised(_("Save it with 3000 pixels in width or less"), "picture_bytes"),
        ) from None


def picture_sizes(document: Document, folder: Path) -> dict[str, tuple[int, int]]:
    """Return width and height of every picture of a document that has them."""
    sizes = {
        picture.path: picture_size(picture_file(picture, folder))
        for picture in document_pictures(document)
    }
    return {path: size for path, size in sizes.items() if size}


def picture_file(picture: Picture, folder: Path) -> Path:
    """Return the file of a picture.

    Raises:
        SourceError: It is on the web or outside the folder of the documents.
    """
    is_local = ":" not in picture.path and not picture.path.startswith(("/", "\\", "#"))
    path = (folder / PurePosixPath(picture.path)).resolve()
    if not is_local or not path.is_relative_to(folder.resolve()):
        raise SourceError(
            _("The picture {picture} is not a file beside the document").format(
                picture=picture.path
            ),
            location=picture.location,
            remedy=_("Save it in source/pictures/ and write ![…](pictures/name.jpg)"),
        )
    return path


def copy_pictures(edition: Edition, config: Config) -> None:
    """Copy the pictures of an edition to where its page finds them; what is equal stays.

    Raises:
        RenderingError: A picture is there no longer, or cannot be copied.
    """
    for picture in edition.pictures:
        try:
            data = read_below(config.source, picture, most=config.limits.picture_bytes)
            copy = _for_the_web(data, picture, config.limits)
        except (NotBelowError, TooLargeError):
            raise _uncopied(edition, picture, _save_again()) from None
        except Ended as end:
            raise _uncopied(edition, picture, _explain(end, config.limits)[1]) from None
        write_changed(config.build / picture, copy, error=RenderingError)


def small_picture(data: bytes, name: str, limits: Limits) -> bytes | None:
    """Return a small copy of a picture; nothing if it needs none, or none can be made of it."""
    try:
        (copy,) = run_jailed(lambda _cell: [thumbnail(data, name=name) or b""], _bounds(limits))
    except Ended:
        return None
    return copy or None


def _uncopied(edition: Edition, picture: str, remedy: str) -> RenderingError:
    return RenderingError(
        _("The picture {picture} cannot be copied").format(picture=picture),
        location=Location(edition.document.path),
        remedy=remedy,
    )


@lru_cache(maxsize=8)
def _for_the_web(data: bytes, name: str, limits: Limits) -> bytes:
    """Return what readers load: a copy that is kept, or the file if it can be shown as it is.

    What a child says of a picture is kept under the digest of that picture alone.
    """
    if name.lower().endswith(".svg"):
        return data
    key = picture_key(sha256(data).hexdigest(), "web")
    copy = read_kept(KIND, key)
    if copy is None:
        (copy,) = run_jailed(lambda _cell: [web_picture(data, name=name) or b""], _bounds(limits))
        keep(KIND, key, copy)
    return copy or data
