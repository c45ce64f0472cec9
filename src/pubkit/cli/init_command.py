"""``pubkit init``."""

from pathlib import Path

import click

from pubkit.cli.clock import catalog_time
from pubkit.cli.options import examples, quiet_option
from pubkit.cli.output import say, shown_path
from pubkit.messages import gettext as _
from pubkit.workflow.initialize import initialize


@click.command(
    name="init",
    short_help=_("Make a new project that renders at once."),
    help=_("Make a new project in DIR, with a short report in two languages that renders at once."),
    epilog=examples("pubkit init", "pubkit init my-news && cd my-news && pubkit render"),
)
@click.argument("folder", metavar="[DIR]", type=click.Path(path_type=Path), default=Path())
@quiet_option()
def command(folder: Path, quiet: bool) -> None:
    """Write the files of a new project."""
    for path in initialize(folder, created=catalog_time()):
        click.echo(shown_path(str(path)))
    say(_("The project is ready. Next: pubkit render"), quiet=quiet)
