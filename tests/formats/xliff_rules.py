"""The rules of XLIFF 2.1 that the files of pubkit can break: a validator beside the writer.

Source:
    XLIFF Version 2.1, OASIS Standard, 4.2 "Detailed Description" and 4.3.1 "Attributes".
"""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from lxml import etree

NAMESPACE = "{urn:oasis:names:tc:xliff:document:2.0}"
CHILDREN = {
    "xliff": ("file",),
    "file": ("unit", "group"),
    "group": ("unit", "group"),
    "unit": ("notes", "originalData", "segment", "ignorable"),
    "notes": ("note",),
    "originalData": ("data",),
    "segment": ("source", "target"),
    "source": ("pc", "ph", "cp"),
    "target": ("pc", "ph", "cp"),
    "pc": ("pc", "ph", "cp"),
    "data": ("cp",),
    "note": (),
    "ph": (),
    "cp": (),
}
"""What may stand in what, in this order where there is one."""
ATTRIBUTES = {
    "xliff": {"version", "srcLang", "trgLang"},
    "file": {"id", "original", "{http://www.w3.org/XML/1998/namespace}space"},
    "group": {"id", "name"},
    "unit": {"id", "name"},
    "note": {"id", "category"},
    "data": {"id"},
    "segment": {"id", "state", "subState"},
    "pc": {"id", "dataRefStart", "dataRefEnd", "type", "subType"},
    "ph": {"id", "dataRef", "type", "subType", "disp"},
    "cp": {"hex"},
}
REQUIRED = {
    "xliff": {"version", "srcLang", "trgLang"},
    **{name: {"id"} for name in ("file", "group", "unit", "data", "pc", "ph")},
    "cp": {"hex"},
}
STATES = (None, "initial", "translated", "reviewed", "final")
TYPES = ("fmt", "ui", "quote", "link", "image", "other")
TYPE_OF = {
    "xlf:lb": "fmt",
    "xlf:pb": "fmt",
    "xlf:b": "fmt",
    "xlf:i": "fmt",
    "xlf:u": "fmt",
    "xlf:var": "ui",
}


def broken_rules(data: bytes) -> list[str]:
    """Return what is wrong with a file; nothing is, if the list is empty."""
    root = etree.fromstring(data)
    found = list(_structure(root))
    names = [element.get("id") for element in root.iter(f"{NAMESPACE}file")]
    found += [f"file {name} twice" for name, count in Counter(names).items() if count > 1]
    found += [f"file {name}" for name in names if not re.fullmatch(r"[\w.:-]+", name or "")]
    for file in root.iter(f"{NAMESPACE}file"):
        for kind in ("unit", "group"):
            found += _twice(file.iter(f"{NAMESPACE}{kind}"))
    for unit in root.iter(f"{NAMESPACE}unit"):
        found += _unit(unit)
    return found


def _name(element: etree._Element) -> str:
    return element.tag.removeprefix(NAMESPACE)


def _structure(root: etree._Element) -> Iterator[str]:
    for element in root.iter():
        name = _name(element)
        inner = [_name(child) for child in element]
        yield from (f"{child} in {name}" for child in inner if child not in CHILDREN[name])
        if name in ("unit", "segment", "xliff"):
            places = [CHILDREN[name].index(child) for child in inner]
            yield from (f"order in {name}" for one, two in pairwise(places) if one > two)
        if name in ("xliff", "file", "group", "notes", "originalData") and not inner:
            yield f"empty {name}"
        own = {key for key in element.attrib if not key.startswith("{urn:x-pubkit:exchange}")}
        yield from (f"{key} of {name}" for key in own - ATTRIBUTES.get(name, set()))
        yield from (f"no {key} of {name}" for key in REQUIRED.get(name, set()) - own)


def _twice(elements: Iterator[etree._Element]) -> Iterator[str]:
    counts = Counter(element.get("id") for element in elements)
    yield from (f"id {name} twice" for name, count in counts.items() if count > 1)
    yield from (
        f"id {name} is no NMTOKEN" for name in counts if not re.fullmatch(r"[\w.:-]+", name)
    )


def _unit(unit: etree._Element) -> Iterator[str]:
    segments = list(unit.iter(f"{NAMESPACE}segment"))
    if not segments:
        yield "unit without segment"
    data = [element.get("id") for element in unit.iter(f"{NAMESPACE}data")]
    yield from _twice(unit.iter(f"{NAMESPACE}data"))
    for segment in segments:
        yield from _segment(segment)
    for side in ("source", "target"):
        codes = [
            c
            for element in unit.iter(NAMESPACE + side)
            for c in element.iter(f"{NAMESPACE}pc", f"{NAMESPACE}ph")
        ]
        yield from _twice(iter(codes))
        for code in codes:
            yield from _code(code, data)
    yield from _correspondence(unit)
    for character in unit.iter(f"{NAMESPACE}cp"):
        if not re.fullmatch(r"(?:[0-9A-F]{2}){2,3}|[0-9A-F]{4,6}", character.get("hex", "")):
            yield f"cp {character.get('hex')}"


def _segment(segment: etree._Element) -> Iterator[str]:
    state, sub_state = segment.get("state"), segment.get("subState")
    if state not in STATES:
        yield f"state {state}"
    if sub_state and (state is None or not re.fullmatch(r"(?!xlf:)[^:]+:.+", sub_state)):
        yield f"subState {sub_state}"
    if state not in (None, "initial") and segment.find(f"{NAMESPACE}target") is None:
        yield "a state beyond initial without a target"


def _code(code: etree._Element, data: list[str | None]) -> Iterator[str]:
    for key in ("dataRef", "dataRefStart", "dataRefEnd"):
        if code.get(key) is not None and code.get(key) not in data:
            yield f"{key} {code.get(key)} leads nowhere"
    kind, sub_type = code.get("type"), code.get("subType")
    if kind is not None and kind not in TYPES:
        yield f"type {kind}"
    if sub_type and (":" not in sub_type or kind is None):
        yield f"subType {sub_type}"
    if sub_type and sub_type.startswith("xlf:") and TYPE_OF.get(sub_type) != kind:
        yield f"subType {sub_type} of {kind}"


def _correspondence(unit: etree._Element) -> Iterator[str]:
    """Codes of source and target with one id must be the same code."""
    sides = (
        {
            c.get("id"): dict(c.attrib)
            for e in unit.iter(NAMESPACE + side)
            for c in e.iter(f"{NAMESPACE}pc", f"{NAMESPACE}ph")
        }
        for side in ("source", "target")
    )
    source, target = sides
    yield from (
        f"code {name} differs"
        for name in source.keys() & target.keys()
        if source[name] != target[name]
    )
