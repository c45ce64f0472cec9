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
        "Translations are kept: a text that changed, was divided or joined with others keeps its "
        "old translation as fuzzy, with a note of what changed; a text that disappeared becomes "
        "obsolete, and comes back when it does. A text without a translation gets that of the "
        "same text in another document, or as fuzzy that of a similar one. Replaced files are "
        "kept in .pubkit/backup/."
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
    written = 0
    unchanged = 0
    results = extract(open_project(folder), documents, created=catalog_time(), memories=memories)
    for result in results:
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
