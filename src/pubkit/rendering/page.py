"""What a page holds: a document, and everything that surrounds it.

A template sees this and nothing else; ``templates/release.html.j2`` lists it by name.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field, replace
from datetime import datetime
from itertools import groupby
from pathlib import Path
from types import MappingProxyType
from typing import ClassVar
from urllib.parse import quote, urljoin

from markupsafe import Markup

from pubkit.errors import Location, RenderingError
from pubkit.formats.markdown import document_blocks, segment_html, segment_text
from pubkit.localize import (
    direction,
    format_date,
    format_time,
    html_tag,
    language_name,
    opengraph_locale,
    script,
)
from pubkit.messages import gettext as _
from pubkit.model import Block, Document, Figure, GuestList, Paragraph, Passage, Quotation, Segment
from pubkit.rendering.labels import LABEL_LANG, Counter, Label, Labels
from pubkit.rendering.phrases import mark_dates, mark_phrases
from pubkit.rendering.qr import qr_code
from pubkit.rendering.theme import PLAIN, Theme
from pubkit.rendering.typefaces import NO_CHOICE, Typeface, screen_stylesheet
from pubkit.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternate:
    """The document in one of its languages, the page's own included."""

    lang: str
    href: str
    """Where its page is, seen from this page."""
    pdf_href: str | None = None

    @property
    def tag(self) -> str:
        """What stands in ``lang`` and ``hreflang``."""
        return html_tag(self.lang)

    @property
    def name(self) -> str:
        """The language's name in itself."""
        return language_name(self.lang)

    @property
    def locale(self) -> str:
        """Language and territory as Open Graph writes them."""
        return opengraph_locale(self.lang)


