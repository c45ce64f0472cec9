"""Whether a PDF holds nothing but pages: no programs, no files, no way out but links.

What may stand in a file is a list of what pubkit writes, so whatever else a template, a library of
tomorrow or a hostile text brings in is a fault, known by name or not. Every object of the file is
looked at, also those that no page leads to.

Source:
    ISO 32000-2 (PDF 2.0), 7.11 (file specifications), 12.6 (actions), 12.5.6 (annotation types).
"""

import re
from collections.abc import Collection, Iterator, Mapping
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from pubkit.formats.published import StructureFault
from pubkit.messages import gettext as _
from pubkit.patterns import pattern

if TYPE_CHECKING:
    import pikepdf

Fault = tuple[str, str]
"""A rule and what breaks it."""

ROOT_KEYS = frozenset(
    (
        *("/Type", "/Pages", "/Metadata", "/Lang", "/MarkInfo", "/StructTreeRoot", "/Outlines"),
        *("/ViewerPreferences", "/Names", "/Dests", "/OutputIntents", "/AF", "/PageLabels"),
        *("/Version", "/Extensions", "/PageMode"),
    )
)
NAME_TREES = frozenset({"/Dests", "/EmbeddedFiles"})
ACTING_KEYS = frozenset({"/JS", "/AA", "/OpenAction", "/XFA", "/PA", "/Win", "/Unix"})
"""Keys that make something happen by itself wherever they stand."""
ACTIONS = frozenset({"/URI", "/GoTo"})
"""What a link or a bookmark does: it leads to an address, or to another page of the file."""
FORBIDDEN_ACTIONS = frozenset(
    (
        *("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/ResetForm", "/GoToR", "/GoToE"),
        *("/GoToDp", "/Thread", "/Sound", "/Movie", "/Named", "/Hide", "/Rendition", "/Trans"),
        *("/GoTo3DView", "/RichMediaExecute", "/SetOCGState"),
    )
)
"""What nothing in the file may be, also if no link does it."""
OUTSIDE_KEYS = frozenset({"/F", "/FFilter", "/FDecodeParms", "/OPI", "/Ref"})
"""Keys of a stream whose data lie in another file."""
ADDRESS = pattern(r"(?i)(?:https?://|mailto:|tel:)[^\s\\\x00-\x1f\x7f]+\Z")
WATCHED_NAMES = (
    *(*ACTING_KEYS, *FORBIDDEN_ACTIONS, *OUTSIDE_KEYS),
    *("/Annot", "/Link", "/Title", "/URI", "/PS", "/EmbeddedFile"),
)
_NAMES = "|".join(name.removeprefix("/") for name in WATCHED_NAMES)
WATCHED = pattern(rf"\(|#|<[0-9A-Fa-f]|/(?:{_NAMES})(?![^\s/<>\[\]])")
"""Without such a name, a string, or a name that is written otherwise than read, nothing breaks a
rule."""
BINARY_KINDS = ("/Image", "/OpenType", "/CIDFontType0C")
INVENTED = (b"project.invalid", b"typefaces.invalid", b"file://")
"""Addresses under which a page is laid out, and those of the machine's own files."""


def hygiene_faults(
    pdf: "pikepdf.Pdf",
    *,
    files: Mapping[str, bytes] | None = None,
    private: Collection[str] = (),
) -> Iterator[StructureFault]:
    """Yield which rules a PDF breaks, each once with what breaks it.

    Args:
        pdf: The file.
        files: What was put into it on purpose, by name; None if that is unknown: then an archive
            edition may hold files, and any other one none.
        private: Paths of the machine, which no reader shall learn of.
    """
    found: dict[str, list[str]] = {}
    for rule, item in _faults(pdf, files, private):
        found.setdefault(rule, []).append(item)
    messages = _messages()
    for rule, items in found.items():
        yield StructureFault(
            rule=rule, message=messages[rule], places=tuple(dict.fromkeys(filter(None, items)))
        )


def _messages() -> dict[str, str]:
    return {
        "acting": _("The PDF does something by itself"),
        "part": _("The PDF has a part that pubkit does not write"),
        "comment": _("The PDF has an annotation that is no link"),
        "scheme": _("The PDF leads to an address of a forbidden kind"),
        "embedded": _("The PDF holds a file that nobody put into it on purpose"),
        "outside": _("The PDF reads from other files"),
        "machine": _("The PDF tells something of the machine on which it was made"),
    }


def _faults(
    pdf: "pikepdf.Pdf", files: Mapping[str, bytes] | None, private: Collection[str]
) -> Iterator[Fault]:
    root: Any = pdf.Root
    yield from (("part", key) for key in sorted(set(root.keys()) - ROOT_KEYS))
    yield from (("part", key) for key in sorted(set(root.get("/Names", {})) - NAME_TREES))
    words = (*INVENTED, *map(str.encode, private))
    telling = re.compile(b"|".join(map(re.escape, words)))
    doubtful = (each for each in pdf.objects if _is_doubtful(each, telling))
    objects = [item for each in doubtful for item in _within(each)]
    for item in objects:
        yield from _item_faults(item)
        yield from _betrayals(item, words)
    yield from _file_faults(pdf, objects, files)


