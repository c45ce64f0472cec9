"""Pages of the web (.html): the article alone, without the page around it.

Scripts never run and nothing is fetched; a picture is taken from beside the file or from the page
itself (``data:``).
"""

import base64
import binascii
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from urllib.parse import unquote, unquote_to_bytes, urljoin

from pubkit.formats.encodings import decode
from pubkit.formats.manuscripts.completeness import block_texts, lost_texts
from pubkit.formats.manuscripts.dates import find_date
from pubkit.formats.manuscripts.encodings import declared
from pubkit.formats.manuscripts.model import Loss, LossKind, Manuscript
from pubkit.formats.manuscripts.pandoc import read_tree
from pubkit.formats.manuscripts.places import place_by_words
from pubkit.formats.manuscripts.syntax_tree import convert
from pubkit.formats.manuscripts.trees import drop, every
from pubkit.formats.manuscripts.web_notes import mark_notes
from pubkit.formats.xml import Element, format_page, full_text, parse_page
from pubkit.messages import gettext as _
from pubkit.patterns import pattern

Nearby = Callable[[str], bytes | None]
"""Returns the file of a path beside the page; nothing if there is none below its folder."""

DROPPED = {
    **dict.fromkeys(("script", "style", "noscript", "template"), LossKind.SCRIPT),
    **dict.fromkeys(("nav", "aside", "dialog"), LossKind.NAVIGATION),
    **dict.fromkeys(("form", "button", "input", "select", "textarea"), LossKind.FORM),
    **dict.fromkeys(("iframe", "object", "embed", "applet"), LossKind.EMBEDDED_OBJECT),
    **dict.fromkeys(("video", "audio"), LossKind.MEDIA),
    **dict.fromkeys(("svg", "canvas", "map"), LossKind.DRAWING),
}
LONGEST_SPAN = 2
"""Digits of the number of cells that one may span; pandoc makes each of them."""
LARGEST_DATA = 40_000_000
"""Bytes of a picture within the page."""


def read_html(data: bytes, *, path: str, nearby: Nearby, encoding: str | None = None) -> Manuscript:
    """Read a page of the web.

    Args:
        data: The page.
        path: How errors name it.
        nearby: Gives the pictures beside it.
        encoding: What the user says; else what the page says; else UTF-8.

    Raises:
        SourceError: Its encoding has to be told, or it takes too long.
    """
    text = decode(data, path=path, encoding=encoding or _declared(data, path))
    root = parse_page(text)
    page = _Page(root, nearby)
    content = page.clean()
    kind = "html-smart+epub_html_exts" if page.notes else "html-smart"
    found = convert(read_tree(format_page(content), kind, path=path))
    losses = [*page.losses, *found.losses]
    present = [page.title, *block_texts(found.blocks)]
    present += [words for note in found.notes.values() for words in block_texts(note)]
    losses += lost_texts(_second_reading(text, page.notes), present, losses)
    return Manuscript(
        title=page.title,
        property_title=page.name,
        date=page.date,
        lang=root.get("lang") or "",
        blocks=found.blocks,
        notes=found.notes,
        pictures=page.pictures,
        losses=tuple(losses),
        origins={"title": _("the first heading"), "date": _("the page says it")},
    )


CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.IGNORECASE)
STARTS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def _declared(data: bytes, path: str) -> str | None:
    """Return the encoding that a page declares, if it does not show another one."""
    match = CHARSET.search(data[:4096])
    if not match or data.startswith(STARTS):
        return None
    return declared(match[1].decode(), path=path)


class _Page:
    """A page that is being cleaned."""

    def __init__(self, root: Element, nearby: Nearby) -> None:
        self.losses: list[Loss] = []
        self.pictures: dict[str, bytes] = {}
        self.title = ""
        self.notes: frozenset[str] = frozenset()
        """Where the marks of footnotes lead, and the ways back."""
        self._root = root
        self._places: dict[Element, str] = {}
        self._nearby = nearby
        self._base = _base(root)
        self.name = " ".join(full_text(e).strip() for e in every(root, "title")[:1])
        self.date = _date(root)

    def _lose(self, kind: LossKind, element: Element, text: str, *, is_kept: bool = False) -> None:
        place = self._place(element.getparent()) or f"<{element.tag}>"
        self.losses.append(Loss(kind=kind, place=place, text=text, is_kept=is_kept))

    def _place(self, parent: Element | None) -> str:
        """Return the place of a paragraph, which is read once, whatever is lost in it."""
        if parent is None or parent.tag not in ("p", "li", "td"):
            return ""
        if parent not in self._places:
            words = _text(parent)
            self._places[parent] = place_by_words(words) if words else ""
        return self._places[parent]

    def clean(self) -> Element:
        """Return the element of the article, with nothing in it but text and pictures."""
        self._tell_of_properties()
        for head in every(self._root, "head"):
            drop(head)
        for name, kind in DROPPED.items():
            for element in every(self._root, name):
                text = "" if name in ("script", "style") else _text(element)
                if text or kind not in (LossKind.SCRIPT, LossKind.NAVIGATION):
                    self._lose(kind, element, text or _name(element))
                drop(element)
        self._take_out_hidden()
        content = self._content()
        self._take_title(content)
        for image in every(content, "img"):
            self._place_picture(image)
        for cell in every(content, "td", "th"):
            for span in ("colspan", "rowspan"):
                if len(cell.get(span) or "") > LONGEST_SPAN:
                    cell.set(span, "1")
        self.notes = mark_notes(content)
        for link in every(content, "a"):
            if link.get("type") == "noteref" and self.notes:
                continue
            link.set("href", urljoin(self._base, link.get("href") or ""))
        return content

    def _tell_of_properties(self) -> None:
        for meta in every(self._root, "meta"):
            name = (meta.get("name") or "").lower()
            if name in ("author", "description", "keywords") and meta.get("content"):
                text = str(meta.get("content"))
                self.losses.append(Loss(kind=LossKind.PROPERTY, place=name, text=text))

    def _take_out_hidden(self) -> None:
        for element in list(self._root.iter("*")):
            style = (element.get("style") or "").replace(" ", "").lower()
            is_hidden = element.get("hidden") is not None or "display:none" in style
            if is_hidden and element.tag not in ("html", "body"):
                if _text(element):
                    self._lose(LossKind.HIDDEN_TEXT, element, _text(element))
                drop(element)

    def _content(self) -> Element:
        """Return the article, or what else is the page's content; tell of what is around it."""
        articles = [article for article in every(self._root, "article") if _text(article)]
        mains = [main for main in every(self._root, "main") if _text(main)]
        bodies = every(self._root, "body")
        if len(articles) == 1:
            content = articles[0]
        elif mains or articles:
            content = (mains or bodies or [self._root])[0]
        else:
            content = (bodies or [self._root])[0]
        around = _around(content)
        for element in around:
            self._lose(LossKind.NAVIGATION, element, _text(element))
        return content

    def _take_title(self, content: Element) -> None:
        heads = every(content, "h1")
        if len(heads) == 1 and not every(heads[0], "img", "a", "sup"):
            self.title = _text(heads[0])
            drop(heads[0])

    # ------------------------------------------------------------ pictures

    def _place_picture(self, image: Element) -> None:
        source = image.get("src") or image.get("data-src") or ""
        name = f"picture-{len(self.pictures) + 1}"
        data = _inline_picture(source) if source.startswith("data:") else self._file(source)
        if data is None:
            shown = source if not source.startswith("data:") else source[:40] + "…"
            words = image.get("alt") or ""
            self._lose(LossKind.PICTURE, image, f"{shown} {words}".strip())
            drop(image)
            return
        self.pictures[name] = data
        image.set("src", name)

    def _file(self, source: str) -> bytes | None:
        is_local = ":" not in source and not source.startswith(("/", "\\"))
        path = unquote(source.partition("?")[0].partition("#")[0])
        return self._nearby(path) if is_local and path else None


