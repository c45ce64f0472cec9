"""``pubkit export``."""

from pathlib import Path

import click

from pubkit.cli.options import (
    chosen_languages,
    documents_argument,
    examples,
    languages_option,
    project_option,
    quiet_option,
)
from pubkit.cli.output import print_warning, say, shown_path
from pubkit.cli.summaries import summary
from pubkit.messages import gettext as _
from pubkit.messages import ngettext
from pubkit.workflow.export import Exported, Format, export, save, target_languages
from pubkit.workflow.project import open_project

FORMATS = tuple(style.name.lower() for style in Format)


@click.command(
    name="export",
    short_help=summary("export"),
    help=_(
        "Write the catalogs as files for translators and reviewers who do not use gettext; "
        "“pubkit import” takes them back.\n\n"
        "xliff is for translation tools (XLIFF 2.1): links and emphasis are protected there. "
        "xlsx and csv are tables for everyone: translations, states and comments may be edited. "
        "tmx is a memory of finished translations, tbx the names of names.po.\n\n"
        "Without DOC everything is exported: documents, labels (templates) and names. One file "
        "is written for each language, into build/exchange/ or where --output says."
    ),
    epilog=examples(
        "pubkit export --format xliff --lang zh",
        "pubkit export report --format xlsx --lang zh --output review.xlsx",
        "pubkit export --format tmx --output memories/",
    ),
)
@documents_argument()
@click.option(
    "--format",
    "style",
    type=click.Choice(FORMATS),
    required=True,
    help=_("The kind of file."),
)
@click.option(
    "-o",
    "--output",
    metavar="PATH",
    type=click.Path(path_type=Path),
    help=_("A folder, or the file of one language.  [default: build/exchange]"),
)
@click.option("--force", is_flag=True, help=_("Replace files that exist."))
@languages_option()
@project_option()
@quiet_option()
def command(
    documents: tuple[str, ...],
    style: str,
    output: Path | None,
    force: bool,
    languages: tuple[str, ...],
    folder: Path,
    quiet: bool,
) -> None:
    """Write the files and print their paths."""
    project = open_project(folder)
    chosen = chosen_languages(project.languages, languages)
    # Looking for it takes as long as everything else that is imported here.
    from importlib.metadata import version

    wanted = chosen if languages else target_languages(project, chosen)
    files = export(
        project,
        documents,
        wanted,
        style=Format[style.upper()],
        output=output,
        version=version("pubkit"),
    )
    for exported in list(files):
        save(exported, force=force)
        click.echo(shown_path(str(exported.path)))
        _tell(exported, quiet=quiet)


def _tell(exported: Exported, *, quiet: bool) -> None:
    for name in exported.stale:
        print_warning(
            _(
                "{name} has changed since its catalogs were brought up to date: pubkit extract"
            ).format(name=name)
        )
    number = len(exported.documents)
    say(
        ngettext("  {number} catalog: {names}", "  {number} catalogs: {names}", number).format(
            number=number, names=", ".join(exported.documents)
        ),
        quiet=quiet,
    )
