"""``pubkit import``: what other programs wrote becomes part of the project."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pubkit.cli.options import examples, project_option, quiet_option
from pubkit.cli.output import say, shown_path
from pubkit.messages import gettext as _
from pubkit.workflow.project import Project, open_project

if TYPE_CHECKING:
    from pubkit.workflow.manuscripts import Wishes


@click.command(
    name="import",
    short_help=_("Make a source document of a Word, ODT, HTML or text file."),
    help=_(
        "Make a source document of a Word, OpenDocument, HTML or text file.\n\n"
        "FILE.docx, .odt, .html or .txt becomes source/FILE.md with its pictures in "
        "source/pictures/. What a source document cannot have, such as text boxes, comments and "
        "page headers, is listed on stderr with its text: nothing is lost silently. Nothing is "
        "fetched from the web, and no macro runs."
    ),
    epilog=examples(
        "pubkit import report.docx",
        "pubkit import report.odt --name annual-report --date 2025-03-14",
        "pubkit import press.txt --encoding gb18030 --lang zh",
        "pubkit import article.html --dry-run | less",
    ),
)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path, exists=True))
@click.option("--name", metavar="NAME", help=_("Of the document.  [default: that of the file]"))
@click.option("--title", metavar="TEXT", help=_("Of the document, if the file has another one."))
@click.option("--date", metavar="DATE", help=_("The day of publication, such as 2025-03-14."))
@click.option("-l", "--lang", metavar="TAG", help=_("The language in which the file is written."))
@click.option("--encoding", metavar="NAME", help=_("Of a text file that is not UTF-8."))
@click.option("--replace", is_flag=True, help=_("Replace what is there; the old file is kept."))
@click.option("--dry-run", is_flag=True, help=_("Print the document, and write nothing."))
@project_option()
@quiet_option()
def command(
    file: Path,
    name: str | None,
    title: str | None,
    date: str | None,
    lang: str | None,
    encoding: str | None,
    replace: bool,
    dry_run: bool,
    folder: Path,
    quiet: bool,
) -> None:
    """Import a file by the ending of its name."""
    # Only here: reading documents takes longer to import than the other commands to run.
    from pubkit.workflow.manuscripts import Wishes

    wishes = Wishes(
        name=name or "",
        title=title or "",
        date=date or "",
        lang=lang or "",
        encoding=encoding,
        replaces=replace,
    )
    _import_document(open_project(folder), file, wishes, is_dry=dry_run, quiet=quiet)


def _import_document(
    project: Project, file: Path, wishes: "Wishes", *, is_dry: bool, quiet: bool
) -> None:
    from pubkit.workflow.manuscripts import read_import, write_import

    made = read_import(project, file, wishes)
    if is_dry:
        click.echo(made.text, nl=False)
    else:
        for path in write_import(project, made, replaces=wishes.replaces):
            click.echo(shown_path(str(path)))
    for line in made.report:
        say(line, quiet=quiet)
    if not is_dry and made.to_fill_in:
        say(_("Next: fill this in, then pubkit extract"), quiet=quiet)
    elif not is_dry:
        say(_("Next: pubkit extract"), quiet=quiet)
