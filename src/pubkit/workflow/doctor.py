"""``pubkit doctor``: the machine, the settings and the files of a project."""

from collections.abc import Callable, Iterator
from functools import partial

from pubkit.errors import PubkitError
from pubkit.jail import Wall, standing_walls
from pubkit.messages import gettext as _
from pubkit.model import Condition
from pubkit.rendering.machine import examine_machine
from pubkit.values import dataclass
from pubkit.workflow.documents import find_documents
from pubkit.workflow.project import LABELS, NAMES, Project
from pubkit.workflow.render import chosen_typefaces


@dataclass(frozen=True, slots=True)
class Fault:
    """A file of the project that cannot be used."""

    error: PubkitError


def diagnose(project: Project | None) -> Iterator[Condition | Fault]:
    """Yield what editions need, met or not, and then every file that cannot be read.

    Args:
        project: Its languages need fonts; without a project, English and Chinese do.
    """
    langs = project.languages if project else ("en", "zh")
    typefaces = chosen_typefaces(project.config) if project else {}
    yield from examine_machine(langs, typefaces)
    yield from examine_walls()
    if project:
        yield from _read_everything(project)


def examine_walls() -> Iterator[Condition]:
    """Yield the walls around the processes that make editions, standing or not."""
    standing = standing_walls()
    for wall, (name, reason) in _describe_walls().items():
        yield Condition(name=name, is_met=wall in standing, reason=reason, is_needed=False)


def _describe_walls() -> dict[Wall, tuple[str, str]]:
    """Return what each wall does, and what is left open without it."""
    return {
        Wall.LIMITS: (
            _("Editions are made with limits on memory, time and files"),
            _("time alone is limited"),
        ),
        Wall.NETWORK: (
            _("Editions are made without a network (namespace)"),
            _("that pubkit fetches nothing is up to its own rules"),
        ),
        Wall.FILES: (
            _("Editions are made without sight of other files (Landlock)"),
            _("that pubkit reads nothing else is up to its own rules"),
        ),
        Wall.CALLS: (
            _("Editions are made without connections, programs, other processes (seccomp)"),
            _("a fault in a library could be used to start programs"),
        ),
    }


def _read_everything(project: Project) -> Iterator[Condition | Fault]:
    documents = find_documents(project.config)
    catalogs = [*documents, LABELS, NAMES]
    readers: list[Callable[[], object]] = [
        project.labels,
        *(partial(project.document, path) for path in documents.values()),
        *(partial(project.catalog, name, lang) for name in catalogs for lang in project.languages),
        *(partial(project.termbase, lang) for lang in project.languages),
    ]
    faults = tuple(filter(None, map(_fault, readers)))
    yield Condition(name=_("Settings, documents and catalogs"), is_met=not faults)
    yield from faults


def _fault(read: Callable[[], object]) -> Fault | None:
    try:
        read()
    except PubkitError as error:
        return Fault(error)
    return None
