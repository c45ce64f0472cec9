"""``pubkit check`` and ``pubkit status``: what is wrong, and how far each language is."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pubkit.checks.runner import check_catalog
from pubkit.errors import CatalogError, Location
from pubkit.formats.po import read_catalog
from pubkit.localize import same_language
from pubkit.messages import gettext as _
from pubkit.model import Catalog, Finding, Termbase
from pubkit.names.termbase import make_termbase
from pubkit.workflow.catalogs import current_catalog
from pubkit.workflow.project import LABELS, NAMES, Project, Source


@dataclass(frozen=True, slots=True)
class Report:
    """The findings about some catalogs, and how many entries were looked at."""

    findings: tuple[Finding, ...]
    entries: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a document is in a language."""

    document: str
    lang: str
    is_own_language: bool
    """The document's own language: its catalog corrects, it does not translate."""
    total: int
    translated: int
    fuzzy: int
    findings: int

    @property
    def missing(self) -> int:
        """How many texts have no translation."""
        return 0 if self.is_own_language else self.total - self.translated - self.fuzzy


def check_project(
    project: Project, names: Iterable[str] = (), *, languages: Sequence[str] = ()
) -> Report:
    """Check the catalogs of documents as they would be after extraction.

    Args:
        project: Where.
        names: The documents; all, the labels and the names if none is named.
        languages: The languages; all if none is named.
    """
    wanted = tuple(names)
    chosen = languages or project.languages
    if wanted:
        return _report(project, _catalogs(project, project.sources(wanted)[1:], chosen))
    everything = (*_catalogs(project, project.sources(), chosen), *_names(project, chosen))
    return _report(project, everything)


def project_status(project: Project) -> tuple[Progress, ...]:
    """Return how far each document is in each language, as of its source today."""
    catalogs = (
        *_catalogs(project, project.sources(), project.languages),
        *_names(project, project.languages),
    )
    return tuple(_progress(project, catalog) for catalog in catalogs)


def check_files(paths: Iterable[Path], *, names: Path | None, ignore: Sequence[str] = ()) -> Report:
    """Check catalogs anywhere, with or without agreed names."""
    termbase = make_termbase(read_catalog(names)) if names else None
    catalogs = [_translations(path) for path in paths]
    findings = [
        finding
        for catalog in catalogs
        for finding in check_catalog(catalog, termbase, ignore=ignore)
    ]
    return Report(tuple(findings), sum(map(_count, catalogs)))


def _translations(path: Path) -> Catalog:
    catalog = read_catalog(path)
    if catalog.lang is None and path.suffix == ".pot":
        raise CatalogError(
            _("This is a template: it has no translations to check"),
            location=Location(str(path)),
            remedy=_("Name a .po file"),
        )
    return catalog


# ---------------------------------------------------------------- a project's catalogs


@dataclass(frozen=True, slots=True)
class _Translations:
    """A catalog of the project, with what its checks must know."""

    name: str
    lang: str
    source_lang: str
    catalog: Catalog
    termbase: Termbase


def _catalogs(
    project: Project, sources: Iterable[Source], languages: Iterable[str]
) -> tuple[_Translations, ...]:
    termbases = {lang: project.termbase(lang) for lang in languages}
    return tuple(
        _Translations(part.name, lang, part.lang, catalog, termbase)
        for source in sources
        for lang, termbase in termbases.items()
        for part, catalog in _parts(project, source, lang)
    )


def _parts(project: Project, source: Source, lang: str) -> Iterator[tuple[Source, Catalog]]:
    """Yield a source and its catalog, parted where its texts are in two languages.

    The labels are English, the publisher's names among them in the project's own language.
    """
    template = project.template(source, created="")
    catalog = current_catalog(project, source, lang, template)
    own = project.config.project.source_language
    names = project.publisher_texts if source.name == LABELS else frozenset()
    if not names or same_language(own, source.lang):
        yield source, catalog
        return
    for part_lang, has_names in ((source.lang, False), (own, True)):
        entries = (entry for entry in catalog.entries if (entry.msgid in names) is has_names)
        yield replace(source, lang=part_lang), replace(catalog, entries=tuple(entries))


def _names(project: Project, languages: Iterable[str]) -> Iterator[_Translations]:
    """Yield the catalogs of names, which no document extracts."""
    for lang in languages:
        catalog = project.catalog(NAMES, lang)
        if catalog:
            own = project.config.project.source_language
            yield _Translations(NAMES, lang, own, catalog, make_termbase(catalog))


def _findings(project: Project, translations: _Translations) -> list[Finding]:
    return check_catalog(
        translations.catalog,
        translations.termbase,
        source_lang=translations.source_lang,
        ignore=project.config.checks.ignore,
    )


def _report(project: Project, catalogs: Sequence[_Translations]) -> Report:
    findings = [finding for catalog in catalogs for finding in _findings(project, catalog)]
    return Report(tuple(findings), sum(_count(item.catalog) for item in catalogs))


def _count(catalog: Catalog) -> int:
    return sum(1 for _entry in catalog.live_entries)


def _progress(project: Project, translations: _Translations) -> Progress:
    live = tuple(translations.catalog.live_entries)
    return Progress(
        document=translations.name,
        lang=translations.lang,
        is_own_language=same_language(translations.lang, translations.source_lang),
        total=len(live),
        translated=sum(entry.is_translated for entry in live),
        fuzzy=sum(entry.is_fuzzy for entry in live),
        findings=len(_findings(project, translations)),
    )
