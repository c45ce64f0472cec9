"""``pubkit extract``."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from pubkit.cli.clock import catalog_time
from pubkit.cli.options import documents_argument, examples, project_option, quiet_option
from pubkit.cli.output import shown_path
from pubkit.cli.summaries import summary
from pubkit.messages import gettext as _
from pubkit.messages import ngettext
from pubkit.states import look_at
from pubkit.workflow.answers import keep_answer
from pubkit.workflow.extract import Written, extract
from pubkit.workflow.inputs import open_watched, program_files
from pubkit.workflow.project import Project
from pubkit.workflow.renames import find_orphans


@click.command(
    name="extract",
    short_help=summary("extract"),
    help=_(
        "Bring templates (.pot) and catalogs (.po) up to date with the source.\n\n"
        "Translations are kept: a text that changed, was divided or joined with others keeps its "
        "old translation as fuzzy, with a note of what changed; a text that disappeared becomes "
        "obsolete, and comes back when it does. A text without a translation gets that of the "
        "same text in another document, or as fuzzy that of a similar one. A document without a "
        "catalog begins with that of a whole book, po/zh-CN.po. Replaced files are kept in "
        ".pubkit/backup/."
    ),
    epilog=examples("pubkit extract", "pubkit extract report", "pubkit extract --memory old.tmx"),
)
@documents_argument()
@click.option(
    "-m",
    "--memory",
    "memories",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False, exists=True, resolve_path=True),
    multiple=True,
    help=_(
        "Look for translations in this file, too; a catalog (.po) is trusted, a translation "
        "memory (.tmx) only proposes. May be repeated; see [memory] in pubkit.toml."
    ),
)
@project_option()
@quiet_option()
def command(
    documents: tuple[str, ...], memories: tuple[Path, ...], folder: Path, quiet: bool
) -> None:
    """Write what changed and print its paths; that nothing has, is kept while it is so."""
    watched, others = open_watched(folder), (*program_files(), *map(str, memories))
    look = watched.look.joined(look_at(others))
    project, results = watched.project, []
    for result in extract(project, documents, created=catalog_time(), memories=memories):
        results.append(result)
        if result.is_changed:
            click.echo(shown_path(str(result.path)))
    told = "" if quiet else "".join(f"{line}\n" for line in _told(project, results))
    click.echo(told, err=True, nl=False)
    asked = click.get_current_context().obj
    if asked and not any(result.is_changed or result.former for result in results):
        keep_answer(asked, look, (*watched.files, *others), out="", err=told)


def _told(project: Project, results: Sequence[Written]) -> Iterator[str]:
    """Yield what is told besides the paths."""
    renamed = {result.name: result.former for result in results if result.former}
    for name, former in renamed.items():
        yield _("{former} is {name} now").format(former=former, name=name)
    if orphans := tuple(find_orphans(project)):
        yield _orphans_told(orphans)
    written = sum(result.is_changed for result in results)
    yield ngettext("{number} file written", "{number} files written", written).format(
        number=written
    ) + _(", {number} up to date").format(number=len(results) - written)


def _orphans_told(names: Sequence[str]) -> str:
    """Tell of catalogs that nothing is made of: a document was removed, or wholly rewritten."""
    return ngettext(
        "Catalogs of a document that is gone: {names}. Their translations are remembered; "
        "remove the files when nobody needs them",
        "Catalogs of documents that are gone: {names}. Their translations are remembered; "
        "remove the files when nobody needs them",
        len(names),
    ).format(names=", ".join(names))
