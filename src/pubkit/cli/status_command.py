"""``pubkit status``."""

from pathlib import Path

import click

from pubkit.cli.options import examples, project_option
from pubkit.cli.output import table_text
from pubkit.cli.summaries import summary
from pubkit.localize import language_name
from pubkit.messages import gettext as _
from pubkit.states import look_at
from pubkit.workflow.answers import keep_answer
from pubkit.workflow.check import Progress, project_status
from pubkit.workflow.inputs import open_watched, program_files


@click.command(
    name="status",
    short_help=summary("status"),
    help=_(
        "Show how far each document is in each language, as of its source today.\n\n"
        "“templates” are the labels of the page. In the source language the catalog corrects "
        "the text, so nothing is ever missing."
    ),
    epilog=examples("pubkit status"),
)
@project_option()
def command(folder: Path) -> None:
    """Print a table, which is kept as long as nothing changes."""
    watched, program = open_watched(folder), tuple(program_files())
    look = watched.look.joined(look_at(program))
    head = [
        _("Document"),
        _("Language"),
        _("Texts"),
        _("Translated"),
        _("Fuzzy"),
        _("Missing"),
        _("Findings"),
    ]
    rows = [_row(progress) for progress in project_status(watched.project)]
    table = table_text([head, *rows])
    click.echo(table, nl=False)
    if asked := click.get_current_context().obj:
        keep_answer(asked, look, (*watched.files, *program), out=table, err="")


def _row(progress: Progress) -> list[str]:
    done = f"{progress.translated}"
    if not progress.is_own_language and progress.total:
        done += f" ({100 * progress.translated // progress.total} %)"
    return [
        progress.document,
        f"{progress.lang} {language_name(progress.lang)}",
        str(progress.total),
        done,
        str(progress.fuzzy),
        str(progress.missing),
        str(progress.findings),
    ]
