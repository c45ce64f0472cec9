"""Read a finished page of the web back, as browsers and search engines will."""

from collections.abc import Callable
from html.parser import HTMLParser

from pubkit.formats.published import PublishedFile, PublishedPicture

UNSEEN = frozenset({"script", "style", "template", "noscript"})
BLOCKS = """
    address article aside blockquote br caption dd div dl dt figcaption figure footer h1 h2 h3 h4
    h5 h6 header hr li main nav ol p pre section table td th title tr ul
"""


def read_page(html: str, *, exists: Callable[[str], bool]) -> PublishedFile:
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
        author=reader.metadata.get("author", ""),
        created=reader.metadata.get("dcterms.created", "")[:10],
        pages=("".join(reader.texts),),
        links=frozenset(reader.links),
        pictures=tuple(
            PublishedPicture(name=source, alternative=alternative, is_there=exists(source))
            for source, alternative in reader.pictures
        ),
        is_marked_as_draft=reader.is_draft,
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
        self._unseen = 0
        self._is_in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take what a tag tells."""
        values = dict(attrs)
        self._unseen += tag in UNSEEN
        self._is_in_title = tag == "title"
        if tag in BLOCKS.split():
            self.texts.append("\n")
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
        self._is_in_title = False
        if tag in BLOCKS.split():
            self.texts.append("\n")

    def handle_data(self, data: str) -> None:
        """Take text that is seen."""
        if self._is_in_title:
            self.title += data
        elif not self._unseen:
            self.texts.append(data)
