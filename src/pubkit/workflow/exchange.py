"""The half of ``pubkit import`` that takes translations: what came back, into the catalogs."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from pubkit.errors import CatalogError, ConfigError, Location
from pubkit.formats.exchange import Bitext
from pubkit.formats.files import read_bytes
from pubkit.formats.po import parse_catalog, write_catalog
from pubkit.localize import normalize_tag, same_language
from pubkit.messages import gettext as _
from pubkit.model import Catalog
from pubkit.workflow.merging import Arrival, Outcome, merge_bitext
from pubkit.workflow.project import LABELS, NAMES, Project

SUFFIXES = (".xlf", ".xliff", ".tmx", ".tbx", ".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".po")
"""What is read here; ``.xlsm`` is answered with the reason why not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of the entries of one file for one catalog."""

    path: Path
    document: str | None
    """None for those that belong to no catalog."""
    lang: str
    arrivals: tuple[Arrival, ...]

    @property
    def counts(self) -> Counter[Outcome]:
        """How many entries had which outcome."""
        return Counter(arrival.outcome for arrival in self.arrivals)


@dataclass(frozen=True, slots=True)
class Import:
    """Everything that several files change, before anything is written."""

    results: tuple[Imported, ...]
    changed: Mapping[Path, Catalog]


def import_translations(
    project: Project, paths: Iterable[Path], *, lang: str | None = None, overwrites: bool = False
) -> Import:
    """Merge translations that came back into the project's catalogs; nothing is written.

    Args:
        project: Where the catalogs lie.
        paths: The files.
        lang: Their target language; without it, what they say.
        overwrites: Whether they win conflicts.

    Raises:
        PubkitError: A file is malformed or in another language, or a text may not be taken.
    """
    desk = _Desk(project)
    results: list[Imported] = []
    for path in paths:
        for bitext in _read(project, path, lang):
            tag = _language(project, bitext, lang, path)
            results += desk.take(path, bitext, tag, overwrites=overwrites)
    return Import(tuple(results), desk.changed)


def save(project: Project, imported: Import) -> Iterator[Path]:
    """Write the catalogs that change, and tell of each in turn."""
    config = project.config
    for path, catalog in imported.changed.items():
        if write_catalog(catalog, path, backup=config.backup, limits=config.limits):
            yield path


class _Desk:
    """The catalogs on the desk: each is read once, and changed by every file that is about it."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.read: dict[Path, Catalog | None] = {}
        self.changed: dict[Path, Catalog] = {}

    def take(
        self, path: Path, bitext: Bitext, lang: str, *, overwrites: bool
    ) -> Iterator[Imported]:
        """Merge one document of one file."""
        for name, part in self._addressed(bitext, lang):
            if name is None:
                entries = part.catalog.live_entries
                arrivals = tuple(Arrival(outcome=Outcome.UNKNOWN, entry=e) for e in entries)
            else:
                arrivals = self._merge(name, part, lang, overwrites=overwrites)
            if arrivals:
                yield Imported(path=path, document=name, lang=lang, arrivals=arrivals)

    def _merge(
        self, name: str, bitext: Bitext, lang: str, *, overwrites: bool
    ) -> tuple[Arrival, ...]:
        catalog = self._catalog(name, lang)
        if catalog is None:
            raise AssertionError(name)
        limits = self.project.config.limits
        merged = merge_bitext(catalog, bitext, overwrites=overwrites, limits=limits)
        if merged.catalog.entries != catalog.entries:
            self.changed[self.project.catalog_path(name, lang)] = merged.catalog
        return merged.arrivals

    def _catalog(self, name: str, lang: str) -> Catalog | None:
        path = self.project.catalog_path(name, lang)
        if path not in self.read:
            self.read[path] = self.project.read(path)
        return self.changed.get(path) or self.read[path]

    def _addressed(self, bitext: Bitext, lang: str) -> Iterator[tuple[str | None, Bitext]]:
        """Yield parts of what came back with the names of the catalogs that they are for.

        A file that names no document, or none of this project, is distributed by its texts.
        """
        if bitext.document and self._catalog(bitext.document, lang):
            yield bitext.document, bitext
            return
        left = list(bitext.catalog.live_entries)
        for name in self._names():
            catalog = self._catalog(name, lang)
            keys = {entry.key for entry in catalog.live_entries} if catalog else set()
            part = tuple(entry for entry in bitext.catalog.live_entries if entry.key in keys)
            left = [entry for entry in left if entry.key not in keys]
            if part:
                yield name, replace(bitext, catalog=replace(bitext.catalog, entries=part))
        if left:
            yield None, replace(bitext, catalog=replace(bitext.catalog, entries=tuple(left)))

    def _names(self) -> tuple[str, ...]:
        return (*(path.stem for path in self.project.paths()), LABELS, NAMES)


# ---------------------------------------------------------------- languages


def _language(project: Project, bitext: Bitext, lang: str | None, path: Path) -> str:
    """Return the language of the project into which a file translates."""
    said = bitext.catalog.lang
    if lang and (said is None or _same(said, lang)):
        return lang
    if lang:
        raise ConfigError(
            _("The file is in “{found}”, but “{wanted}” was asked for.").format(
                found=said, wanted=lang
            ),
            location=Location(str(path)),
            remedy=_("Leave out --lang, or take another file"),
        )
    found = [tag for tag in project.languages if said and _same(said, tag)]
    if not found:
        raise ConfigError(
            _("The project has no language “{lang}”; it has {known}.").format(
                lang=said or "?", known=", ".join(project.languages)
            ),
            location=Location(str(path)),
            remedy=_("Name the language of the file with --lang"),
        )
    return found[0]


def _same(said: str, tag: str) -> bool:
    try:
        return same_language(normalize_tag(said.replace("_", "-")), tag)
    except ConfigError:
        return False


# ---------------------------------------------------------------- files


def _read(project: Project, path: Path, lang: str | None) -> tuple[Bitext, ...]:
    suffix = path.suffix.lower()
    data = read_bytes(path, error=CatalogError)
    if suffix in (".xlf", ".xliff"):
        from pubkit.formats.xliff import parse_xliff

        return parse_xliff(data, path=str(path))
    if suffix == ".tmx":
        return tuple(_memories(project, data, path, lang))
    if suffix == ".po":
        return (_po(project, data, path),)
    raise CatalogError(
        _("Translations are not read from files that end with “{suffix}”.").format(suffix=suffix),
        location=Location(str(path)),
        remedy=_("Known are: {suffixes}").format(suffixes=", ".join(SUFFIXES)),
    )


def _memories(project: Project, data: bytes, path: Path, lang: str | None) -> Iterator[Bitext]:
    """Read the languages of the project that a memory has; its notes are about it, not ours."""
    from pubkit.formats.tmx import parse_tmx

    own = project.config.project.source_language
    languages = [lang] if lang else [t for t in project.languages if not same_language(t, own)]
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


def _po(project: Project, data: bytes, path: Path) -> Bitext:
    """Read a catalog that came back by mail; its name, or its references, name the document."""
    catalog = parse_catalog(data, path=str(path), limits=project.config.limits)
    references = (reference for entry in catalog.live_entries for reference in entry.references)
    documents = [Path(reference).stem for reference in references if reference.endswith(".md")]
    common = Counter(documents).most_common(1)
    name = common[0][0] if common else path.stem
    return Bitext(document=name, catalog=catalog)
