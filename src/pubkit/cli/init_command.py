"""``pubkit init``."""

from pathlib import Path

import click

from pubkit.cli.clock import catalog_time
from pubkit.cli.options import examples, quiet_option
from pubkit.cli.output import say, shown_path
from pubkit.cli.summaries import summary
from pubkit.messages import gettext as _
from pubkit.workflow.initialize import initialize, theme_names


@click.command(
    name="init",
    short_help=summary("init"),
    help=_("Make a new project in DIR, with a short report in two languages that renders at once."),
    epilog=examples(
        "pubkit init",
        "pubkit init my-news && cd my-news && pubkit render",
        "pubkit init my-news --theme gazette",
    ),
)
@click.argument("folder", metavar="[DIR]", type=click.Path(path_type=Path), default=Path())
@click.option("--theme", type=click.Choice(theme_names()), help=_("Begin with this design."))
@quiet_option()
def command(folder: Path, theme: str | None, quiet: bool) -> None:
    """Write the files of a new project."""
    for path in initialize(folder, created=catalog_time(), theme=theme):
        click.echo(shown_path(str(path)))
    say(_("The project is ready. Next: pubkit render"), quiet=quiet)
