"""Read a finished page of the web back, as browsers and search engines will."""

import re
from collections.abc import Callable, Iterable, Iterator
from html.parser import HTMLParser

from pubkit.formats.published import PublishedFile, PublishedPicture

UNSEEN = frozenset({"script", "style", "template", "noscript"})
BLOCKS = """
    address article aside blockquote br caption dd div dl dt figcaption figure footer h1 h2 h3 h4
    h5 h6 header hr li main nav ol p pre section table td th title tr ul
"""

SEAM = "\u200b"
"""Where a part of a text begins or ends that may be set at a distance, such as a date line."""


def read_page(html: str, *, exists: Callable[[str], bool] = lambda _address: True) -> PublishedFile:
    """Return what a reader's programs see of a page.

    Args:
        html: The page.
        exists: Tells whether the file at an address relative to the page is there.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return PublishedFile(
        kind="html",
        lang=reader.lang,
        title=" ".join(reader.title.split()),
        created=reader.metadata.get("dcterms.created", "")[:10],
        pages=("".join(reader.texts),),
        links=frozenset(reader.links),
        pictures=tuple(
            PublishedPicture(name=source, alternative=alternative, is_there=exists(source))
            for source, alternative in reader.pictures
        ),
        is_marked_as_draft=reader.is_draft,
        generated=tuple(_generated("".join(reader.styles), reader.attributes)),
    )


class _Reader(HTMLParser):
    """Gathers the facts of a page while it is read."""

    def __init__(self) -> None:
        super().__init__()
        self.lang: str | None = None
        self.title = ""
        self.metadata: dict[str, str] = {}
        self.texts: list[str] = []
        self.links: set[str] = set()
        self.pictures: list[tuple[str, str | None]] = []
        self.is_draft = False
        self.styles: list[str] = []
        self.attributes: set[str] = set()
        self._is_in_style = False
        self._unseen = 0
        self._is_in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take what a tag tells."""
        values = dict(attrs)
        self.attributes.update(value for value in values.values() if value)
        self._unseen += tag in UNSEEN
        self._is_in_title = tag == "title" and not self.title
        self._is_in_style = tag == "style"
        self._part(tag)
        if tag == "html":
            self.lang = values.get("lang")
        elif tag == "meta" and values.get("name"):
            self.metadata[values["name"] or ""] = values.get("content") or ""
        elif tag == "a" and values.get("href"):
            self.links.add(values["href"] or "")
        elif tag == "img":
            self.pictures.append((values.get("src") or "", values.get("alt")))
        self.is_draft |= "draft" in (values.get("class") or "").split()

    def handle_endtag(self, tag: str) -> None:
        """Leave a tag."""
        self._unseen -= tag in UNSEEN
        self._is_in_title = self._is_in_style = False
        self._part(tag)

    def _part(self, tag: str) -> None:
        if tag in BLOCKS.split():
            self.texts.append("\n")
        elif tag == "span":
            self.texts.append(SEAM)

    def handle_data(self, data: str) -> None:
        """Take text that is seen."""
        if self._is_in_title:
            self.title += data
        elif self._is_in_style:
            self.styles.append(data)
        elif not self._unseen:
            self.texts.append(re.sub(r"\s+", " ", data))


def _generated(css: str, attributes: Iterable[str]) -> Iterator[str]:
    """Yield the strings of a style sheet, and the attributes that it may print.

    Source:
        CSS Syntax Module Level 3, 4.3.5 "Consume a string token"; CSS Values 3, 9 "attr()".
    """
    if "attr(" in css:
        yield from attributes
    for string in re.finditer(r""""((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'""", css):
        yield re.sub(r"\\(?:([0-9A-Fa-f]{1,6})\s?|(.))", _unescaped, string[1] or string[2] or "")


def _unescaped(escape: re.Match[str]) -> str:
    return chr(int(escape[1], 16)) if escape[1] else escape[2]
