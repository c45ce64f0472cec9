"""``pubkit render``."""

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
from pubkit.cli.output import print_warning, progress, shown_path
from pubkit.config import FORMATS
from pubkit.messages import gettext as _
from pubkit.messages import ngettext
from pubkit.workflow.project import open_project
from pubkit.workflow.render import Rendered, Wanted, render


@click.command(
    name="render",
    short_help=_("Make HTML and PDF editions."),
    help=_(
        "Make HTML and PDF editions in build/ and print their paths.\n\n"
        "An edition with texts that are not translated or not reviewed is a draft: it shows them "
        "in the source language, marked, and says DRAFT on every page."
    ),
    epilog=examples(
        "pubkit render",
        "pubkit render report --lang zh --format pdf",
        "pubkit render --strict",
    ),
)
@documents_argument()
@languages_option()
@click.option(
    "-f",
    "--format",
    "formats",
    metavar="FORMATS",
    help=_("html, pdf or html,pdf.  [default: the setting, or both]"),
)
@click.option("--strict", is_flag=True, help=_("Refuse drafts."))
@project_option()
@quiet_option()
def command(
    documents: tuple[str, ...],
    languages: tuple[str, ...],
    formats: str | None,
    strict: bool,
    folder: Path,
    quiet: bool,
) -> None:
    """Render, and print one written path per line."""
    project = open_project(folder)
    wanted = Wanted(
        languages=chosen_languages(project, languages),
        formats=_formats(formats) or project.config.render.formats,
        is_strict=strict,
    )
    number = len(wanted.languages) * len(project.paths(documents))
    with progress(number, quiet=quiet) as step:
        editions = render(
            project, documents, wanted=wanted, announce=lambda name, lang: step(f"{name} {lang}")
        )
        for rendered in editions:
            _report(rendered, quiet=quiet)


def _formats(text: str | None) -> tuple[str, ...]:
    chosen = tuple(dict.fromkeys(name.strip() for name in (text or "").split(",") if name.strip()))
    for name in chosen:
        if name not in FORMATS:
            raise click.BadParameter(
                _("“{name}” is not a format; formats are {formats}").format(
                    name=name, formats=", ".join(FORMATS)
                ),
                param_hint="--format",
            )
    return chosen


def _report(rendered: Rendered, *, quiet: bool) -> None:
    for path in rendered.paths:
        click.echo(shown_path(str(path)))
    if rendered.waiting and not quiet:
        document = rendered.edition.document
        print_warning(
            ngettext(
                "{name} in “{lang}” is a draft: {number} text waits; see pubkit check {name}",
                "{name} in “{lang}” is a draft: {number} texts wait; see pubkit check {name}",
                rendered.waiting,
            ).format(name=document.name, lang=document.lang, number=rendered.waiting)
        )
