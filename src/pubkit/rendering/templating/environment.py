"""The template engine: the only importer of Jinja2.

Templates are the publisher's or pubkit's own, never a translator's: texts reach them as values and
are never read as template source. What the engine compiles is kept, for compiling takes longer
than making a page.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from traceback import extract_tb
from urllib.parse import urlsplit

from jinja2 import (
    BytecodeCache,
    Environment,
    FunctionLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    nodes,
)
from jinja2.bccache import Bucket

from pubkit import caches
from pubkit.errors import Location, RenderingError
from pubkit.messages import gettext as _
from pubkit.rendering.labels import css_string, custom_property, margin_content
from pubkit.rendering.templating.files import OWN_PREFIX, TEMPLATE, find_template, read_source
from pubkit.rendering.templating.version import engine_version

KIND = "compiled-templates"


def environment_for(templates: Path | None) -> Environment:
    """Return what finds templates; all who have none of their own share what was compiled."""
    return _environment_with(templates if templates and templates.is_dir() else None)


@cache
def _environment_with(templates: Path | None) -> Environment:
    environment = Environment(
        loader=FunctionLoader(partial(_load, templates=templates)),
        bytecode_cache=_KeptTemplates(),
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


def is_web_address(url: str) -> bool:
    """Tell whether an address may be a link."""
    return urlsplit(url).scheme in ("http", "https")


def _load(name: str, *, templates: Path | None) -> tuple[str, str, Callable[[], bool]] | None:
    """Return a template's text, its file, and what tells whether that has not changed since."""
    path = find_template(name, templates)
    if path is None:
        return None
    return read_source(path), str(path), partial(_is_of, path, path.stat().st_mtime_ns)


def _is_of(path: Path, changed: int) -> bool:
    try:
        return path.stat().st_mtime_ns == changed
    except OSError:
        return False


class _KeptTemplates(BytecodeCache):
    """Compiled templates, kept by their text, their file, and all that compiles them."""

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a bucket, if its template is kept."""
        data = caches.read_kept(KIND, _key(bucket))
        if data is not None:
            bucket.load_bytecode(BytesIO(data))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a bucket."""
        caches.keep(KIND, _key(bucket), bucket.bytecode_to_string())


def _key(bucket: Bucket) -> str:
    # The engine's own key is of name and file, its checksum of the text.
    parts = (bucket.key, bucket.checksum, engine_version())
    return sha256(repr(parts).encode()).hexdigest()


def template_text(name: str, templates: Path | None) -> str:
    """Return the text of a file of the templates.

    Raises:
        TemplateNotFound: There is none.
    """
    path = find_template(name, templates)
    if path is None:
        raise TemplateNotFound(name)
    return read_source(path)


def parse_template(text: str, *, name: str, filename: str | None) -> nodes.Template:
    """Return the syntax tree of a template."""
    return environment_for(None).parse(text, name, filename)


# ---------------------------------------------------------------- what is wrong with a template


@contextmanager
def template_errors() -> Iterator[None]:
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
