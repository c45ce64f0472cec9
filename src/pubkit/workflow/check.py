"""``pubkit check`` and ``pubkit status``: what is wrong, and how far each language is."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pubkit.checks.pair import SourceTexts
from pubkit.checks.registry import CHECKS_OF_TERMS
from pubkit.checks.runner import check_catalog, check_source
from pubkit.localize import same_language
from pubkit.model import Catalog, Finding, Termbase
from pubkit.names.termbase import make_termbase
from pubkit.values import dataclass
from pubkit.workflow.catalogs import current_catalog
from pubkit.workflow.project import LABELS, NAMES, Project, Source
from pubkit.workflow.report import EVERYTHING, Checked, Report, Selection, keep


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
    project: Project,
    names: Iterable[str] = (),
    *,
    languages: Sequence[str] = (),
    selection: Selection = EVERYTHING,
) -> Report:
    """Check the sources of documents, and their catalogs as they would be after extraction.

    Args:
        project: Where.
        names: The documents; all, the labels and the names if none is named.
        languages: The languages; all if none is named.
        selection: Which findings are wanted.
    """
    wanted = tuple(names)
    chosen = languages or project.languages
    sources = project.sources(wanted)
    catalogs = _catalogs(project, sources[1:] if wanted else sources, chosen)
    if not wanted:
        catalogs = (*catalogs, *_names(project, chosen))
    documents = [source for source in sources if source.name != LABELS]
    known = _all_names(project) if documents else Termbase(lang="")
    files = (
        *(_as_written(project, source, known) for source in documents),
        *(_translated(project, item) for item in catalogs),
    )
    return Report(tuple(keep(file, selection) for file in files))


def project_status(project: Project) -> tuple[Progress, ...]:
    """Return how far each document is in each language, as of its source today."""
    catalogs = (
        *_catalogs(project, project.sources(), project.languages),
        *_names(project, project.languages),
    )
    return tuple(_progress(project, catalog) for catalog in catalogs)


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
        spacing=project.config.checks.spacing,
        with_source=False,
        longest=project.config.limits.translation,
    )


def _all_names(project: Project) -> Termbase:
    """Return the agreed names of all languages as one: an index is made of them once only."""
    terms = (term for lang in project.languages for term in project.termbase(lang).terms)
    return Termbase(lang="", terms=tuple(terms))


def _as_written(project: Project, source: Source, known: Termbase) -> Checked:
    """Look for slips of a source by itself: once, not again in each language."""
    texts = SourceTexts(
        lang=source.lang,
        segments=source.segments,
        termbase=known,
    )
    findings = check_source(
        texts,
        path=source.reference,
        waivers=project.catalog(source.name, source.lang),
        ignore=project.config.checks.ignore,
    )
    return Checked(path=source.reference, lang=source.lang, entries=0, findings=tuple(findings))


def _translated(project: Project, translations: _Translations) -> Checked:
    return Checked(
        path=translations.catalog.path,
        lang=translations.lang,
        entries=_count(translations.catalog),
        findings=tuple(_findings(project, translations)),
        skipped=()
        if translations.termbase.terms or same_language(translations.lang, translations.source_lang)
        else CHECKS_OF_TERMS,
    )


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
