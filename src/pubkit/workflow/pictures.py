"""The pictures of documents: files below their folder that can be shown, and copies for the web."""

from functools import lru_cache
from pathlib import Path, PurePosixPath

from pubkit.config import Config
from pubkit.config.limits import DEFAULT_LIMITS, Limits, raised
from pubkit.errors import SourceError
from pubkit.formats.below import NotBelowError, TooLargeError, read_below
from pubkit.formats.files import write_changed
from pubkit.formats.markdown import Picture, document_pictures
from pubkit.messages import gettext as _
from pubkit.model import Document, Edition
from pubkit.rendering.pictures import picture_fault, picture_size, web_picture


def verify_pictures(document: Document, folder: Path, limits: Limits = DEFAULT_LIMITS) -> None:
    """Make sure that every picture of a document is a file below a folder.

    Raises:
        SourceError: One is not; the error names the line.
    """
    for picture in document_pictures(document):
        data = _read(picture, folder, limits.picture_bytes)
        fault = picture_fault(data, name=picture.path, most_pixels=limits.picture_pixels)
        if fault:
            raise SourceError(
                _("The picture {picture} cannot be shown: {fault}").format(
                    picture=picture.path, fault=fault
                ),
                location=picture.location,
                remedy=_("Save it again as JPEG or PNG, with 6000 pixels in width or less"),
            )


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
    """Copy the pictures of an edition to where its page finds them; what is equal stays."""
    for picture in edition.pictures:
        data = read_below(config.source, picture, most=config.limits.picture_bytes)
        write_changed(config.build / picture, _for_the_web(data, picture))


@lru_cache(maxsize=8)
def _for_the_web(data: bytes, name: str) -> bytes:
    """Return what readers load; all languages of a document share its pictures."""
    return web_picture(data, name=name) or data
