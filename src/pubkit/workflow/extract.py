"""``pubkit extract``: source to .pot and every .po, in one step."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pubkit.formats.po import write_catalog
from pubkit.localize import same_language
from pubkit.model import Catalog, Entry
from pubkit.translation import update_catalog, update_template
from pubkit.translation.memory import NO_MEMORY
from pubkit.workflow.catalogs import current_catalog
from pubkit.workflow.memory import ProjectMemory
from pubkit.workflow.project import LABELS, NAMES, Project, Source


@dataclass(frozen=True, slots=True)
class Written:
    """A catalog or template, and whether extraction had to write it."""

    path: Path
    is_changed: bool


def extract(
    project: Project, names: Iterable[str] = (), *, created: str, memories: Iterable[Path] = ()
) -> Iterator[Written]:
    """Bring templates and catalogs up to date, and tell of each in turn.

    Every source is read before anything is written, so bad input leaves all files as they are.

    Args:
        project: Where.
        names: The documents; all if none is named.
        created: The time for ``POT-Creation-Date`` of templates whose messages change.
        memories: Catalogs and translation memories besides those that the settings name.
    """
    sources = project.sources(names)
    memory = ProjectMemory(project, memories)
    updates = [
        update for source in sources for update in _updates(project, source, created, memory)
    ]
    updates += _names_updates(project, created)
    for path, catalog in updates:
        is_changed = write_catalog(
            catalog, path, backup=project.config.backup, limits=project.config.limits
        )
        yield Written(path, is_changed)


def _updates(
    project: Project, source: Source, created: str, memory: ProjectMemory
) -> Iterator[tuple[Path, Catalog]]:
    path = project.template_path(source.name)
    template = update_template(project.read(path), project.template(source, created=created))
    yield path, template
    for lang in project.languages:
        known = NO_MEMORY if source.name == LABELS else memory.of(lang)
        updated = current_catalog(project, source, lang, template, memory=known)
        yield project.catalog_path(source.name, lang), updated


# ---------------------------------------------------------------- names


def _names_updates(project: Project, created: str) -> Iterator[tuple[Path, Catalog]]:
    """Give each language's names.po the names that the others have."""
    own = project.config.project.source_language
    languages = [lang for lang in project.languages if not same_language(lang, own)]
    catalogs = {lang: project.catalog(NAMES, lang) for lang in languages}
    known: dict[tuple[str | None, str], Entry] = {}
    for found in filter(None, catalogs.values()):
        known |= {entry.key: entry for entry in found.live_entries if entry.key not in known}
    if known:
        template = _names_template(project, known.values(), created)
        for lang, catalog in catalogs.items():
            yield project.catalog_path(NAMES, lang), _with_names(catalog, template, lang)


def _names_template(project: Project, entries: Iterable[Entry], created: str) -> Catalog:
    empty = project.template(Source(NAMES, "", "", ()), created=created)
    return replace(empty, entries=tuple(map(_name_without_rendering, entries)))


def _name_without_rendering(entry: Entry) -> Entry:
    aliases = (line for line in entry.extracted_comments if not line.startswith("renderings:"))
    return Entry(msgctxt=entry.msgctxt, msgid=entry.msgid, extracted_comments=tuple(aliases))


def _with_names(catalog: Catalog | None, template: Catalog, lang: str) -> Catalog:
    if catalog is None:
        return update_catalog(None, template, lang=lang)
    known = {entry.key for entry in catalog.entries}
    missing = tuple(entry for entry in template.entries if entry.key not in known)
    return replace(catalog, entries=(*catalog.entries, *missing))
