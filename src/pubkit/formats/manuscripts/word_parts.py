"""What a document of Word has beside its text: properties, comments, page headers, macros."""

from collections.abc import Iterator

from pubkit.formats.manuscripts.model import Loss, LossKind
from pubkit.formats.manuscripts.packages import Package
from pubkit.formats.manuscripts.trees import attribute, every
from pubkit.formats.manuscripts.word_cleaning import Places, paragraph_text
from pubkit.formats.xml import Element, full_text, local_name
from pubkit.values import dataclass

PARTS = {
    "vbaProject": LossKind.MACRO,
    "package": LossKind.EMBEDDED_OBJECT,
    "oleObject": LossKind.EMBEDDED_OBJECT,
    "control": LossKind.FORM,
    "video": LossKind.MEDIA,
    "audio": LossKind.MEDIA,
    "media": LossKind.MEDIA,
    "aFChunk": LossKind.EMBEDDED_OBJECT,
    "attachedTemplate": LossKind.EMBEDDED_OBJECT,
}
"""Kinds of relations to parts that are not taken over."""


def part_losses(package: Package, main: str, document: Element) -> Iterator[Loss]:
    """Yield what the parts beside the text hold."""
    told: set[tuple[str, str]] = set()
    for kind, target in package.relations(main).values():
        if kind in PARTS and ("", target) not in told:
            told.add(("", target))
            yield Loss(kind=PARTS[kind], place=target)
        elif kind in ("header", "footer"):
            text = _part_text(package, target, "hdr" if kind == "header" else "ftr")
            if text and (kind, text) not in told:
                told.add((kind, text))
                lost = LossKind.HEADER if kind == "header" else LossKind.FOOTER
                yield Loss(kind=lost, place=target, text=text)
        elif kind == "chart":
            yield Loss(kind=LossKind.CHART, place=target, text=_drawn_text(package, target))
        elif kind == "diagramData":
            yield Loss(kind=LossKind.DIAGRAM, place=target, text=_drawn_text(package, target))
        elif kind == "comments":
            yield from _comments(package, target, document)


def _part_text(package: Package, name: str, root: str) -> str:
    found = package.xml(name, root)
    if found is None:
        return ""
    return "\n".join(filter(None, (paragraph_text(part).strip() for part in every(found, "p"))))


def _drawn_text(package: Package, name: str) -> str:
    """Return the text of a chart or diagram: titles, categories, values."""
    for root in ("chartSpace", "dataModel"):
        data = package.parts.get(name, b"")
        if root.encode() in data:
            found = package.xml(name, root)
            texts = every(found, "t", "v") if found is not None else []
            return " ".join(full_text(text) for text in texts)
    return ""


def _comments(package: Package, name: str, document: Element) -> Iterator[Loss]:
    root = package.xml(name, "comments")
    places = Places(document)
    marks = {attribute(mark, "id"): mark for mark in every(document, "commentReference")}
    for comment in every(root, "comment") if root is not None else ():
        mark = marks.get(attribute(comment, "id"))
        place = places.of(mark) if mark is not None else ""
        texts = [paragraph_text(part) for part in every(comment, "p")]
        author = attribute(comment, "author")
        text = f"{author}: {' '.join(texts)}" if author else " ".join(texts)
        yield Loss(kind=LossKind.COMMENT, place=place, text=text)


# ---------------------------------------------------------------- properties


@dataclass(frozen=True, slots=True)
class Properties:
    """What the properties of a file say."""

    title: str = ""
    date: str = ""
    lang: str = ""
    losses: tuple[Loss, ...] = ()


TOLD = ("creator", "subject", "description", "keywords", "category")
"""The properties that a person may have written, and that no document has."""


def read_properties(package: Package) -> Properties:
    """Return the properties of a document of Word."""
    kinds = package.relations("").values()
    part = next((target for kind, target in kinds if kind == "core-properties"), "")
    root = package.xml(part, "coreProperties") if part in package.parts else None
    if root is None:
        return Properties()
    return properties_of({local_name(child): (child.text or "").strip() for child in root})


def properties_of(found: dict[str, str]) -> Properties:
    """Return the properties that are of use, and the rest as losses."""
    dates = (found.get("modified", ""), found.get("created", ""))
    saved = next((date[:10] for date in dates if len(date) >= 10 and date[:4].isdigit()), "")
    return Properties(
        title=found.get("title", ""),
        date=saved,
        lang=found.get("language", ""),
        losses=tuple(
            Loss(kind=LossKind.PROPERTY, place=name, text=found[name])
            for name in TOLD
            if found.get(name)
        ),
    )
