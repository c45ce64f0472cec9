"""A document becomes a page: one HTML file, complete but for its pictures.

The only importer of Jinja2. Templates are the publisher's or pubkit's own, never a translator's:
texts reach them as values and are never read as template source. What a template sees is
listed in ``templates/release.html.j2``.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from itertools import groupby
from pathlib import Path
from traceback import extract_tb
from typing import ClassVar
from urllib.parse import quote, urljoin, urlsplit

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
    nodes,
)
from jinja2.meta import find_referenced_templates
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
    same_language,
    script,
)
from pubkit.messages import gettext as _
from pubkit.model import Block, Document, Figure, Paragraph, Passage, Role, Segment, State
from pubkit.rendering.labels import LABEL_LANG, Counter, Label, css_string, margin_content
from pubkit.rendering.typefaces import NO_CHOICE, Typeface, screen_stylesheet

PACKAGED_TEMPLATES = Path(__file__).parent / "templates"
TEMPLATE = "release.html.j2"
OWN_PREFIX = "pubkit"
"""``pubkit/release.html.j2`` is the packaged template, also where a publisher has overridden it."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What surrounds a document on its page."""

    labels: Mapping[str, Segment]
    """The texts of the templates, and the publisher's names, by msgid."""
    publisher: str = ""
    """A msgid of ``labels``, or nothing."""
    unit: str = ""
    """The office that publishes; a msgid of ``labels``, or nothing."""
    publisher_url: str | None = None
    base_url: str | None = None
    """Where all editions are published; this one at ``<base_url>/<lang>/<document>.html``."""
    alternates: tuple[Alternate, ...] = ()
    pictures: str = ""
    """The folder of the document's pictures, seen from the page: ``../`` or, beside it, nothing."""
    templates: Path | None = None
    """The publisher's own templates and style sheets, which win over packaged ones by name."""
    typefaces: Mapping[str, Typeface] = field(default_factory=lambda: NO_CHOICE)
    """The publisher's choice of families, by language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Figures that stand side by side."""

    kind: ClassVar[str] = "row"
    figures: tuple[Figure, ...]


def render_html(document: Document, *, setting: Setting) -> str:
    """Return the page of a document in its language.

    Raises:
        RenderingError: A template is missing or wrong; the error names its file and line.
    """
    environment = _environment(setting.templates)
    with _template_errors():
        return environment.get_template(TEMPLATE).render(_context(document, setting, environment))


def waiting_segments(document: Document, *, setting: Setting) -> tuple[Segment, ...]:
    """Return what makes the edition a draft: unfinished texts of the document and the page."""
    segments = (*document.segments, *setting.labels.values())
    return tuple(segment for segment in segments if not segment.is_finished)


# ---------------------------------------------------------------- what a template sees


def _context(document: Document, setting: Setting, environment: Environment) -> dict[str, object]:
    page = _Page(document, setting, environment)
    hero, lead, body = _opening(document_blocks(document))
    return {
        "document": document,
        "setting": setting,
        "lang": html_tag(document.lang),
        "direction": direction(document.lang),
        "script": script(document.lang),
        "locale": opengraph_locale(document.lang),
        "hero": hero,
        "lead": lead,
        "body": tuple(_with_rows(body)),
        "last_paragraph": _last_paragraph((*([lead] if lead else []), *body)),
        "waiting": len(waiting_segments(document, setting=setting)),
        "publisher": page.label(setting.publisher) if setting.publisher else None,
        "unit": page.label(setting.unit) if setting.unit else None,
        "label": page.label,
        "field": page.field,
        "fields": page.fields,
        "text": page.text,
        "detail": lambda name: document.details.get(name, ""),
        "date": format_date(document.date, document.lang),
        "embargo": page.embargo(),
        "current": page.current(),
        "source": page.source(),
        "address": page.address,
        "picture": page.picture,
        "structured_data": page.structured_data(hero, body),
        "stylesheet": page.stylesheet,
        "typefaces": Markup(screen_stylesheet(page.langs(), setting.typefaces)),  # noqa: S704
        "page_number": Counter("page"),
        "page_count": Counter("pages"),
    }


