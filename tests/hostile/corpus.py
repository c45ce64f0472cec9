"""Hostile texts, and projects in whose catalogs they stand; see ``texts/README.md``.

The tests send them through the whole line, ``benchmarks/hostility`` their offspring.
"""

import re
import socket
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import zip_longest
from pathlib import Path
from threading import Thread

import yaml
from PIL import Image

from pubkit.config.limits import DEFAULT_LIMITS
from pubkit.formats.markdown import parse_document
from pubkit.model import Key

FOLDER = Path(__file__).parent
LINK = "https://example.org/programme"
PUBLISHER = "Example Press"
SECRET = "the password is 7f3a9c-swordfish"  # noqa: S105

BODY = {
    "paragraph": ("Text {n} about the programme.",),
    "item": ("- Item {n} about the programme.",),
    "heading": ("## Heading {n} of the programme",),
    "quotation": ("> Quotation {n} about the programme.",),
    "attribution": ("> Quotation {n} that someone said.\n> — Speaker {n} of the programme",),
    "caption": ('![Picture {n}](pictures/hall.png "Credit {n}")\nCaption {n} of the programme',),
    "alternative": (
        '![Alternative {n} of the programme](pictures/hall.png "By {n}")\nWords {n} below',
    ),
    "credit": (
        '![Photograph {n}](pictures/hall.png "Maker {n} of the programme")\nLine {n} below',
    ),
    "cell": ("| Head {n} | Beside {n} |\n|---|---|\n| Cell {n} of the programme | Value {n} |",),
    "footnote": ("Text {n} with a note.[^m{n}]\n\n[^m{n}]: Note {n} about the programme.",),
    "noted": ("Text {n} of the programme.[^{n}]\n\n[^{n}]: The note {n}.",),
    "link": (f"Text {{n}}: see [the programme]({LINK}).",),
    "address": (f"Text {{n}}: see {LINK} for all.",),
    "picture": ("Text {n} and ![the programme](pictures/hall.png) within.",),
    "defined": ("Text {n}: see [the programme][programme].",),
}
"""The Markdown of each kind of text; the line with "programme" is what is translated."""
MANY = ("keywords", "notes", "boilerplate", "guests.name", "guests.title", "contact.name")
ONE = ("title", "subtitle", "kicker", "dateline", "location")
LABELS = {
    "label": "Media contact",
    "page-label": "Page {page} of {pages}",
    "publisher": PUBLISHER,
}


@dataclass(frozen=True)
class Text:
    """A hostile text."""

    name: str
    text: str
    kind: str
    is_safe: bool

    def source(self, number: int) -> str:
        """Return the msgid of the text when it is the one of this number in its document."""
        if self.kind in LABELS:
            return LABELS[self.kind]
        if self.kind in BODY:
            lines = BODY[self.kind][0].format(n=number).split("\n")
            line = next(line for line in lines if "programme" in line)
            return _without_marks(line, self.kind)
        return f"{self.kind.capitalize()} {number} of the programme"

    def target(self, number: int, places: Mapping[str, str]) -> str:
        """Return the msgstr: places filled, repetitions written out."""
        text = re.sub(r"\{(\d{1,6})\*([^{}]+)\}", lambda m: m[2] * int(m[1]), self.text)
        for name, value in {**places, "A": str(number)}.items():
            text = text.replace(f"{{{name}}}", value).replace("[^A]", f"[^{number}]")
        return text

    def is_too_long(self, number: int) -> bool:
        """Tell whether its length alone is too much."""
        most = DEFAULT_LIMITS.translation(self.source(number))
        return len(self.target(number, {})) > most


def _without_marks(line: str, kind: str) -> str:
    if kind == "alternative":
        return line[line.index("[") + 1 : line.index("]")]
    if kind == "credit":
        return line.split('"')[1]
    if kind == "cell":
        return line.split("|")[1].strip()
    return re.sub(r"^(?:- |## |> (?:— )?|\[\^\w+\]: )", "", line)


def read_texts() -> list[Text]:
    """Return all texts of the corpus."""
    return [text for path in sorted((FOLDER / "texts").glob("*.yaml")) for text in _texts(path)]


