"""The proof that a text became nothing but inline HTML: the only importer of nh3.

The renderer escapes whatever it does not know, so nothing is ever cleaned here. A sanitizer that
knows exactly what the renderer can make looks at what it made; if it would change anything, there
is a fault in pubkit or in a library of it, and no page is made.
"""

from collections.abc import Sequence
from html import escape
from html.parser import HTMLParser

from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from pubkit.errors import RenderingError
from pubkit.messages import gettext as _

TAGS = {"a", "br", "code", "em", "img", "s", "span", "strong", "sup"}
ATTRIBUTES = {
    "a": {"href", "title", "id", "class"},
    "img": {"src", "alt", "title", "width", "height", "loading"},
    "span": {"class", "lang"},
    "sup": {"class"},
}
"""What the renderer can make of a text, and what blocks.py puts around one."""
SCHEMES = {"http", "https", "mailto", "tel"}
LONGEST = 2_000_000
"""Characters of HTML: the sanitizer's time grows faster than its input."""


class VerifiedRenderer(RendererHTML):
    """A renderer that proves of each text that it became nothing but inline HTML."""

    def renderInline(  # noqa: N802
        self, tokens: Sequence[Token], options: OptionsDict, env: EnvType
    ) -> str:
        """Return the HTML of one run of text."""
        return verified(super().renderInline(tokens, options, env))


def verified(html: str) -> str:
    """Return the HTML of one run of text, if it has what a text can have and nothing else.

    Raises:
        RenderingError: It has more, which is a fault in pubkit.
    """
    # Without a tag there is nothing to look at, which is so of most texts.
    if "<" not in html or (len(html) <= LONGEST and _is_pure(html)):
        return html
    message = _("An internal fault: the HTML of a text has what no text can have: {html}")
    raise RenderingError(
        message.format(html=html[:200]),
        remedy=_("Report it, with the text: SECURITY.md says where"),
    )


def is_address(url: str) -> bool:
    """Tell whether browsers read an address as one; ``http://:1[:`` is none."""
    return "href" in _cleaned(f'<a href="{escape(url)}">')


def _is_pure(html: str) -> bool:
    return _read(_cleaned(html)) == _read(html)


def _cleaned(html: str) -> str:
    import nh3  # here: most checks of catalogs need none

    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel=None,
        strip_comments=True,
        clean_content_tags=set(),
    )


class _Reader(HTMLParser):
    """Reads HTML as a list of tags, attributes and runs of text, however they are written."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[object] = []
        self._is_text = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, sorted(attrs, key=str)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in ("br", "img"):
            self.found.append(tag)

    def handle_data(self, data: str) -> None:
        self.found.append(["text", data])

    def handle_comment(self, data: str) -> None:
        self.found.append(["comment", data])

    def unknown_decl(self, data: str) -> None:
        self.found.append(["declaration", data])


def _read(html: str) -> list[object]:
    reader = _Reader()
    # As browsers read it: line ends are one character, and no mark begins a file.
    reader.feed(html.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff"))
    reader.close()
    return reader.found
