"""The half of ``pubkit import`` that takes translations: what came back, into the catalogs."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from pubkit.errors import CatalogError, ConfigError, Location
from pubkit.formats.exchange import Bitext, other_forms
from pubkit.formats.files import read_bytes
from pubkit.formats.po import parse_catalog
from pubkit.localize import is_language
from pubkit.messages import gettext as _
from pubkit.model import Catalog, Entry, TermKind
from pubkit.patterns import pattern
from pubkit.translation import update_catalog
from pubkit.translation.verification import without_line
from pubkit.values import dataclass
from pubkit.workflow.documents import find_documents, referred_document
from pubkit.workflow.export import target_languages
from pubkit.workflow.merging import Arrival, Merged, Outcome, merge_bitext
from pubkit.workflow.project import LABELS, NAMES, Project, Source
from pubkit.workflow.saving import Change, PlannedUpdate

SUFFIXES = (".xlf", ".xliff", ".tmx", ".tbx", ".csv", ".tsv", ".xlsx", ".xlsm", ".po")
"""What is read here; ``.xlsm`` is answered with the reason why not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of the entries of one file for one catalog."""

    path: Path
    document: str | None
    """None for those that belong to no catalog."""
    lang: str
    arrivals: tuple[Arrival, ...]
    absent: int = 0
    """How many entries of the catalog an exported file does not have any more."""

    @property
    def counts(self) -> Counter[Outcome]:
        """How many entries had which outcome."""
        return Counter(arrival.outcome for arrival in self.arrivals)


@dataclass(frozen=True, slots=True)
class Import:
    """Everything that several files change, before anything is written."""

    results: tuple[Imported, ...]
    updates: tuple[PlannedUpdate, ...]

    @property
    def has_conflicts(self) -> bool:
        """Whether something was not taken because the catalog has another text."""
        return any(result.counts[Outcome.CONFLICT] for result in self.results)


def import_translations(
    project: Project,
    paths: Iterable[Path],
    *,
    lang: str | None = None,
    overwrites: bool = False,
    created: str,
) -> Import:
    """Merge translations that came back into the project's catalogs; nothing is written.

    Args:
        project: Where the catalogs lie.
        paths: The files.
        lang: Their target language, one of the project's; without it, what they say.
        overwrites: Whether they win conflicts.
        created: The time for ``POT-Creation-Date`` of a names.po that is new.

    Raises:
        PubkitError: A file is malformed or in another language, or a text may not be taken.
    """
    if lang and lang not in project.languages:
        raise _no_language(project, lang, remedy=_("Add it to “languages” in pubkit.toml"))
    desk = _Desk(project, created)
    results: list[Imported] = []
    for path in paths:
        for bitext in _read(project, path, lang):
            tag = _language(project, bitext, lang, path)
            results += desk.take(path, bitext, tag, overwrites=overwrites)
    return Import(tuple(results), tuple(desk.updates()))


def save(imported: Import) -> Iterator[Path]:
    """Write the catalogs that change, and tell of each in turn.

    What somebody else saves meanwhile is merged with.
    """
    for update in imported.updates:
        if update.save():
            yield update.path


class _Desk:
    """The catalogs on the desk: each is read once, and changed by every file that is about it."""

    def __init__(self, project: Project, created: str) -> None:
        self.project = project
        self.created = created
        self.read: dict[Path, Catalog | None] = {}
        self.changed: dict[Path, Catalog] = {}
        self.steps: dict[Path, list[Change]] = {}

    def take(
        self, path: Path, bitext: Bitext, lang: str, *, overwrites: bool
    ) -> Iterator[Imported]:
        """Merge one document of one file."""
        for name, part in self._addressed(bitext, lang):
            if name is None:
                entries = part.catalog.live_entries
                arrivals = tuple(Arrival(outcome=Outcome.UNKNOWN, entry=e) for e in entries)
                yield Imported(path=path, document=None, lang=lang, arrivals=arrivals)
            else:
                yield self._merge(path, name, part, lang, overwrites=overwrites)

    def updates(self) -> Iterator[PlannedUpdate]:
        """Yield what is to be saved; each can be done again on what somebody else has saved."""
        config = self.project.config
        for path, catalog in self.changed.items():
            change = partial(_all_steps, self.steps[path])
            yield PlannedUpdate(
                path=path,
                change=change,
                catalog=catalog,
                backup=config.backup,
                limits=config.limits,
            )

    def _merge(
        self, path: Path, name: str, bitext: Bitext, lang: str, *, overwrites: bool
    ) -> Imported:
        def merged_with(catalog: Catalog | None) -> Merged:
            config = self.project.config
            return merge_bitext(
                catalog or self._new(name, lang),
                bitext,
                source_lang=config.project.source_language,
                overwrites=overwrites,
                limits=config.limits,
            )

        catalog, target = self._catalog(name, lang), self.project.catalog_path(name, lang)
        merged = merged_with(catalog)
        if merged.catalog.entries != (catalog.entries if catalog else ()):
            self.changed[target] = merged.catalog
            self.steps.setdefault(target, []).append(lambda found: merged_with(found).catalog)
        arrived = {arrival.entry.key for arrival in merged.arrivals}
        live = catalog.live_entries if catalog else ()
        absent = sum(entry.key not in arrived for entry in live) if bitext.marks else 0
        return Imported(
            path=path, document=name, lang=lang, arrivals=merged.arrivals, absent=absent
        )

    def _new(self, name: str, lang: str) -> Catalog:
        empty = self.project.template(Source(name, "", "", ()), created=self.created)
        return update_catalog(None, empty, lang=lang)

    def _catalog(self, name: str, lang: str) -> Catalog | None:
        path = self.project.catalog_path(name, lang)
        if path not in self.read:
            self.read[path] = self.project.read(path)
        return self.changed.get(path) or self.read[path]

    def _addressed(self, bitext: Bitext, lang: str) -> Iterator[tuple[str | None, Bitext]]:
        """Yield parts of what came back with the names of the catalogs that they are for.

        A file that names no document, or none of this project, is distributed by its texts.
        """
        if bitext.is_open:
            yield NAMES, self._with_kinds(bitext, lang)
            return
        # A name that is not the project's own is never made a path.
        if bitext.document in self._names() and self._catalog(bitext.document, lang):
            yield bitext.document, self._with_contexts(bitext, bitext.document, lang)
            return
        left = list(bitext.catalog.live_entries)
        for name in self._names():
            known = _Known(self._catalog(name, lang))
            part = tuple(filter(None, map(known.find, bitext.catalog.live_entries)))
            left = [entry for entry in left if not known.find(entry)]
            if part:
                yield name, replace(bitext, catalog=replace(bitext.catalog, entries=part))
        if left:
            yield None, replace(bitext, catalog=replace(bitext.catalog, entries=tuple(left)))

    def _with_contexts(self, bitext: Bitext, name: str, lang: str) -> Bitext:
        """Return a foreign file with the contexts that its tool has lost."""
        if bitext.marks:
            return bitext
        known = _Known(self._catalog(name, lang))
        entries = tuple(known.find(entry) or entry for entry in bitext.catalog.live_entries)
        return replace(bitext, catalog=replace(bitext.catalog, entries=entries))

    def _with_kinds(self, bitext: Bitext, lang: str) -> Bitext:
        """Return a termbase whose terms all have a kind: the catalog's, else that of a word."""
        catalog = self._catalog(NAMES, lang)
        kinds = {entry.msgid: entry.msgctxt for entry in catalog.live_entries} if catalog else {}
        entries = tuple(
            replace(entry, msgctxt=entry.msgctxt or kinds.get(entry.msgid, TermKind.TERM.value))
            for entry in bitext.catalog.entries
        )
        return replace(bitext, catalog=replace(bitext.catalog, entries=entries))

    def _names(self) -> tuple[str, ...]:
        return (*self.project.document_names(), LABELS, NAMES)


