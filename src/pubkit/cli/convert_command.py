"""``pubkit convert``."""

from pathlib import Path

import click

from pubkit.cli.options import examples
from pubkit.cli.output import say, shown_path
from pubkit.cli.summaries import summary
from pubkit.formats.po.conversion import ENCODINGS
from pubkit.messages import gettext as _
from pubkit.workflow.convert import AUTO, Preview, preview, save


@click.command(
    name="convert",
    short_help=summary("convert"),
    help=_(
        "Make catalogs UTF-8 that were saved in another encoding: GBK, Big5, UTF-16 and others.\n\n"
        "Without --write nothing is changed: the first texts are shown in each encoding that "
        "fits, one below the other, so that you see which one reads right. Several encodings "
        "often fit, and only a reader can tell which of them is meant.\n\n"
        "With --write the file is saved in UTF-8, and its header says so. Everything else stays "
        "as it is. The old file is kept, in .pubkit/backup/ or as FILE.bak."
    ),
    epilog=examples(
        "pubkit convert report.po",
        "pubkit convert report.po --from gb18030",
        "pubkit convert report.po --from gb18030 --write",
        "pubkit convert *.po --from utf-16 --write",
    ),
)
@click.argument(
    "files",
    metavar="FILE...",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
)
@click.option(
    "--from",
    "encoding",
    type=click.Choice([AUTO, *ENCODINGS], case_sensitive=False),
    default=AUTO,
    show_default=True,
    help=_("The encoding that the file is in; auto shows those that fit."),
)
@click.option("--write", is_flag=True, help=_("Save the file in UTF-8. Needs --from."))
def command(files: tuple[Path, ...], encoding: str, write: bool) -> None:
    """Show the files, or save them."""
    if write and encoding == AUTO:
        raise click.UsageError(
            _("--write needs --from: look at the texts first, and choose their encoding.")
        )
    # All are read before the first is written, so that a bad one leaves all as they are.
    previews = [preview(path, encoding) for path in files]
    for previewed in previews:
        if previewed.is_unneeded:
            say(_("{path}: in UTF-8 already").format(path=_name(previewed)), quiet=False)
        elif write:
            copy = shown_path(str(save(previewed)))
            click.echo(_name(previewed))
            say(_("The old file is kept as {path}").format(path=copy), quiet=False)
        else:
            _show(previewed)


def _name(previewed: Preview) -> str:
    return shown_path(str(previewed.path))


def _show(previewed: Preview) -> None:
    click.echo(_name(previewed))
    width = max(len(conversion.encoding) for conversion in previewed.conversions)
    for conversion in previewed.conversions:
        samples = conversion.samples or (_("(nothing but ASCII)"),)
        for number, sample in enumerate(samples):
            label = "" if number else conversion.encoding
            click.echo(f"  {label:{width}}  {sample}")
    choice = previewed.conversions[0].encoding if len(previewed.conversions) == 1 else "…"
    line = _("Nothing was written. To save it: pubkit convert {path} --from {encoding} --write")
    say(line.format(path=_name(previewed), encoding=choice), quiet=False)
