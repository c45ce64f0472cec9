"""The public functions: one file at a time, without a project around it."""

from os import PathLike
from pathlib import Path

from pubkit.config.limits import DEFAULT_LIMITS, Limits
from pubkit.errors import SourceError
from pubkit.formats import po
from pubkit.formats.files import read_bytes
from pubkit.formats.markdown import parse_document
from pubkit.model import Catalog, Edition, Role, Segment, Termbase
from pubkit.names.termbase import make_termbase
from pubkit.rendering.labels import LABEL_LANG
from pubkit.rendering.page import Setting
from pubkit.rendering.templating.files import TEMPLATE
from pubkit.rendering.templating.labels import find_labels
from pubkit.translation import translate_document, translate_segments, verify_lengths
from pubkit.workflow.documents import verify_editions
from pubkit.workflow.jailed import make_edition
from pubkit.workflow.labels import packaged_labels
from pubkit.workflow.original import Original
from pubkit.workflow.pictures import picture_sizes, verify_pictures
from pubkit.workflow.refusal import refusal

AnyPath = str | PathLike[str]


def read_catalog(path: AnyPath) -> Catalog:
    """Read a .po or .pot file exactly as GNU msgfmt reads it.

    Raises:
        CatalogError: The file is missing or malformed; the error says where, and the remedy.
    """
    return po.read_catalog(Path(path))


def write_catalog(catalog: Catalog, path: AnyPath) -> None:
    """Save a catalog: unchanged entries keep their bytes, and a crash leaves old or new file.

    Args:
        catalog: From ``read_catalog``, with ``entries`` replaced, or a new one.
        path: Where; the file must still be the one that was read, or not be there yet.

    Raises:
        CatalogError: The file was changed by someone else, or cannot be written.
    """
    po.write_catalog(catalog, Path(path))


def read_termbase(path: AnyPath) -> Termbase:
    """Read agreed names from a names.po file.

    Raises:
        CatalogError: The file is missing or malformed.
        TermbaseError: It contradicts itself.
    """
    return make_termbase(read_catalog(path))


def render_document(
    source: AnyPath,
    *,
    lang: str | None = None,
    catalog: Catalog | None = None,
    source_lang: str = "en",
    publisher: str = "",
    templates: AnyPath | None = None,
    formats: tuple[str, ...] = ("html", "pdf"),
    limits: Limits = DEFAULT_LIMITS,
) -> Edition:
    """Return a document's edition in a language; nothing is written.

    It is made in a child process that can reach nothing but the pictures and the fonts, so a text
    or picture that brings a library down costs an error.

    Args:
        source: The Markdown file; pictures are looked for beside it.
        lang: The language wanted; without one, the document's own.
        catalog: The translations. Texts that it lacks make the edition a draft.
        source_lang: The language of a document that does not name its own.
        publisher: Whose name stands at the head of the page, in the language wanted.
        templates: A folder with templates that win over pubkit's own.
        formats: ``html`` is always made; ``pdf`` needs Pango and fonts.
        limits: How much is refused, and what the making may use.

    Raises:
        SourceError: The document or a picture is missing or malformed.
        CatalogError: The catalog is in another language or belongs to another document.
        RenderingError: A template is wrong, a font lacks characters, or the edition fails its
            proof.
    """
    path = Path(source)
    data = read_bytes(path, error=SourceError)
    document = parse_document(data, path=path.name, default_lang=source_lang, limits=limits)
    verify_editions(document)
    verify_pictures(document, path.parent, limits)
    wanted = lang or document.lang
    folder = Path(templates) if templates else None
    translated = translate_document(document, catalog, lang=wanted)
    verify_lengths(translated, catalog, limits)
    setting = Setting(
        labels=_labels(wanted, publisher, folder),
        publisher=publisher,
        picture_sizes=picture_sizes(document, path.parent),
        templates=folder,
    )
    original = Original(document=translated, setting=setting, source=path.parent)
    made = make_edition(original, formats=formats, limits=limits)
    if made.faults:
        raise refusal(translated, made.faults, path=str(path))
    return made.edition


def _labels(lang: str, publisher: str, templates: Path | None) -> dict[str, Segment]:
    segments = translate_segments(
        find_labels(templates, pages=[TEMPLATE]),
        packaged_labels(lang),
        lang=lang,
        source_lang=LABEL_LANG,
    )
    labels = {segment.msgid: segment for segment in segments}
    return labels | {publisher: Segment(msgid=publisher, text=publisher, role=Role.LABEL)}