def _texts(path: Path) -> Iterator[Text]:
    for case in yaml.safe_load(path.read_text("utf-8")):
        assert case.keys() <= {"name", "text", "in", "expect"}, case
        kind, expected = case.get("in", "paragraph"), case.get("expect", "refused")
        assert kind in (*BODY, *MANY, *ONE, *LABELS), case
        assert expected in ("safe", "refused"), case
        yield Text(f"{path.stem}: {case['name']}", case["text"], kind, expected == "safe")


# ---------------------------------------------------------------- harmless translations

HARMLESS = {
    "link": f"文字：见[日程]({LINK})。",
    "address": f"文字：见{LINK}。",
    "picture": "文字：![大厅](pictures/hall.png)",
    "defined": "文字：见[日程][programme]。",
    "noted": "文字[^A]。",
    "page-label": "第{page}页，共{pages}页",
}


def harmless(text: Text) -> Text:
    """Return the text that a good translator would write in this one's place."""
    return Text(text.name, HARMLESS.get(text.kind, "无害的文字"), text.kind, is_safe=True)


# ---------------------------------------------------------------- projects


@dataclass
class Placed:
    """A text in its catalog."""

    text: Text
    document: str
    source: str
    line: int = 0
    """The line of its entry in the catalog."""


@dataclass
class Written:
    """A project of hostile texts."""

    folder: Path
    texts: list[Placed] = field(default_factory=list)


def write_project(folder: Path, texts: Iterable[Text], *, places: Mapping[str, str]) -> Written:
    """Write a project in whose catalogs the texts stand.

    Texts of the template can be given once only; texts of a field that a document has once make a
    document each.
    """
    texts = list(texts)
    written = Written(folder)
    _write_frame(folder)
    once = [[text for text in texts if text.kind == kind] for kind in ONE]
    rows = list(zip_longest(*once)) or [()]
    others = [text for text in texts if text.kind in (*BODY, *MANY)]
    for number, row in enumerate(rows):
        own = [text for text in row if text] + (others if number == 0 else [])
        _write_document(written, f"report-{number}", own, places)
    labels = [text for text in texts if text.kind in LABELS]
    has_publisher = any(text.kind == "publisher" for text in labels)
    others_of_template = () if has_publisher else ((None, PUBLISHER),)
    _write_catalog(written, "templates", labels, places, others=others_of_template)
    return written


def _write_frame(folder: Path) -> None:
    (folder / "source/pictures").mkdir(parents=True, exist_ok=True)
    (folder / "locales/zh/LC_MESSAGES").mkdir(parents=True, exist_ok=True)
    for name in ("hall", "other"):
        Image.new("RGB", (1200, 800), (90, 120, 150)).save(folder / f"source/pictures/{name}.png")
    (folder / "pubkit.toml").write_text(
        '[project]\nname = "Hostile"\nsource_language = "en"\nlanguages = ["en", "zh"]\n'
        f'base_url = "https://news.example"\n[publisher]\nname = "{PUBLISHER}"\n'
    )


def _write_document(
    written: Written, name: str, texts: Sequence[Text], places: Mapping[str, str]
) -> None:
    numbered = list(enumerate(texts))
    front = {kind: f"{kind.capitalize()} of a report" for kind in ("title",)}
    lists: dict[str, list[str]] = {}
    for number, text in numbered:
        if text.kind in ONE:
            front[text.kind] = text.source(number)
        elif text.kind in MANY:
            lists.setdefault(text.kind, []).append(text.source(number))
    lines = [*(f"{kind}: {value}" for kind, value in front.items()), "date: 2025-03-14"]
    lines += _lists(lists)
    blocks = [BODY[text.kind][0].format(n=n) for n, text in numbered if text.kind in BODY]
    parts = ["A text that leads the report.", *blocks, "A text.[^n1] More text."]
    parts += ["[^n1]: A note.", f"[programme]: {LINK}"]
    document = "---\n" + "\n".join(lines) + "\n---\n\n" + "\n\n".join(parts) + "\n"
    (written.folder / f"source/{name}.md").write_text(document)
    parsed = parse_document(document.encode(), path=f"source/{name}.md", default_lang="en")
    others = [segment.key for segment in parsed.segments]
    _write_catalog(written, name, texts, places, others=others)