class _Known:
    """The texts of a catalog, with and without their contexts."""

    def __init__(self, catalog: Catalog | None) -> None:
        entries = list(catalog.live_entries) if catalog else []
        self.keys = {entry.key for entry in entries}
        self.contexts: dict[str, list[str | None]] = {}
        for entry in entries:
            self.contexts.setdefault(entry.msgid, []).append(entry.msgctxt)

    def find(self, entry: Entry) -> Entry | None:
        """Return an entry as the catalog knows it, if it does.

        Most tools know no contexts: without one, a text is found if it stands in one alone.
        """
        contexts = self.contexts.get(entry.msgid, ())
        if entry.key in self.keys:
            return entry
        if entry.msgctxt is None and len(contexts) == 1:
            return replace(entry, msgctxt=contexts[0])
        return None


def _all_steps(steps: Iterable[Change], catalog: Catalog | None) -> Catalog:
    for step in steps:
        catalog = step(catalog)
    if catalog is None:
        raise AssertionError
    return catalog


# ---------------------------------------------------------------- languages


def _language(project: Project, bitext: Bitext, lang: str | None, path: Path) -> str:
    """Return the language of the project into which a file translates."""
    said = bitext.catalog.lang
    targets = target_languages(project, project.languages)
    if not lang and said is None and len(targets) == 1:
        return targets[0]
    if lang and (said is None or is_language(said, lang)):
        return lang
    if lang:
        raise ConfigError(
            _("The file is in “{found}”, but “{wanted}” was asked for.").format(
                found=said, wanted=lang
            ),
            location=Location(str(path)),
            remedy=_("Leave out --lang, or take another file"),
        )
    found = [tag for tag in project.languages if said and is_language(said, tag)]
    if not found:
        remedy = _("Name the language of the file with --lang")
        raise _no_language(project, said or "?", path=path, remedy=remedy)
    return found[0]


