"""OpenDocument texts (.odt), as LibreOffice writes them."""

from collections.abc import Iterator

from pubkit.errors import Location, SourceError
from pubkit.formats.manuscripts.completeness import block_texts, lost_texts
from pubkit.formats.manuscripts.model import Loss, LossKind, Manuscript
from pubkit.formats.manuscripts.open_document_styles import Styles
from pubkit.formats.manuscripts.open_document_text import (
    TextReader,
    own_text,
    whole_text,
)
from pubkit.formats.manuscripts.packages import Package, encrypted, open_package
from pubkit.formats.manuscripts.syntax_tree import joined_code, joined_quotations
from pubkit.formats.manuscripts.trees import every, has
from pubkit.formats.manuscripts.word_parts import Properties, properties_of
from pubkit.formats.xml import Element, local_name
from pubkit.messages import gettext as _

TEXT = "application/vnd.oasis.opendocument.text"


def read_odt(data: bytes, *, path: str) -> Manuscript:
    """Read an OpenDocument text.

    Raises:
        SourceError: It is damaged, protected, or another kind of document.
    """
    package = open_package(data, path=path)
    content = _content(package)
    styles = package.xml("styles.xml", "document-styles")
    roots = [root for root in (styles, content) if root is not None]
    reader = TextReader(content, Styles(roots), package)
    blocks = tuple(joined_code(joined_quotations(reader.read())))
    properties = _properties(package)
    losses = [*_part_losses(package, styles), *reader.losses]
    found = [reader.title, reader.subtitle, *block_texts(blocks)]
    found += [text for note in reader.notes.values() for text in block_texts(note)]
    losses += lost_texts(_texts(content), found, losses)
    return Manuscript(
        title=reader.title,
        subtitle=reader.subtitle,
        property_title=properties.title,
        date=properties.date,
        lang=properties.lang,
        blocks=blocks,
        notes=reader.notes,
        pictures={name: data for name, data in package.parts.items() if _is_picture(name)},
        losses=(*losses, *properties.losses),
        origins={"title": _("its style"), "date": _("the day on which the file was saved")},
    )


def _content(package: Package) -> Element:
    manifest = package.xml("META-INF/manifest.xml", "manifest")
    if manifest is not None and has(manifest, "encryption-data"):
        raise encrypted(package.path)
    kind = package.parts.get("mimetype", b"").decode("ascii", "replace").strip()
    content = package.xml("content.xml", "document-content")
    if content is None or not kind.startswith(TEXT) or not every(content, "text"):
        raise SourceError(
            _("The file is no OpenDocument text"),
            location=Location(package.path),
            remedy=_("Open it in the program that made it, and save it as .odt"),
        )
    return content


def _is_picture(name: str) -> bool:
    return name.startswith(("Pictures/", "media/")) or "ObjectReplacements/" in name


def _texts(content: Element) -> Iterator[str]:
    """Yield the text of every paragraph, wherever it stands."""
    for body in every(content, "text"):
        if local_name(body) == "text" and has(body, "p", "h"):
            yield from (own_text(paragraph) for paragraph in every(body, "p", "h"))


# ---------------------------------------------------------------- beside the text


def _part_losses(package: Package, styles: Element | None) -> Iterator[Loss]:
    if any(name.startswith(("Basic/", "Scripts/")) for name in package.parts):
        yield Loss(kind=LossKind.MACRO, place="Basic/")
    told: set[str] = set()
    for kind, names in MARGINS.items():
        for margin in every(styles, *names) if styles is not None else ():
            text = whole_text(margin)
            if text and text not in told:
                told.add(text)
                yield Loss(kind=kind, place="styles.xml", text=text)


MARGINS = {
    LossKind.HEADER: ("header", "header-left", "header-first"),
    LossKind.FOOTER: ("footer", "footer-left", "footer-first"),
}


NAMES = {"date": "modified", "creation-date": "created", "keyword": "keywords"}


def _properties(package: Package) -> Properties:
    root = package.xml("meta.xml", "document-meta")
    found: dict[str, str] = {}
    for element in root.iter("*") if root is not None else ():
        name = NAMES.get(local_name(element), local_name(element))
        text = (element.text or "").strip()
        if text:
            found[name] = f"{found[name]}; {text}" if name == "keywords" and name in found else text
    return properties_of(found)
