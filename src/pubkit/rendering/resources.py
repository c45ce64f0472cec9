"""What a page may read: pictures of the project and pubkit's own fonts. Nothing else is read.

The only maker of what WeasyPrint lays out. One that is made elsewhere would read whatever a page,
a style sheet or a drawing names: files of the machine, addresses on the web, attachments.

The page is laid out under an invented address. Its pictures are mapped to files below one folder,
its fonts to pubkit's own, and no path of the machine reaches the PDF.
"""

from base64 import b64decode
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urljoin, urlsplit

from pubkit.config.limits import DEFAULT_LIMITS, Limits, raised
from pubkit.errors import RenderingError
from pubkit.formats.below import NotBelowError, TooLargeError, read_below
from pubkit.messages import gettext as _
from pubkit.patterns import pattern
from pubkit.rendering.drawings import drawing_text
from pubkit.rendering.pictures import DAMAGE, content_fault
from pubkit.rendering.printed_pictures import WIDTHS, Ready, printed_picture, printed_widths
from pubkit.rendering.typefaces import FOLDER as FONT_FOLDER

if TYPE_CHECKING:
    from weasyprint import CSS, HTML
    from weasyprint.urls import URLFetcher

PAGE_HOST = "https://project.invalid/"
FONT_HOST = "https://typefaces.invalid/"
INVENTED_ADDRESS = pattern(rf"(?:{PAGE_HOST}|{FONT_HOST})([^\s'\"<>]*)")
INLINE_PICTURE = pattern(r"data:image/(?:(svg)\+xml|png|jpeg|gif|webp);base64,([A-Za-z0-9+/=]+)")
"""A picture that is part of the page, such as a logo: nothing is read for it."""
NOTHING_READY: Ready = MappingProxyType({})
FETCHING = frozenset({"object", "embed", "base"})
"""Elements that show something from elsewhere, or say where it is."""


class Resources:
    """The pictures and fonts of one page, and what it wanted besides and was refused."""

    def __init__(
        self, pictures: Path, limits: Limits = DEFAULT_LIMITS, *, ready: Ready = NOTHING_READY
    ) -> None:
        self.pictures = pictures
        self.limits = limits
        self.ready = ready
        self._widths: dict[str, int] = {}
        self.refused: list[tuple[str, RenderingError]] = []
        self.drawn_texts: list[str] = []
        """What the drawings among them say."""
        self._fetcher = _make_fetcher(self)

    def page(self, html: str, *, name: str) -> "HTML":
        """Return a page that reads these resources.

        Raises:
            RenderingError: It has an element that fetches more than pictures and style sheets.
        """
        from weasyprint import HTML

        page = HTML(string=html, base_url=f"{PAGE_HOST}{name}.html", url_fetcher=self._fetcher)
        for element in page.etree_element.iter():
            _verify_element(element)
        return page

    def style_sheet(self, rules: str, *, fonts: Any) -> "CSS":
        """Return a style sheet that reads these resources."""
        from weasyprint import CSS

        return CSS(string=rules, font_config=fonts, url_fetcher=self._fetcher)

    def read(self, address: str) -> bytes:
        """Return what is behind an address of the page; what is refused is kept.

        Raises:
            RenderingError: It is nothing that the page may read.
        """
        try:
            data = read_resource(address, self.pictures, self.limits)
            if not is_drawing(address) and not address.startswith(FONT_HOST):
                data = self._printed(address, data)
        except RenderingError as error:
            self.refused.append((address, error))
            raise
        if is_drawing(address):
            self.drawn_texts.append(drawing_text(data))
        return data

    def learn_widths(self, tree: Any) -> None:
        """Learn from a page whose rows have their shape how wide its pictures are on paper."""
        for picture, width in printed_widths(tree):
            name = _name_of(_whole(picture.get("src", "")))
            self._widths[name] = max(self._widths.get(name, 0), width)

    def _printed(self, address: str, data: bytes) -> bytes:
        """Return a picture as the PDF has it."""
        name = _name_of(address)
        width = self._widths.get(name, WIDTHS[-1])
        known = self.ready.get((sha256(data).hexdigest(), width))
        try:
            made = printed_picture(data, width=width) if known is None else known
        except DAMAGE:
            raise _picture_error(name, _("it is damaged")) from None
        return made or data

    def verify(self, tree: Any) -> None:
        """Make sure that the page got what it wanted.

        Raises:
            RenderingError: Something was refused; the error names what wanted it.
        """
        for address, error in self.refused:
            wanted = next(_wanting(tree, address), _("a style sheet or a drawing"))
            raise RenderingError(
                _("{reason} (wanted by {element})").format(reason=error.message, element=wanted),
                remedy=error.remedy,
            )