def _opening(
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


def _is_notes(block: Block) -> bool:
    return isinstance(block, Passage) and 'class="footnotes' in block.html


@dataclass(frozen=True, slots=True)
class _Page:
    """The functions and values that a template asks for."""

    document: Document
    setting: Setting
    environment: Environment

    def label(self, msgid: str, *, comment: str = "", **values: object) -> Label:
        """Return a label; ``comment`` is for translators and is read from the template's source."""
        is_english = same_language(self.document.lang, LABEL_LANG)
        state = State.SOURCE if is_english else State.UNTRANSLATED
        unknown = Segment(msgid=msgid, text=msgid, role=Role.LABEL, state=state)
        return Label(segment=self.setting.labels.get(msgid, unknown), values=values)

    def field(self, name: str) -> Markup | None:
        """Return a front-matter field as HTML."""
        return next(iter(self.fields(name)), None)

    def fields(self, name: str) -> tuple[Markup, ...]:
        """Return all front-matter fields of a name as HTML."""
        segments = self.document.fields_named(name)
        return tuple(Markup(segment_html(item, self.document)) for item in segments)  # noqa: S704

    def text(self, name: str) -> str:
        """Return a front-matter field without markup; several are joined by commas."""
        return ", ".join(segment_text(item) for item in self.document.fields_named(name))

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
        base = self.setting.base_url.rstrip("/")
        return urljoin(f"{base}/{self.document.lang}/{self.document.name}.html", href)

    def picture(self, figure: Figure) -> str:
        """Return the address of a picture, seen from the page."""
        return self.setting.pictures + quote(figure.picture, safe="/%")

    def stylesheet(self, name: str) -> Markup:
        """Return a style sheet of the templates as it stands."""
        css, _filename, _is_current = _loader(self.environment).get_source(self.environment, name)
        if "</style" in css.lower():
            raise RenderingError(
                _("The style sheet would end its element in the page"),
                location=Location(name),
                remedy=_("Remove </style from it, also from its comments"),
            )
        return Markup(css)  # noqa: S704

    def langs(self) -> set[str]:
        """Return every language that may occur on the page."""
        alternates = {alternate.lang for alternate in self.setting.alternates}
        return {self.document.lang, self.document.source_lang, LABEL_LANG} | alternates

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
            "datePublished": self.document.date.isoformat(),
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


def _script_json(data: Mapping[str, object]) -> Markup:
    text = json.dumps(data, ensure_ascii=False, indent=1)
    escapes = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}
    return Markup(text.translate(escapes))  # noqa: S704


def is_web_address(url: str) -> bool:
    """Tell whether an address may be a link."""
    return urlsplit(url).scheme in ("http", "https")


# ---------------------------------------------------------------- templates


def find_labels(templates: Path | None = None) -> tuple[Segment, ...]:
    """Return the labels of the templates in use, in the order in which they stand.

    Args:
        templates: The publisher's own templates.

    Raises:
        RenderingError: A template is wrong, or a label's text is not written in the template.
    """
    with _template_errors():
        found = [label for name in _used_templates(templates) for label in _labels(name, templates)]
    labels: dict[str, Segment] = {}
    for label in found:
        known = labels.setdefault(label.msgid, label)
        if label.comments and not known.comments:
            labels[label.msgid] = label
    return tuple(labels.values())


def _used_templates(templates: Path | None) -> tuple[str, ...]:
    """Return the page's template and all that it includes, imports or extends."""
    environment = _environment(templates)
    used: dict[str, None] = {}
    waiting = [TEMPLATE]
    while waiting:
        name = waiting.pop(0)
        if name not in used:
            used[name] = None
            waiting += filter(None, find_referenced_templates(_parse(name, environment)))
    return tuple(used)


def _labels(name: str, templates: Path | None) -> Iterator[Segment]:
    for call in _parse(name, _environment(templates)).find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "label":
            yield _label_segment(call, name)


def _label_segment(call: nodes.Call, template: str) -> Segment:
    texts = [*call.args, *(keyword.value for keyword in call.kwargs if keyword.key == "comment")]
    values = [text.value for text in texts if isinstance(text, nodes.Const)]
    if len(values) != len(texts) or not values:
        raise RenderingError(
            _("The text of a label must be written in the template"),
            location=Location(template, call.lineno),
            remedy=_('Write label("Some text"), with {name} for what varies').format(name="{name}"),
        )
    msgid, *comments = values
    return Segment(
        msgid=msgid,
        text=msgid,
        role=Role.LABEL,
        comments=tuple(comments),
        line=call.lineno,
    )


def _parse(name: str, environment: Environment) -> nodes.Template:
    source, filename, _is_current = _loader(environment).get_source(environment, name)
    return environment.parse(source, name, filename)


@cache
def _environment(templates: Path | None) -> Environment:
    packaged = FileSystemLoader(PACKAGED_TEMPLATES)
    own = [FileSystemLoader(templates)] if templates else []
    environment = Environment(
        loader=ChoiceLoader([*own, packaged, PrefixLoader({OWN_PREFIX: packaged})]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(css_string=css_string, margin_content=margin_content)
    environment.tests["web_address"] = is_web_address
    return environment


def _loader(environment: Environment) -> BaseLoader:
    assert environment.loader  # noqa: S101
    return environment.loader


@contextmanager
def _template_errors() -> Iterator[None]:
    """Turn what Jinja2 raises into an error with the template's file and line."""
    try:
        yield
    except TemplateSyntaxError as error:
        location = Location(error.filename or error.name or TEMPLATE, error.lineno)
        raise _template_error(error, location) from error
    except (TemplateError, TypeError, AttributeError) as error:
        place = _place_in_template(error)
        if place is None and not isinstance(error, TemplateError):
            raise
        raise _template_error(error, place) from error


def _template_error(error: Exception, location: Location | None) -> RenderingError:
    return RenderingError(
        _("The template cannot be used: {reason}").format(reason=error),
        location=location,
        remedy=_("Mend it, or remove it to use pubkit's own"),
    )


def _place_in_template(error: Exception) -> Location | None:
    """Return the innermost line of a template on the way to the error."""
    frames = [frame for frame in extract_tb(error.__traceback__) if frame.filename.endswith(".j2")]
    return Location(frames[-1].filename, frames[-1].lineno) if frames else None