NO_SIZES: Mapping[str, tuple[int, int]] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What surrounds a document on its page."""

    labels: Mapping[str, Segment]
    """The texts of the templates, and the publisher's names, by msgid."""
    publisher: str = ""
    """A msgid of ``labels``, or nothing."""
    unit: str = ""
    """The office that publishes; a msgid of ``labels``, or nothing."""
    publisher_lang: str = LABEL_LANG
    """The language in which the settings name publisher and unit."""
    publisher_url: str | None = None
    base_url: str | None = None
    """Where all editions are published; this one at ``<base_url>/<lang>/<document>.html``.

    It has no slash at its end.
    """
    alternates: tuple[Alternate, ...] = ()
    index: str | None = None
    """Where the list of all releases in this language is, seen from the page, if there is one."""
    feed: str | None = None
    """Where the language's Atom feed is, seen from the page, if there is one."""
    pictures: str = ""
    """The folder of the document's pictures, seen from the page: ``../`` or, beside it, nothing."""
    picture_sizes: Mapping[str, tuple[int, int]] = field(default_factory=lambda: NO_SIZES)
    """Width and height in pixels by picture: browsers leave room before a picture arrives."""
    templates: Path | None = None
    """The publisher's own templates and style sheets, which win over packaged ones by name."""
    typefaces: Mapping[str, Typeface] = field(default_factory=lambda: NO_CHOICE)
    """The publisher's choice of families, by language."""
    theme: Theme = PLAIN
    """The publisher's colours, paper and logo."""
    names: frozenset[str] = frozenset()
    """The agreed names and terms in the page's language, which a headline does not break."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Figures that stand side by side."""

    kind: ClassVar[str] = "row"
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Whom to ask."""

    name: Markup | str
    email: str
    phone: str
    url: str


def edition_path(name: str, lang: str, *, suffix: str = "html") -> str:
    """Return where a file of an edition lies, seen from the folder of all editions."""
    return f"{lang}/{name}.{suffix}"


def waiting_segments(document: Document, *, setting: Setting) -> tuple[Segment, ...]:
    """Return what makes the edition a draft: unfinished texts of the document and the page."""
    segments = (*document.segments, *setting.labels.values())
    return tuple(segment for segment in segments if not segment.is_finished)


# ---------------------------------------------------------------- what a template sees


def template_context(
    document: Document, *, setting: Setting, read_template: Callable[[str], str]
) -> Mapping[str, object]:
    """Return everything that a template sees of a document and its setting.

    Args:
        document: In the language of the page.
        setting: What surrounds it.
        read_template: Gives the text of a file of the templates, such as a style sheet.
    """
    page = _Page(document, setting, read_template)
    return {
        "document": document,
        "setting": setting,
        "lang": html_tag(document.lang),
        "direction": direction(document.lang),
        "script": script(document.lang),
        "locale": opengraph_locale(document.lang),
        "waiting": len(waiting_segments(document, setting=setting)),
        "publisher": page.label.name(setting.publisher, source_lang=setting.publisher_lang),
        "unit": page.label.name(setting.unit, source_lang=setting.publisher_lang),
        "date": format_date(document.publication_date, document.lang),
        "embargo": page.embargo(),
        "contacts": page.contacts(),
        "current": page.current(),
        "source": page.source(),
        "typefaces": Markup(screen_stylesheet(page.langs(), setting.typefaces)),  # noqa: S704
        "page_number": Counter("page"),
        "page_count": Counter("pages"),
        **_body_context(page),
        **_functions(page),
    }


def _body_context(page: "_Page") -> Mapping[str, object]:
    """Return the blocks of the body, and what of them opens and ends it."""
    setting = page.setting
    blocks = document_blocks(page.document, pictures=setting.pictures, sizes=setting.picture_sizes)
    hero, lead, body = opening(tuple(_with_dates(block, page.document.lang) for block in blocks))
    rows = tuple(_with_rows(body))
    return {
        "hero": hero,
        "lead": lead,
        "body": rows,
        "last_paragraph": _last_paragraph((*([lead] if lead else []), *body)),
        "last_block": _last_block((*([lead] if lead else []), *rows)),
        "structured_data": page.structured_data(hero, body),
    }


def _functions(page: "_Page") -> Mapping[str, object]:
    return {
        "label": page.label,
        "field": page.field,
        "fields": page.fields,
        "text": page.text,
        "detail": lambda name: page.document.details.get(name, ""),
        "phrased": page.phrased,
        "address": page.address,
        "picture": page.picture,
        "picture_size": lambda figure: page.setting.picture_sizes.get(figure.picture),
        "qr_code": page.qr_code,
        "stylesheet": page.stylesheet,
    }


def _with_dates(block: Block, lang: str) -> Block:
    """Return a block whose dates are elements of their own, where a language wants them solid."""
    if isinstance(block, GuestList | Quotation):  # A quotation gets them with its phrases.
        return block
    if isinstance(block, Figure):
        return replace(block, caption=mark_dates(block.caption, lang))
    return replace(block, html=mark_dates(block.html, lang))


def opening(
    blocks: tuple[Block, ...],
) -> tuple[Figure | None, Paragraph | None, tuple[Block, ...]]:
    """Split the body into the picture and the paragraph that lead it, and the rest."""
    hero = blocks[0] if blocks and isinstance(blocks[0], Figure) else None
    rest = blocks[1:] if hero else blocks
    lead = rest[0] if rest and isinstance(rest[0], Paragraph) else None
    return hero, lead, rest[1:] if lead else rest


def _with_rows(blocks: Iterable[Block]) -> Iterator[Block | Row]:
    """Yield the blocks, figures that follow one another in rows of two or three."""
    for are_figures, group in groupby(blocks, lambda block: isinstance(block, Figure)):
        if are_figures:
            yield from _rows(tuple(block for block in group if isinstance(block, Figure)))
        else:
            yield from group


def _rows(figures: tuple[Figure, ...]) -> Iterator[Row]:
    while figures:
        # Four are two and two: a row is never left with one figure if it can be helped.
        length = 2 if len(figures) in (2, 4) else 3
        yield Row(figures=figures[:length])
        figures = figures[length:]


def _last_paragraph(blocks: tuple[Block, ...]) -> Paragraph | None:
    """Return the paragraph that ends the text, if only figures and footnotes follow it."""
    texts = [block for block in blocks if not (isinstance(block, Figure) or _is_notes(block))]
    return texts[-1] if texts and isinstance(texts[-1], Paragraph) else None


def _last_block(blocks: tuple[Block | Row, ...]) -> Block | Row | None:
    """Return the block that ends the text and its pictures; only footnotes may follow it."""
    return next((block for block in reversed(blocks) if not _is_notes(block)), None)


def _is_notes(block: Block | Row) -> bool:
    return isinstance(block, Passage) and block.has_notes


@dataclass(frozen=True, slots=True)
class _Page:
    """The functions and values that a template asks for."""

    document: Document
    setting: Setting
    read_template: Callable[[str], str]

    @property
    def label(self) -> Labels:
        """What gives a label its text."""
        return Labels(self.document.lang, self.setting.labels)

    def field(self, name: str) -> Markup | None:
        """Return a front-matter field as HTML."""
        return next(iter(self.fields(name)), None)

    def fields(self, name: str) -> tuple[Markup, ...]:
        """Return all front-matter fields of a name as HTML."""
        segments = self.document.fields_named(name)
        return tuple(Markup(segment_html(item, self.document)) for item in segments)  # noqa: S704

    def phrased(self, html: str) -> Markup:
        """Return HTML that tells browsers where Chinese and Japanese may be broken."""
        return mark_phrases(html, self.document.lang, names=self.setting.names)

    def text(self, name: str) -> str:
        """Return a front-matter field without markup; several are joined by commas."""
        return ", ".join(segment_text(item) for item in self.document.fields_named(name))

    def contacts(self) -> tuple[Contact, ...]:
        """Return whom to ask, each with at least one way to do so."""
        names = self.fields("contact.name") or ("",)
        contacts = (self._contact(name, number) for number, name in enumerate(names, start=1))
        return tuple(c for c in contacts if c.name or c.email or c.phone or c.url)

    def _contact(self, name: Markup | str, number: int) -> Contact:
        prefix = "contact." if number == 1 else f"contact.{number}."
        details = self.document.details
        email, phone, url = (details.get(prefix + way, "") for way in ("email", "phone", "url"))
        return Contact(name=name, email=email, phone=phone, url=url)

    def qr_code(self, label: Label) -> Markup:
        """Return a code that leads to the edition on the web, if it is known where that is."""
        if not self.setting.base_url:
            return Markup()
        return qr_code(self.address(self.current().href), title=label.plain)

    def embargo(self) -> str:
        """Return until when the document may not be published, or nothing."""
        moment = self.document.details.get("embargo")
        return format_time(datetime.fromisoformat(moment), self.document.lang) if moment else ""

    def current(self) -> Alternate:
        """Return the page itself."""
        own = self._alternate(self.document.lang)
        return own or Alternate(lang=self.document.lang, href=f"{self.document.name}.html")

    def source(self) -> Alternate | None:
        """Return the page in the source language, if there is one."""
        return self._alternate(self.document.source_lang)

    def _alternate(self, lang: str) -> Alternate | None:
        return next((item for item in self.setting.alternates if item.lang == lang), None)

    def address(self, href: str) -> str:
        """Return a full address if it is known where the editions are published."""
        if not self.setting.base_url:
            return href
        page = edition_path(self.document.name, self.document.lang)
        return urljoin(f"{self.setting.base_url}/{page}", href)

    def picture(self, figure: Figure) -> str:
        """Return the address of a picture, seen from the page."""
        return self.setting.pictures + quote(figure.picture, safe="/")

    def stylesheet(self, name: str) -> Markup:
        """Return a style sheet of the templates as it stands."""
        return style_content(self.read_template(name), name=name)

    def langs(self) -> set[str]:
        """Return every language that may occur on the page."""
        alternates = {alternate.lang for alternate in self.setting.alternates}
        sources = {self.document.source_lang, self.setting.publisher_lang, LABEL_LANG}
        return {self.document.lang} | sources | alternates

    def structured_data(self, hero: Figure | None, body: Iterable[Block]) -> Markup:
        """Return the page as schema.org sees it, safe within ``<script>``."""
        figures = [hero] if hero else []
        figures += [block for block in body if isinstance(block, Figure)]
        data = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "@id": self.address(self.current().href),
            "headline": self.text("title"),
            "alternativeHeadline": self.text("subtitle"),
            "inLanguage": html_tag(self.document.lang),
            "datePublished": self.document.publication_date.isoformat(),
            "keywords": [segment_text(item) for item in self.document.fields_named("keywords")],
            "contentLocation": self.text("location"),
            "image": [self.address(self.picture(figure)) for figure in figures],
            "publisher": self._organization(),
            **self._translations(),
        }
        return _script_json({name: value for name, value in data.items() if value})

    def _organization(self) -> dict[str, str]:
        if not self.setting.publisher:
            return {}
        name = {"@type": "Organization", "name": self.label(self.setting.publisher).plain}
        return name | ({"url": self.setting.publisher_url} if self.setting.publisher_url else {})

    def _translations(self) -> dict[str, object]:
        """Return how the page is related to its other languages."""
        others = {
            alternate.lang: {
                "@type": "NewsArticle",
                "@id": self.address(alternate.href),
                "inLanguage": alternate.tag,
            }
            for alternate in self.setting.alternates
            if alternate.lang != self.document.lang
        }
        if self.document.lang == self.document.source_lang:
            return {"workTranslation": list(others.values())}
        return {"translationOfWork": others.get(self.document.source_lang)}


def style_content(css: str, *, name: str) -> Markup:
    """Return a style sheet as the content of ``<style>``.

    Raises:
        RenderingError: It would end its element.
    """
    if "</style" in css.lower():
        raise RenderingError(
            _("The style sheet would end its element in the page"),
            location=Location(name),
            remedy=_("Remove </style from it, also from its comments"),
        )
    return Markup(css)  # noqa: S704


def _script_json(data: Mapping[str, object]) -> Markup:
    text = json.dumps(data, ensure_ascii=False, indent=1)
    escapes = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}
    return Markup(text.translate(escapes))  # noqa: S704
