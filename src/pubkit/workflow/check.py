"""``pubkit check`` and ``pubkit status``: what is wrong, and how far each language is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pubkit.checks.runner import check_catalog
from pubkit.errors import CatalogError, Location
from pubkit.formats.po import read_catalog
from pubkit.localize import same_language
from pubkit.messages import gettext as _
from pubkit.model import Catalog, Finding
from pubkit.names.mentions import term_hints
from pubkit.names.termbase import make_termbase
from pubkit.translation import no_hints, update_catalog, verify_catalog
from pubkit.workflow.project import Project, Source


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
    sources = project.sources(wanted)[1:] if wanted else project.sources()
    return _check(project, sources, languages or project.languages)


def project_status(project: Project) -> tuple[Progress, ...]:
    """Return how far each document is in each language, as of its source today."""
    return tuple(
        _progress(project, source, lang)
        for source in project.sources()
        for lang in project.languages
    )


def check_files(paths: Iterable[Path], *, names: Path | None, ignore: Sequence[str] = ()) -> Report:
    """Check catalogs anywhere, with or without agreed names."""
    termbase = make_termbase(read_catalog(names)) if names else None
    catalogs = [_translations(path) for path in paths]
    findings = (check_catalog(catalog, termbase, ignore=ignore) for catalog in catalogs)
    return _report(findings, catalogs)


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


def current_catalog(project: Project, source: Source, lang: str) -> Catalog:
    """Return a catalog as it would be after extraction, so that no stale entry counts.

    Raises:
        CatalogError: It is in another language or belongs to another document.
    """
    found = project.catalog(source.name, lang)
    if found:
        verify_catalog(found, lang=lang, reference=source.reference, segments=source.segments)
    is_own = same_language(lang, source.lang)
    hints = no_hints if is_own else partial(term_hints, termbase=project.termbase(lang))
    template = project.template(source, created="")
    return update_catalog(found, template, lang=lang, hints=hints)


def _check(project: Project, sources: Iterable[Source], languages: Iterable[str]) -> Report:
    checked = [
        (current_catalog(project, source, lang), project.termbase(lang), source.lang)
        for source in sources
        for lang in languages
    ]
    ignore = project.config.checks.ignore
    findings = (
        check_catalog(catalog, termbase, source_lang=source_lang, ignore=ignore)
        for catalog, termbase, source_lang in checked
    )
    return _report(findings, [catalog for catalog, *_rest in checked])


def _report(findings: Iterable[list[Finding]], catalogs: Iterable[Catalog]) -> Report:
    entries = sum(1 for catalog in catalogs for _entry in catalog.live_entries)
    return Report(tuple(finding for found in findings for finding in found), entries)


def _progress(project: Project, source: Source, lang: str) -> Progress:
    catalog = current_catalog(project, source, lang)
    live = tuple(catalog.live_entries)
    findings = check_catalog(
        catalog,
        project.termbase(lang),
        source_lang=source.lang,
        ignore=project.config.checks.ignore,
    )
    return Progress(
        document=source.name,
        lang=lang,
        is_own_language=same_language(lang, source.lang),
        total=len(live),
        translated=sum(entry.is_translated for entry in live),
        fuzzy=sum(entry.is_fuzzy for entry in live),
        findings=len(findings),
    )
