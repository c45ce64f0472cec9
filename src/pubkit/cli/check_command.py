"""``pubkit check``."""

from pathlib import Path

import click

from pubkit.cli.options import (
    chosen_languages,
    complete_documents,
    examples,
    languages_option,
    project_option,
)
from pubkit.cli.output import findings_as_json, findings_for_github, print_findings
from pubkit.messages import gettext as _
from pubkit.model import Severity
from pubkit.workflow.check import Report, check_files, check_project
from pubkit.workflow.project import open_project

EXIT_FINDINGS = 1
CATALOGS = (".po", ".pot")


@click.command(
    name="check",
    short_help=_("Report what is wrong with the translations."),
    help=_(
        "Report what is wrong with the translations.\n\n"
        "Name documents of the project, or .po files anywhere; without a name, the whole project "
        "is checked. The exit code is 1 if there are errors. pubkit explain CHECK says more. "
        "A translator comment waives one finding:\n\n"
        "  # pubkit: ignore copied-source -- the company uses its Latin name"
    ),
    epilog=examples(
        "pubkit check",
        "pubkit check report --lang zh",
        "pubkit check zh.po --names names.po --format json",
    ),
)
@click.argument("targets", metavar="[DOC|FILE.po]...", nargs=-1, shell_complete=complete_documents)
@click.option(
    "--names",
    metavar="FILE.po",
    type=click.Path(path_type=Path, dir_okay=False),
    help=_("The agreed names, for .po files outside a project."),
)
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help=_("For people, for programs, or for GitHub's annotations."),
)
@languages_option()
@project_option()
def command(
    targets: tuple[str, ...],
    names: Path | None,
    style: str,
    languages: tuple[str, ...],
    folder: Path,
) -> None:
    """Check, print, and exit 1 on errors."""
    report = _check(targets, names, languages, folder)
    if style == "json":
        click.echo(findings_as_json(report.findings, report.entries))
    elif style == "github":
        for line in findings_for_github(report.findings):
            click.echo(line)
    else:
        print_findings(report.findings, report.entries)
    if any(finding.severity is Severity.ERROR for finding in report.findings):
        raise click.exceptions.Exit(EXIT_FINDINGS)


def _check(
    targets: tuple[str, ...], names: Path | None, languages: tuple[str, ...], folder: Path
) -> Report:
    files = [Path(target) for target in targets if target.endswith(CATALOGS)]
    if files and len(files) < len(targets):
        raise click.UsageError(_("Name documents or .po files, not both"))
    if files:
        return check_files(files, names=names)
    if names:
        raise click.UsageError(_("--names goes with .po files; a project has its own names.po"))
    project = open_project(folder)
    return check_project(project, targets, languages=chosen_languages(project, languages))
