"""``pubkit extract``."""

from pathlib import Path

import click

from pubkit.cli.clock import catalog_time
from pubkit.cli.options import documents_argument, examples, project_option, quiet_option
from pubkit.cli.output import say, shown_path
from pubkit.messages import gettext as _
from pubkit.messages import ngettext
from pubkit.workflow.extract import extract
from pubkit.workflow.project import open_project


@click.command(
    name="extract",
    short_help=_("Bring the catalogs up to date with the source."),
    help=_(
        "Bring templates (.pot) and catalogs (.po) up to date with the source.\n\n"
        "Translations are kept: a text that changed keeps its old translation as fuzzy, a text "
        "that disappeared becomes obsolete. Replaced files are kept in .pubkit/backup/."
    ),
    epilog=examples("pubkit extract", "pubkit extract report"),
)
@documents_argument()
@project_option()
@quiet_option()
def command(documents: tuple[str, ...], folder: Path, quiet: bool) -> None:
    """Write what changed and print its paths."""
    written = 0
    unchanged = 0
    for result in extract(open_project(folder), documents, created=catalog_time()):
        if result.is_changed:
            click.echo(shown_path(str(result.path)))
            written += 1
        else:
            unchanged += 1
    say(
        ngettext("{number} file written", "{number} files written", written).format(number=written)
        + _(", {number} up to date").format(number=unchanged),
        quiet=quiet,
    )
