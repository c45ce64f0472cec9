"""``pubkit extract``."""

from pathlib import Path

import click

from pubkit.cli.clock import catalog_time
from pubkit.cli.options import documents_argument, examples, project_option, quiet_option
from pubkit.cli.output import say, shown_path
from pubkit.cli.summaries import summary
from pubkit.messages import gettext as _
from pubkit.messages import ngettext
from pubkit.workflow.extract import extract
from pubkit.workflow.project import open_project
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
    """Write what changed and print its paths."""
    project = open_project(folder)
    results = []
    for result in extract(project, documents, created=catalog_time(), memories=memories):
        results.append(result)
        if result.is_changed:
            click.echo(shown_path(str(result.path)))
    renamed = {result.name: result.former for result in results if result.former}
    for name, former in renamed.items():
        say(_("{former} is {name} now").format(former=former, name=name), quiet=quiet)
    _say_orphans(tuple(find_orphans(project)), quiet=quiet)
    written = sum(result.is_changed for result in results)
    say(
        ngettext("{number} file written", "{number} files written", written).format(number=written)
        + _(", {number} up to date").format(number=len(results) - written),
        quiet=quiet,
    )


def _say_orphans(names: tuple[str, ...], *, quiet: bool) -> None:
    """Tell of catalogs that nothing is made of: a document was removed, or wholly rewritten."""
    if names:
        message = ngettext(
            "Catalogs of a document that is gone: {names}. Their translations are remembered; "
            "remove the files when nobody needs them",
            "Catalogs of documents that are gone: {names}. Their translations are remembered; "
            "remove the files when nobody needs them",
            len(names),
        )
        say(message.format(names=", ".join(names)), quiet=quiet)