def _no_language(
    project: Project, lang: str, *, path: Path | None = None, remedy: str
) -> ConfigError:
    return ConfigError(
        _("The project has no language “{lang}”; it has {known}.").format(
            lang=lang, known=", ".join(project.languages)
        ),
        location=Location(str(path)) if path else None,
        remedy=remedy,
    )


# ---------------------------------------------------------------- files


def _read(project: Project, path: Path, lang: str | None) -> tuple[Bitext, ...]:
    suffix = path.suffix.lower()
    data = read_bytes(path, error=CatalogError)
    if suffix in (".xlf", ".xliff"):
        from pubkit.formats.xliff import parse_xliff

        found = parse_xliff(data, path=str(path))
        return tuple(replace(bitext, document=_document(project, bitext)) for bitext in found)
    if suffix == ".tmx":
        return tuple(_memories(project, data, path, lang))
    if suffix == ".tbx":
        return tuple(_termbases(project, data, path, lang))
    if suffix in (".csv", ".tsv"):
        from pubkit.formats.tables import parse_csv

        return parse_csv(data, path=str(path), limits=project.config.limits)
    if suffix in (".xlsx", ".xlsm"):
        from pubkit.formats.tables import parse_xlsx

        return parse_xlsx(data, path=str(path), limits=project.config.limits)
    if suffix == ".po":
        return (_po(project, data, path),)
    raise CatalogError(
        _("Translations are not read from files that end with “{suffix}”.").format(suffix=suffix),
        location=Location(str(path)),
        remedy=_("Known are: {suffixes}").format(suffixes=", ".join(SUFFIXES)),
    )


_ENDING = pattern(r"(?:\.(?:md|po|pot))?\Z")


def _document(project: Project, bitext: Bitext) -> str | None:
    """Return the document that a file names: a foreign one says a path of its own."""
    if bitext.marks or not bitext.document:
        return bitext.document
    path = without_line(bitext.document.replace("\\", "/"))
    known = (*find_documents(project.config), LABELS, NAMES)
    return referred_document(_ENDING.sub(".md", path, count=1), known)


def _memories(project: Project, data: bytes, path: Path, lang: str | None) -> Iterator[Bitext]:
    """Read the languages of the project that a memory has; its notes are about it, not ours."""
    from pubkit.formats.tmx import parse_tmx

    own = project.config.project.source_language
    languages = [lang] if lang else target_languages(project, project.languages)
    failed: CatalogError | None = None
    found = 0
    for tag in languages:
        try:
            catalog = parse_tmx(data, path=str(path), source_lang=own, target_lang=tag)
        except CatalogError as error:
            if error.location and error.location.line:
                raise  # it is malformed, not only in other languages
            failed = error
            continue
        found += 1
        entries = tuple(replace(entry, translator_comments=()) for entry in catalog.entries)
        yield Bitext(catalog=replace(catalog, entries=entries, lang=tag), source_lang=own)
    if failed and not found:
        raise failed


def _termbases(project: Project, data: bytes, path: Path, lang: str | None) -> Iterator[Bitext]:
    """Read the languages of the project that a termbase has."""
    from pubkit.formats.tbx import parse_tbx

    own = project.config.project.source_language
    languages = [lang] if lang else target_languages(project, project.languages)
    for tag in languages:
        bitext = parse_tbx(data, path=str(path), source_lang=own, target_lang=tag)
        entries = bitext.catalog.entries
        has_terms = any(entry.msgstr or any(other_forms(entry).values()) for entry in entries)
        if has_terms or len(languages) == 1:
            yield bitext


def _po(project: Project, data: bytes, path: Path) -> Bitext:
    """Read a catalog that came back by mail; its name, or its references, name the document."""
    catalog = parse_catalog(data, path=str(path), limits=project.config.limits)
    references = (reference for entry in catalog.live_entries for reference in entry.references)
    known = find_documents(project.config)
    documents = [name for place in references if (name := referred_document(place, known))]
    common = Counter(documents).most_common(1)
    name = common[0][0] if common else path.stem
    return Bitext(document=name, catalog=catalog)
