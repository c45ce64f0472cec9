"""A page becomes HTML: one file, complete but for its pictures.

The only importer of Jinja2. Templates are the publisher's or pubkit's own, never a translator's:
texts reach them as values and are never read as template source.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from pathlib import Path
from traceback import extract_tb
from urllib.parse import urlsplit

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

from pubkit.errors import Location, RenderingError
from pubkit.messages import gettext as _
from pubkit.model import Document, Role, Segment
from pubkit.rendering.labels import css_string, custom_property, margin_content
from pubkit.rendering.page import Setting, template_context

PACKAGED_TEMPLATES = Path(__file__).parent / "templates"
TEMPLATE = "release.html.j2"
NEWSROOM_TEMPLATES = (
    "index.html.j2",
    "year.html.j2",
    "keyword.html.j2",
    "languages.html.j2",
    "404.html.j2",
)
"""The pages of a newsroom, around those of its documents."""
LETTER_SUBJECT, LETTER_TEXT, LETTER_PAGE = "letter.subject.j2", "letter.txt.j2", "letter.html.j2"
LETTER_TEMPLATES = (LETTER_PAGE, LETTER_TEXT, LETTER_SUBJECT)
"""The message that brings an edition to a member, as a page, as plain text, and its subject."""
PAGES = (TEMPLATE, *NEWSROOM_TEMPLATES, *LETTER_TEMPLATES)
OWN_PREFIX = "pubkit"
"""``pubkit/release.html.j2`` is the packaged template, also where a publisher has overridden it."""


def render_html(document: Document, *, setting: Setting) -> str:
    """Return the page of a document in its language.

    Raises:
        RenderingError: A template is missing or wrong; the error names its file and line.
    """
    environment = _environment(setting.templates)
    with _template_errors():
        context = template_context(
            document, setting=setting, read_template=partial(_read_template, environment)
        )
        return environment.get_template(TEMPLATE).render(context)


def render_template(
    name: str, context: Mapping[str, object], *, templates: Path | None = None
) -> str:
    """Return what a template makes of its values.

    Args:
        name: The template, the publisher's or pubkit's.
        context: All that it sees.
        templates: The publisher's own templates.

    Raises:
        RenderingError: The template is missing or wrong; the error names its file and line.
    """
    with _template_errors():
        return _environment(templates).get_template(name).render(context)


def read_template(name: str, *, templates: Path | None = None) -> str:
    """Return the text of a file of the templates, such as a style sheet."""
    with _template_errors():
        return _read_template(_environment(templates), name)


def is_web_address(url: str) -> bool:
    """Tell whether an address may be a link."""
    return urlsplit(url).scheme in ("http", "https")


# ---------------------------------------------------------------- templates


def find_labels(
    templates: Path | None = None, *, pages: Iterable[str] = PAGES
) -> tuple[Segment, ...]:
    """Return the labels of the templates in use, in the order in which they stand.

    Args:
        templates: The publisher's own templates.
        pages: The templates of the pages that are made; with all that they build on.

    Raises:
        RenderingError: A template is wrong, or a label's text is not written in the template.
    """
    with _template_errors():
        found = [label for used in _used_templates(templates, pages) for label in used.labels]
    labels: dict[str, Segment] = {}
    for label in found:
        known = labels.setdefault(label.msgid, label)
        if label.comments and not known.comments:
            labels[label.msgid] = label
    return tuple(labels.values())


@dataclass(frozen=True, slots=True)
class _Source:
    """What the source of a template says without being used."""

    labels: tuple[Segment, ...]
    builds_on: tuple[str, ...]
    """The templates that it includes, imports or extends."""


def _used_templates(templates: Path | None, pages: Iterable[str]) -> Iterable[_Source]:
    """Return the templates of pages and all that they build on."""
    environment = _environment(templates)
    used: dict[str, _Source] = {}
    waiting = [*pages]
    while waiting:
        name = waiting.pop(0)
        if name not in used:
            text, filename, _is_current = _loader(environment).get_source(environment, name)
            used[name] = _read_source(name, text, filename)
            waiting += used[name].builds_on
    return used.values()


@lru_cache(maxsize=100)
def _read_source(name: str, text: str, filename: str | None) -> _Source:
    """Read a template; parsing one takes longer than making a page of it."""
    tree = _environment(None).parse(text, name, filename)
    calls = [call for call in tree.find_all(nodes.Call) if _is_label(call)]
    return _Source(
        labels=tuple(_label_segment(call, name) for call in calls),
        builds_on=tuple(filter(None, find_referenced_templates(tree))),
    )


def _is_label(call: nodes.Call) -> bool:
    return isinstance(call.node, nodes.Name) and call.node.name == "label"


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


def _read_template(environment: Environment, name: str) -> str:
    return _loader(environment).get_source(environment, name)[0]


def _environment(templates: Path | None) -> Environment:
    """Return what finds templates; all who have none of their own share what was compiled."""
    return _environment_with(templates if templates and templates.is_dir() else None)


@cache
def _environment_with(templates: Path | None) -> Environment:
    packaged = FileSystemLoader(PACKAGED_TEMPLATES)
    own = [FileSystemLoader(templates)] if templates else []
    environment = Environment(
        loader=ChoiceLoader([*own, packaged, PrefixLoader({OWN_PREFIX: packaged})]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        css_string=css_string, margin_content=margin_content, custom_property=custom_property
    )
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
    except RecursionError as error:
        place = _place_in_template(error)
        if place is None:
            raise
        raise _circle_error(place) from None
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


def _circle_error(place: Location) -> RenderingError:
    return RenderingError(
        _("The template builds on itself without end"),
        location=place,
        remedy=_("To change pubkit's own, extend “{template}”").format(
            template=f"{OWN_PREFIX}/{Path(place.path).name}"
        ),
    )


def _place_in_template(error: Exception) -> Location | None:
    """Return the innermost line of a template on the way to the error."""
    frames = [frame for frame in extract_tb(error.__traceback__) if frame.filename.endswith(".j2")]
    return Location(frames[-1].filename, frames[-1].lineno) if frames else None
