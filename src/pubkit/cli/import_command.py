"""``pubkit import``: what other people and programs made becomes part of the project."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pubkit.cli.clock import catalog_time
from pubkit.cli.options import examples, project_option, quiet_option
from pubkit.cli.output import say, shown_path
from pubkit.cli.summaries import summary
from pubkit.messages import gettext as _
from pubkit.workflow.project import Project, open_project

if TYPE_CHECKING:
    from pubkit.workflow.exchange import Import as Arrived
    from pubkit.workflow.manuscripts import Import as Document


@click.command(
    name="import",
    short_help=summary("import"),
    help=_(
        "Take translations that came back, or make a source document of a Word, OpenDocument, "
        "HTML or text file.\n\n"
        "FILE.docx, .odt, .html or .txt becomes source/FILE.md with its pictures in "
        "source/pictures/. What a source document cannot have, such as text boxes, comments and "
        "page headers, is listed on stderr, and with its whole text in .pubkit/imports/: nothing "
        "is lost silently. Nothing is fetched from the web, and no macro runs.\n\n"
        "FILE.xlf, .xlsx, .csv, .tmx, .tbx or .po brings translations. Only what somebody has "
        "changed is taken, and only into its own entry. Where the catalog has changed, too, the "
        "catalog wins, both texts are shown on stderr, and the exit code is 1; --overwrite lets "
        "the file win. A translation of a text that has changed meanwhile becomes fuzzy. "
        "Replaced catalogs are kept in .pubkit/backup/."
    ),
    epilog=examples(
        "pubkit import report.docx",
        "pubkit import report.odt --name annual-report --date 2025-03-14",
        "pubkit import press.txt --encoding gb18030 --lang zh",
        "pubkit import article.html --dry-run | less",
        "pubkit import build/exchange/report.zh.xlf",
        "pubkit import --dry-run review.xlsx names.tbx",
    ),
)
@click.argument(
    "files",
    metavar="FILE...",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path, exists=True),
)
@click.option("--name", metavar="NAME", help=_("Of the document.  [default: that of the file]"))
@click.option("--title", metavar="TEXT", help=_("Of the document, if the file has another one."))
@click.option("--date", metavar="DATE", help=_("The day of publication, such as 2025-03-14."))
@click.option("-l", "--lang", metavar="TAG", help=_("The language in which the file is written."))
@click.option("--encoding", metavar="NAME", help=_("Of a text file that is not UTF-8."))
@click.option("--replace", is_flag=True, help=_("Replace what is there; the old file is kept."))
@click.option("--overwrite", is_flag=True, help=_("Let translations win where both have changed."))
@click.option("--dry-run", is_flag=True, help=_("Print what would be made, and write nothing."))
@project_option()
@quiet_option()
def command(
    files: tuple[Path, ...],
    name: str | None,
    title: str | None,
    date: str | None,
    lang: str | None,
    encoding: str | None,
    replace: bool,
    overwrite: bool,
    dry_run: bool,
    folder: Path,
    quiet: bool,
) -> None:
    """Import files by the endings of their names."""
    # Only here: reading documents takes longer to import than the other commands to run.
    from pubkit.workflow.exchange import SUFFIXES

    project = open_project(folder)
    translations = tuple(file for file in files if file.suffix.lower() in SUFFIXES)
    documents = tuple(file for file in files if file not in translations)
    if (name or title or date) and len(documents) != 1:
        raise click.UsageError(_("--name, --title and --date are for one document"))
    # Everything is read before anything is written.
    arrived = _read_translations(project, translations, lang, overwrites=overwrite)
    made = _read_documents(
        project,
        documents,
        name=name or "",
        title=title or "",
        date=date or "",
        lang=lang or "",
        encoding=encoding,
    )
    if arrived:
        _take_translations(arrived, is_dry=dry_run, quiet=quiet)
    for document in made:
        _take_document(project, document, replaces=replace, is_dry=dry_run, quiet=quiet)
    if arrived and arrived.has_conflicts:
        raise click.exceptions.Exit(EXIT_CONFLICTS)


EXIT_CONFLICTS = 1
"""The work is done, but something was left out that a person has to look at."""


def _read_translations(
    project: Project, files: tuple[Path, ...], lang: str | None, *, overwrites: bool
) -> "Arrived | None":
    from pubkit.workflow.exchange import import_translations

    if not files:
        return None
    return import_translations(
        project, files, lang=lang, overwrites=overwrites, created=catalog_time()
    )


def _take_translations(arrived: "Arrived", *, is_dry: bool, quiet: bool) -> None:
    from pubkit.cli.arrivals import report_arrivals
    from pubkit.workflow.exchange import save

    report_arrivals(arrived, quiet=quiet)
    if is_dry:
        say(_("Nothing was written."), quiet=quiet)
        return
    written = [shown_path(str(path)) for path in save(arrived)]
    for path in written:
        click.echo(path)
    if written:
        say(_("Next: pubkit check"), quiet=quiet)


def _read_documents(
    project: Project, files: tuple[Path, ...], **wishes: Any
) -> "tuple[Document, ...]":
    if not files:
        return ()
    from pubkit.workflow.manuscripts import Wishes, read_import

    return tuple(read_import(project, file, Wishes(**wishes)) for file in files)


def _take_document(
    project: Project, made: "Document", *, replaces: bool, is_dry: bool, quiet: bool
) -> None:
    from pubkit.workflow.manuscripts import write_import

    if is_dry:
        click.echo(made.text, nl=False)
    else:
        for path in write_import(project, made, replaces=replaces):
            click.echo(shown_path(str(path)))
    for line in made.report:
        say(line if is_dry else _shortened(line), quiet=quiet)
    if is_dry:
        return
    if any(len(line) > LONGEST_LINE for line in made.report):
        say(_("Whole texts: {path}").format(path=shown_path(str(made.report_path))), quiet=quiet)
    is_ready = not made.to_fill_in
    step = _("Next: pubkit extract") if is_ready else _("Next: fill this in, then pubkit extract")
    say(step, quiet=quiet)


LONGEST_LINE = 160
"""Characters of a line of the report on a terminal; a page header may be a whole page."""


def _shortened(line: str) -> str:
    return line if len(line) <= LONGEST_LINE else line[: LONGEST_LINE - 1].rstrip() + "…"