def lone_style_sheet(rules: str, *, media: str) -> "CSS":
    """Return a style sheet that belongs to no page, and gets nothing that it wants."""
    from weasyprint import CSS

    return CSS(string=rules, base_url="", media_type=media, url_fetcher=Resources(Path())._fetcher)


def _make_fetcher(resources: Resources) -> "URLFetcher":
    from email.message import EmailMessage, Message

    from weasyprint.urls import URLFetcher, URLFetcherResponse

    # The usual policy of these headers reads addresses of mail; importing it takes 20 ms.
    plain = Message().policy

    class ProjectFetcher(URLFetcher):  # type: ignore[misc]
        """Reads resources; it has no way to anything else, and follows no redirection."""

        def __init__(self) -> None:
            super().__init__(allowed_protocols=[], allow_redirects=False)

        def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
            return URLFetcherResponse(url, resources.read(url), EmailMessage(plain))

    return ProjectFetcher()


# ---------------------------------------------------------------- who wants what


def _verify_element(element: Any) -> None:
    """Refuse what is fetched for more than to be shown: attachments, embedded documents."""
    relations = str(element.get("rel", "")).lower().split()
    is_attached = "attachment" in relations
    if is_attached or element.tag in FETCHING:
        name = f"<{element.tag} rel=attachment>" if is_attached else f"<{element.tag}>"
        raise RenderingError(
            _("The page has an element {name}, which no edition may have").format(name=name),
            remedy=_("Remove it from the template"),
        )


def _wanting(tree: Any, address: str) -> Iterator[str]:
    """Yield the elements of a page that name an address, in the words of its template."""
    for element in tree.iter():
        if isinstance(element.tag, str):
            for value in element.attrib.values():
                if address in (value.strip(), _whole(value)):
                    yield f"<{element.tag}>"
                elif "url(" in value and address.removeprefix(PAGE_HOST) in value:
                    yield f"<{element.tag} style>"


def _whole(value: str) -> str:
    try:
        return urljoin(PAGE_HOST, value.strip())
    except ValueError:
        return ""


# ---------------------------------------------------------------- reading


def read_resource(address: str, pictures: Path, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """Return the file behind an address of the page.

    Raises:
        RenderingError: The address is not one of the page's own, or there is no such picture.
    """
    if address.startswith(FONT_HOST):
        return (FONT_FOLDER / Path(address).name).read_bytes()
    name = _name_of(address)
    if found := INLINE_PICTURE.fullmatch(address):
        data = b64decode(found[2])
    elif address.startswith(PAGE_HOST):
        data = _read_picture(name, pictures, limits.picture_bytes)
    else:
        raise RenderingError(
            _("The page wants {address}, which is not a file of the project").format(
                address=address[:200]
            ),
            remedy=_("Copy the picture into the folder of the document and name it from there"),
        )
    _verify_content(name, data, limits)
    return data


def is_drawing(address: str) -> bool:
    """Tell whether a picture is a drawing, as its address says."""
    return address.startswith("data:image/svg") or address.lower().endswith(".svg")


def _verify_content(name: str, data: bytes, limits: Limits) -> None:
    fault = content_fault(data, name=name, most_pixels=limits.picture_pixels)
    if fault:
        raise _picture_error(name, fault)


def _picture_error(name: str, fault: str) -> RenderingError:
    return RenderingError(
        _("The picture {picture} cannot be shown: {fault}").format(picture=name, fault=fault),
        remedy=_("Save it again as JPEG or PNG, with 6000 pixels in width or less"),
    )


def _name_of(address: str) -> str:
    """Return what a picture is called."""
    if found := INLINE_PICTURE.fullmatch(address):
        return f"data:image.{found[1] or 'png'}"
    return unquote(urlsplit(address).path).lstrip("/")


def _read_picture(name: str, folder: Path, most: int) -> bytes:
    try:
        return read_below(folder, name, most=most)
    except NotBelowError:
        raise RenderingError(
            _("There is no picture {name}").format(name=name),
            remedy=_("Put it into {folder}, or mend its name in the document").format(
                folder=folder
            ),
        ) from None
    except TooLargeError:
        raise RenderingError(
            _("The picture {name} has more than {size} MB").format(
                name=name, size=f"{most / 1e6:g}"
            ),
            remedy=raised(_("Save it with 3000 pixels in width or less"), "picture_bytes"),
        ) from None