def _lists(lists: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for kind in ("keywords", "notes", "boilerplate"):
        if kind in lists:
            yield f"{kind}:"
            yield from (f"  - {value}" for value in lists[kind])
    yield "contact:"
    for name in (*lists.get("contact.name", ()), "Press Office"):
        yield f"  - name: {name}\n    email: press@news.example"
    names, titles = lists.get("guests.name", ()), lists.get("guests.title", ())
    if names or titles:
        yield "guests:"
    yield from (f"  - name: {name}" for name in names)
    yield from (f"  - name: Somebody\n    title: {title}" for title in titles)


def _write_catalog(
    written: Written,
    name: str,
    texts: Sequence[Text],
    places: Mapping[str, str],
    *,
    others: Iterable[Key],
) -> None:
    """Write a catalog; the other texts of the document stay as they are."""
    header = (
        'msgid ""\nmsgstr ""\n"Language: zh\\n"\n"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=UTF-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
    )
    content = header
    given: set[Key] = set()
    for number, text in enumerate(texts):
        source = text.source(number)
        context = text.kind if text.kind in (*ONE, *MANY) else None
        given.add((context, source))
        content += f"\n#: source/{name}.md\n"
        content += f"msgctxt {quoted(context)}\n" if context else ""
        written.texts.append(Placed(text, name, source, content.count("\n") + 1))
        content += f"msgid {quoted(source)}\nmsgstr {quoted(text.target(number, places))}\n"
    for context, source in dict.fromkeys(others):
        if (context, source) not in given:
            head = f"msgctxt {quoted(context)}\n" if context else ""
            content += f"\n{head}msgid {quoted(source)}\nmsgstr {quoted(source)}\n"
    path = written.folder / f"locales/zh/LC_MESSAGES/{name}.po"
    path.write_bytes(content.encode("utf-8", "surrogatepass"))


def quoted(text: str) -> str:
    """Return a text as a string of a catalog."""
    escapes = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
    return f'"{"".join(escapes.get(sign) or _octal(sign) for sign in text)}"'


def _octal(sign: str) -> str:
    """Return a character that the reader takes only in this form: as its bytes."""
    if unicodedata.category(sign) not in ("Cc", "Zl", "Zp", "Cn"):
        return sign
    return "".join(f"\\{byte:03o}" for byte in sign.encode())


# ---------------------------------------------------------------- what pages are made of


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    def handle_comment(self, data: str) -> None:
        self.found.append(("comment", {}))

    def unknown_decl(self, data: str) -> None:
        self.found.append(("declaration", {}))


def elements(html: str) -> list[tuple[str, dict[str, str]]]:
    """Return the elements of a page with their attributes."""
    reader = _Elements()
    reader.feed(html)
    reader.close()
    return reader.found


ADDED_BY_TYPESETTING = {("wbr", ""), ("span", "gap"), ("span", "date")}


def shapes(html: str) -> list[tuple[str, tuple[str, ...]]]:
    """Return the elements of a page with the names of their attributes, emphasis left out."""
    return [
        (tag, tuple(sorted(attributes)))
        for tag, attributes in elements(html)
        if tag not in ("em", "strong", "code")
        and (tag, attributes.get("class", "")) not in ADDED_BY_TYPESETTING
    ]


# ---------------------------------------------------------------- canaries


@dataclass
class Canary:
    """A server of this machine that counts who calls it."""

    address: str
    calls: list[str] = field(default_factory=list)


@contextmanager
def canary() -> Iterator[Canary]:
    """Run a server that nobody shall call."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        watched = Canary(f"127.0.0.1:{server.getsockname()[1]}")
        is_over: list[bool] = []

        def watch() -> None:
            while not is_over:
                try:
                    connection, caller = server.accept()
                except TimeoutError:
                    continue
                watched.calls.append(str(caller))
                connection.close()

        thread = Thread(target=watch, daemon=True)
        thread.start()
        yield watched
        is_over.append(True)
        thread.join()
