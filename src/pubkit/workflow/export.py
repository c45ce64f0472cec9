"""``pubkit export``: catalogs as files for people and tools that do not know gettext."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path

from pubkit.errors import CatalogError, ConfigError, Location, SourceError
from pubkit.formats.files import write_bytes
from pubkit.localize import same_language
from pubkit.messages import gettext as _
from pubkit.model import Catalog
from pubkit.values import dataclass
from pubkit.workflow.project import LABELS, NAMES, RESERVED, Project

Catalogs = Mapping[str, Catalog]

ENDINGS = {"xlf": (".xlf", ".xliff")}
"""Of the formats that have more than their own."""


class Format(StrEnum):
    """What can be exported; the value is the ending of the file."""

    XLIFF = "xlf"
    TMX = "tmx"
    TBX = "tbx"
    CSV = "csv"
    XLSX = "xlsx"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A file that is ready to be written."""

    path: Path
    data: bytes
    lang: str
    documents: tuple[str, ...]
    stale: tuple[str, ...]
    """The documents whose source has changed since their catalogs were brought up to date."""


def export(
    project: Project,
    documents: tuple[str, ...],
    languages: Iterable[str],
    *,
    style: Format,
    output: Path | None,
    version: str,
) -> Iterator[Exported]:
    """Make one file for each language; none is written.

    Args:
        project: Where the catalogs lie.
        documents: Their names; without one, all, with the labels and names.
        languages: The target languages.
        style: The format.
        output: A file if there is one language, or a folder.
        version: The version of pubkit, for those formats that name their tool.

    Raises:
        PubkitError: A document or catalog is missing or malformed, or the format cannot hold it.
    """
    names = _names(project, documents, style)
    languages = tuple(languages)
    for lang in languages:
        catalogs = {
            name: catalog for name in names if (catalog := project.catalog(name, lang)) is not None
        }
        _verify_catalogs(catalogs, names if documents else (), project, lang)
        path = _path(project, names[0] if len(documents) == 1 else "", lang, style, output)
        if output and path == output and len(languages) > 1:
            raise _one_file(output)
        yield Exported(
            path=path,
            data=_write(style)(catalogs, project.config.project.source_language, lang, version),
            lang=lang,
            documents=tuple(catalogs),
            stale=tuple(_stale(project, catalogs)),
        )


def save(exported: Exported, *, force: bool) -> None:
    """Write a file, but over no other one: somebody may have worked in it.

    Args:
        exported: What to write.
        force: Whether an existing file is replaced.

    Raises:
        ConfigError: There is a file with another content already, or it cannot be written.
    """
    path = exported.path
    if path.is_file() and not force and path.read_bytes() != exported.data:
        raise ConfigError(
            _("The file exists already; perhaps somebody has worked in it."),
            location=Location(str(path)),
            remedy=_("Import it first, name another file with --output, or use --force"),
        )
    write_bytes(path, exported.data, error=ConfigError)


# ---------------------------------------------------------------- what is exported


def _names(project: Project, documents: tuple[str, ...], style: Format) -> list[str]:
    if style is Format.TBX:
        if documents not in ((), (NAMES,)):
            raise SourceError(
                _("A termbase holds the names of the whole project, not those of a document."),
                remedy=_("Leave out the document: pubkit export --format tbx"),
            )
        return [NAMES]
    if not documents:
        return [*project.document_names(), LABELS, NAMES]
    own = [name for name in documents if name in RESERVED]
    others = tuple(name for name in documents if name not in RESERVED)
    return [*(project.document_names(others) if others else ()), *own]


def _verify_catalogs(
    catalogs: Catalogs, wanted: Sequence[str], project: Project, lang: str
) -> None:
    missing = [name for name in wanted if name not in catalogs]
    if missing or not catalogs:
        path = project.catalog_path(missing[0] if missing else NAMES, lang)
        raise CatalogError(
            _("There is no catalog yet."),
            location=Location(str(path)),
            remedy=_("Run: pubkit extract"),
        )


def _path(project: Project, document: str, lang: str, style: Format, output: Path | None) -> Path:
    """Return where a file is written.

    Args:
        project: Where.
        document: The only one; else empty.
        lang: The target language.
        style: The format.
        output: What the user said.

    Raises:
        ConfigError: The file that the user named has the ending of something else.
    """
    if output and output.suffix and not output.is_dir():
        return _verified(output, ENDINGS.get(style, (f".{style}",)))
    whole = NAMES if style is Format.TBX else project.config.root.name or "project"
    folder = output or project.config.root / "build" / "exchange"
    return folder / f"{document.replace('/', '-') or whole}.{lang}.{style}"


def _verified(output: Path, endings: tuple[str, ...]) -> Path:
    if output.suffix.lower() in endings:
        return output
    raise ConfigError(
        _("A file of this format ends with {endings}.").format(endings=", ".join(endings)),
        location=Location(str(output)),
        remedy=_("Give it that ending, or name a folder that is there already"),
    )


def _one_file(output: Path) -> ConfigError:
    return ConfigError(
        _("One file cannot hold several languages."),
        location=Location(str(output)),
        remedy=_("Choose one with --lang, or name a folder"),
    )


def _stale(project: Project, catalogs: Catalogs) -> Iterator[str]:
    """Yield the documents with texts that their catalogs do not have as they are today."""
    names = tuple(name for name in catalogs if name not in RESERVED)
    for document in project.documents(names) if names else ():
        live = {entry.key for entry in catalogs[document.name].live_entries}
        if {segment.key for segment in document.segments} != live:
            yield document.name


# ---------------------------------------------------------------- formats

Writer = Callable[[Catalogs, str, str, str], bytes]


def _write(style: Format) -> Writer:
    return {
        Format.XLIFF: _xliff,
        Format.TMX: _tmx,
        Format.TBX: _tbx,
        Format.CSV: _csv,
        Format.XLSX: _xlsx,
    }[style]


def _xliff(catalogs: Catalogs, source_lang: str, lang: str, _version: str) -> bytes:
    from pubkit.formats.xliff import format_xliff

    return format_xliff(catalogs, source_lang=source_lang, target_lang=lang)


def _tmx(catalogs: Catalogs, source_lang: str, _lang: str, version: str) -> bytes:
    from pubkit.formats.tmx import format_tmx

    return format_tmx(catalogs.values(), source_lang=source_lang, version=version)


def _tbx(catalogs: Catalogs, source_lang: str, lang: str, _version: str) -> bytes:
    from pubkit.formats.tbx import format_tbx

    return format_tbx(catalogs[NAMES], source_lang=source_lang, target_lang=lang)


def _csv(catalogs: Catalogs, source_lang: str, lang: str, _version: str) -> bytes:
    from pubkit.formats.tables import format_csv

    return format_csv(catalogs, source_lang=source_lang, target_lang=lang)


def _xlsx(catalogs: Catalogs, source_lang: str, lang: str, _version: str) -> bytes:
    from pubkit.formats.tables import format_xlsx

    return format_xlsx(catalogs, source_lang=source_lang, target_lang=lang)


def target_languages(project: Project, languages: Iterable[str]) -> tuple[str, ...]:
    """Return the languages into which the project is translated."""
    own = project.config.project.source_language
    return tuple(lang for lang in languages if not same_language(lang, own))
