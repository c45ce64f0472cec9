"""Word's documents (.docx): cleaned of what cannot be taken over, then read by pandoc.

::

    .docx --open_package--> parts --clean--> parts and losses --pandoc--> tree --convert--> blocks
                              +------------------ texts ------------------------> compared

Pandoc drops text boxes, comments, charts and page headers without a word, and the paragraph
around a text box with it; so they are taken out, and told, before it reads the rest.
"""

from collections.abc import Iterator

from pubkit.errors import Location, SourceError
from pubkit.formats.manuscripts.completeness import block_texts, lost_texts
from pubkit.formats.manuscripts.model import Manuscript
from pubkit.formats.manuscripts.packages import Package, open_package, pack
from pubkit.formats.manuscripts.pandoc import read_tree
from pubkit.formats.manuscripts.styles import SPACES_OF_CODE
from pubkit.formats.manuscripts.syntax_tree import Converted, convert, joined_code
from pubkit.formats.manuscripts.trees import attribute, every, has
from pubkit.formats.manuscripts.word_cleaning import FALSE, HIDDEN, clean, paragraph_text
from pubkit.formats.manuscripts.word_parts import part_losses, read_properties
from pubkit.formats.xml import Element, format_tree
from pubkit.messages import gettext as _

NEEDED = ("styles", "numbering", "settings", "footnotes", "endnotes", "theme", "fontTable")
"""The kinds of parts that pandoc reads beside the document; it is given no other."""


def read_docx(data: bytes, *, path: str) -> Manuscript:
    """Read a document of Word.

    Raises:
        SourceError: It is damaged, protected, or no document of Word.
    """
    package = open_package(data, path=path)
    main = main_part(package)
    roots = dict(_texts_of(package, main))
    styles, numbering = _style_names(package, main), _numbering(package, main)
    losses = [*part_losses(package, main, roots[main])]
    for root in roots.values():
        losses += clean(root, package.relations(main), styles, numbering)
    texts = [text for root in roots.values() for text in _paragraph_texts(root)]
    found = convert(read_tree(_packed(package, main, roots), "docx+styles", path=path))
    losses += found.losses
    losses += lost_texts(texts, _found_texts(found), found.losses)
    properties = read_properties(package)
    return Manuscript(
        title=found.title,
        subtitle=found.subtitle,
        property_title=properties.title,
        date=properties.date,
        lang=properties.lang,
        blocks=tuple(joined_code(found.blocks)),
        notes=found.notes,
        pictures=dict(_pictures(package, main)),
        losses=(*losses, *properties.losses),
        origins={"title": _("its style"), "date": _("the day on which the file was saved")},
    )


def main_part(package: Package) -> str:
    """Return the name of the part that holds the text.

    Raises:
        SourceError: The package has none that pubkit reads.
    """
    kinds = package.relations("").values()
    main = next((target for kind, target in kinds if kind == "officeDocument"), "")
    if main not in package.parts or package.xml(main, "document") is None:
        raise SourceError(
            _("The file is no document of Word"),
            location=Location(package.path),
            remedy=_("Open it in the program that made it, and save it as .docx"),
        )
    return main


def _texts_of(package: Package, main: str) -> Iterator[tuple[str, Element]]:
    """Yield the parts that hold text: the document, its footnotes and endnotes."""
    document = package.xml(main, "document")
    if document is not None:
        yield main, document
    for kind, target in package.relations(main).values():
        root = package.xml(target, kind) if kind in ("footnotes", "endnotes") else None
        if root is not None:
            yield target, root


def _style_names(package: Package, main: str) -> dict[str, str]:
    """Return the names of styles by identifier, in lower case; those that hide text as ``*``."""
    relations = package.relations(main).values()
    part = next((target for kind, target in relations if kind == "styles"), "")
    root = package.xml(part, "styles") if part in package.parts else None
    names: dict[str, str] = {}
    for style in every(root, "style") if root is not None else ():
        name = next((attribute(child, "val") for child in every(style, "name")), "")
        hides = any(attribute(child, "val") not in FALSE for child in every(style, "vanish"))
        names[attribute(style, "styleId")] = HIDDEN if hides else name.lower()
    return names


def _numbering(package: Package, main: str) -> dict[str, tuple[str, bool]]:
    """Return the definition of each list by its number, and whether it begins anew."""
    relations = package.relations(main).values()
    part = next((target for kind, target in relations if kind == "numbering"), "")
    root = package.xml(part, "numbering") if part in package.parts else None
    return {
        attribute(number, "numId"): (
            next((attribute(child, "val") for child in every(number, "abstractNumId")), ""),
            has(number, "startOverride"),
        )
        for number in (every(root, "num") if root is not None else ())
    }


def _paragraph_texts(root: Element) -> Iterator[str]:
    for paragraph in every(root, "p"):
        yield paragraph_text(paragraph).translate(SPACES_OF_CODE)


def _found_texts(found: Converted) -> Iterator[str]:
    yield from (found.title, found.subtitle)
    yield from block_texts(found.blocks)
    for blocks in found.notes.values():
        yield from block_texts(blocks)


def _packed(package: Package, main: str, roots: dict[str, Element]) -> bytes:
    """Return a package with the cleaned texts and nothing that pandoc does not need."""
    folder, _slash, file = main.rpartition("/")
    kept = {"[Content_Types].xml", "_rels/.rels", f"{folder}/_rels/{file}.rels".lstrip("/")}
    kept |= {target for kind, target in package.relations(main).values() if kind in NEEDED}
    kept |= {_relations_part(name) for name in roots}
    parts = {name: data for name, data in package.parts.items() if name in kept}
    parts |= {name: b"" for name in package.parts if "/media/" in name}  # pandoc wants them there
    return pack(parts | {name: format_tree(root) for name, root in roots.items()})


def _relations_part(name: str) -> str:
    folder, _slash, file = name.rpartition("/")
    return f"{folder}/_rels/{file}.rels".lstrip("/")


def _pictures(package: Package, main: str) -> Iterator[tuple[str, bytes]]:
    """Yield the pictures under the names by which pandoc calls them: relative to the document."""
    folder = main.rpartition("/")[0]
    for kind, target in package.relations(main).values():
        if kind == "image" and target in package.parts:
            yield target.removeprefix(f"{folder}/"), package.parts[target]