def _is_doubtful(item: Any, telling: re.Pattern[bytes]) -> bool:
    """Tell whether an object may break a rule: most can be told at a glance that they do not.

    Nothing but names and strings makes a fault of an object, besides the content of a stream.
    """
    import pikepdf

    is_stream = isinstance(item, pikepdf.Stream)
    written = item.stream_dict.unparse() if is_stream else item.unparse(resolved=True)
    if WATCHED.search(written.decode("latin-1")) or telling.search(written):
        return True
    return is_stream and not _is_binary(item) and bool(telling.search(item.read_bytes()))


def _within(item: Any) -> Iterator[Any]:
    """Yield an object and what stands in it, but for numbers and what it only refers to."""
    import pikepdf

    waiting = [item]
    while waiting:
        item = waiting.pop()
        yield item
        if isinstance(item, pikepdf.Array):
            parts = list(item)
        elif isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
            parts = [value for _key, value in item.items()]
        else:
            continue
        own = (part for part in parts if isinstance(part, pikepdf.Object))
        waiting += (part for part in own if not part.is_indirect)


def _item_faults(item: Any) -> Iterator[Fault]:
    import pikepdf

    if not isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        return
    entries = dict(item.items())
    yield from (("acting", key) for key in sorted(entries.keys() & ACTING_KEYS))
    if str(entries.get("/S")) in FORBIDDEN_ACTIONS:
        yield "acting", str(entries["/S"])
    yield from (("acting", kind) for kind in _action_kinds(entries) if kind not in ACTIONS)
    if entries.get("/Type") == "/Annot" and entries.get("/Subtype") != "/Link":
        yield "comment", str(entries.get("/Subtype"))
    if isinstance(item, pikepdf.Stream):
        yield from (("outside", key) for key in sorted(entries.keys() & OUTSIDE_KEYS))
        if entries.get("/Subtype") == "/PS":
            yield "outside", "/PS"
    if "/URI" in entries and not ADDRESS.match(str(entries["/URI"])):
        yield "scheme", str(entries["/URI"])


def _action_kinds(entries: Mapping[str, Any]) -> Iterator[str]:
    """Yield what a link or a bookmark does, and what it does afterwards."""
    import pikepdf

    action = entries.get("/A")
    is_acting = entries.get("/Subtype") == "/Link" or "/Title" in entries
    if not is_acting or action is None:
        return
    if not isinstance(action, pikepdf.Dictionary):
        yield "/A"
        return
    yield str(action.get("/S"))
    if "/Next" in action:
        yield "/Next"


# ---------------------------------------------------------------- files


def _file_faults(
    pdf: "pikepdf.Pdf", objects: list[Any], files: Mapping[str, bytes] | None
) -> Iterator[Fault]:
    """Yield files that were not put in on purpose, or are not what was put in."""
    held = [item for item in objects if _is_file(item)]
    named = {name: _content(attached) for name, attached in pdf.attachments.items()}
    if files is None:
        # An archive edition lists what it holds; conformance looks at the list.
        files = named if _is_archive(pdf) else {}
    wanted = {name: sha256(data).digest() for name, data in files.items()}
    for name, data in named.items():
        if wanted.get(name) != sha256(data).digest():
            yield "embedded", name
    for item in held:
        if sha256(item.read_bytes()).digest() not in wanted.values():
            yield "embedded", str(item.get("/Subtype", ""))


def _is_archive(pdf: "pikepdf.Pdf") -> bool:
    return "/Metadata" in pdf.Root and b"pdfaid:part" in pdf.Root.Metadata.read_bytes()


def _is_file(item: Any) -> bool:
    import pikepdf

    is_typed = isinstance(item, pikepdf.Stream) and "/Type" in item
    return is_typed and bool(item.Type == "/EmbeddedFile")


def _content(attached: Any) -> bytes:
    return bytes(attached.get_file().read_bytes())


# ---------------------------------------------------------------- what betrays the machine


def _betrayals(item: Any, words: Collection[bytes]) -> Iterator[Fault]:
    for data in _texts(item):
        yield from (("machine", word.decode()) for word in words if word in data)


def _texts(item: Any) -> Iterator[bytes]:
    """Yield what an object says in letters; pictures, fonts and held files are none of ours."""
    import pikepdf

    if isinstance(item, pikepdf.String):
        yield from (bytes(item), str(item).encode("utf-8", "replace"))
    elif isinstance(item, pikepdf.Name):
        yield str(item).encode("utf-8", "replace")
    elif isinstance(item, pikepdf.Stream) and not _is_binary(item):
        yield item.read_bytes()


def _is_binary(item: Any) -> bool:
    kind = item.Subtype if "/Subtype" in item else ""
    return "/Length1" in item or kind in BINARY_KINDS or _is_file(item)