def _base(root: Element) -> str:
    """Return the address of the page, where it says one: relative links lead from there."""
    found = [element.get("href") for element in every(root, "base")]
    found += [e.get("href") for e in every(root, "link") if e.get("rel") == "canonical"]
    return next((str(url) for url in found if url and url.startswith(("http://", "https://"))), "")


def _date(root: Element) -> str:
    for element in every(root, "meta"):
        if (element.get("property") or element.get("name")) in ("article:published_time", "date"):
            return find_date((element.get("content") or "")[:10]) or ""
    times = [element.get("datetime") or "" for element in every(root, "time")]
    return next(filter(None, (find_date(time[:10]) for time in times)), "")


def _around(content: Element) -> Iterator[Element]:
    """Yield the elements with text that stand beside an element or beside what it stands in."""
    inner = content
    while (outer := inner.getparent()) is not None:
        yield from (child for child in outer if child is not inner and _text(child))
        inner = outer


def _text(element: Element) -> str:
    """Return the text of an element, with the words of the pictures in it."""
    words = [image.get("alt") or "" for image in every(element, "img")]
    return " ".join(" ".join([full_text(element), *words]).split())


def _name(element: Element) -> str:
    source = element.get("src") or element.get("data") or element.get("title") or ""
    return f"<{element.tag}> {source}".strip()


DATA = pattern(r"data:image/[\w.+-]+(?:;[\w=.-]+)*?(;base64)?,(.*)\Z", re.DOTALL | re.IGNORECASE)


def _inline_picture(source: str) -> bytes | None:
    """Return the bytes of a picture that stands in the page."""
    match = DATA.match(source)
    if not match or len(source) > LARGEST_DATA * 2:
        return None
    try:
        data = unquote_to_bytes(match[2])
        return base64.b64decode(data, validate=False) if match[1] else data
    except (binascii.Error, ValueError):
        return None


# ---------------------------------------------------------------- the second reading


INLINE = frozenset(
    {
        *("a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i"),
        *("ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong"),
        *("sub", "sup", "time", "tt", "u", "var", "wbr", "img", "br", "ruby", "rb"),
    }
)
UNREAD = frozenset({"script", "style", "title", "head"})


def _second_reading(text: str, notes: frozenset[str]) -> list[str]:
    reader = _Texts(notes)
    reader.feed(text)
    reader.close()
    return reader.texts()


class _Texts(HTMLParser):
    """Collects the texts of a page, read by another parser and with no idea of its structure."""

    def __init__(self, notes: frozenset[str]) -> None:
        super().__init__(convert_charrefs=True)
        self._notes = notes
        self._is_mark = False
        self._rows: list[list[str]] = [[]]
        self._unread = 0

    def texts(self) -> list[str]:
        """Return the text between the tags of blocks."""
        return [text for row in self._rows if (text := "".join(row).strip())]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a text with each block."""
        self._is_mark = (tag == "a" and dict(attrs).get("href") in self._notes) or (
            self._is_mark and tag in INLINE and tag != "a"
        )
        self._unread += tag in UNREAD
        if tag not in INLINE:
            self._rows.append([])

    def handle_endtag(self, tag: str) -> None:
        """End a text with each block."""
        self._is_mark = self._is_mark and tag in INLINE and tag != "a"
        self._unread = max(0, self._unread - (tag in UNREAD))
        if tag not in INLINE:
            self._rows.append([])

    def handle_data(self, data: str) -> None:
        """Collect a text."""
        if not self._unread and not self._is_mark:
            self._rows[-1].append(data)
