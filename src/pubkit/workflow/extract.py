"""``pubkit extract``: source to .pot and every .po, in one step."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from pubkit.localize import same_language
from pubkit.model import Catalog, Entry
from pubkit.translation import update_catalog, update_template
from pubkit.translation.memory import NO_MEMORY
from pubkit.values import dataclass
from pubkit.workflow.catalogs import bring_up_to_date
from pubkit.workflow.memory import ProjectMemory
from pubkit.workflow.project import LABELS, NAMES, Project, Source
from pubkit.workflow.renames import find_renames, read_former, retire
from pubkit.workflow.saving import Change, PlannedUpdate, plan_update, save_all


@dataclass(frozen=True, slots=True)
class Written:
    """A catalog or template, and whether extraction had to write it."""

    path: Path
    is_changed: bool
    name: str
    """The document, or whose it is else."""
    former: str | None = None
    """The former name of a document that was renamed: its catalogs are gone now."""


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
    renames = find_renames(project, sources)
    former = read_former(project, renames)
    updates = [
        (update, source.name)
        for source in sources
        for update in _updates(project, source, created, memory, former)
    ]
    updates += [(update, NAMES) for update in _names_updates(project, created)]
    saved = save_all(update for update, _name in updates)
    for (update, name), is_changed in zip(updates, saved, strict=True):
        yield Written(update.path, is_changed, name, renames.get(name))
    retire(project, former.values())


def _updates(
    project: Project,
    source: Source,
    created: str,
    memory: ProjectMemory,
    former: Mapping[Path, Catalog],
) -> Iterator[PlannedUpdate]:
    path = project.template_path(source.name)
    change = partial(update_template, new=project.template(source, created=created))
    template = _plan(project, path, _beginning_with(former.get(path), change))
    yield template
    for lang in project.languages:
        change = partial(
            bring_up_to_date,
            project=project,
            source=source,
            lang=lang,
            template=template.catalog,
            memory=NO_MEMORY if source.name == LABELS else memory.of(lang),
        )
        path = project.catalog_path(source.name, lang)
        yield _plan(project, path, _beginning_with(former.get(path), change))


def _beginning_with(former: Catalog | None, change: Change) -> Change:
    """Return the change that begins with another catalog where there is none yet."""
    first = replace(former, path=None, digest=None) if former else None
    return lambda found: change(found or first)


def _plan(project: Project, path: Path, change: Change) -> PlannedUpdate:
    config = project.config
    return plan_update(path, change, backup=config.backup, limits=config.limits)


# ---------------------------------------------------------------- names


def _names_updates(project: Project, created: str) -> Iterator[PlannedUpdate]:
    """Give each language's names.po the names that the others have."""
    own = project.config.project.source_language
    languages = [lang for lang in project.languages if not same_language(lang, own)]
    catalogs = {lang: project.catalog(NAMES, lang) for lang in languages}
    known: dict[tuple[str | None, str], Entry] = {}
    for found in filter(None, catalogs.values()):
        known |= {entry.key: entry for entry in found.live_entries if entry.key not in known}
    if known:
        template = _names_template(project, known.values(), created)
        for lang in catalogs:
            change = partial(_with_names, template=template, lang=lang)
            yield _plan(project, project.catalog_path(NAMES, lang), change)


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
