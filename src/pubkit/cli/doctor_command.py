"""``pubkit doctor``."""

from pathlib import Path

import click

from pubkit.cli.options import examples, project_option
from pubkit.cli.output import print_error
from pubkit.config import FILE_NAME
from pubkit.messages import gettext as _
from pubkit.rendering.machine import Condition
from pubkit.rendering.pdf import install_command
from pubkit.workflow.doctor import Fault, diagnose
from pubkit.workflow.project import Project, open_project

EXIT_UNFIT = 2


@click.command(
    name="doctor",
    short_help=_("Look whether the machine and the files are fit."),
    help=_(
        "Look whether this machine and this project can make editions: Pango, fonts, settings, "
        "documents, catalogs. Prints the one command that installs what is missing, and says what "
        "keeps a hostile text or picture in."
    ),
    epilog=examples("pubkit doctor"),
)
@project_option()
def command(folder: Path) -> None:
    """Examine, and exit 2 if something is missing or broken."""
    findings = list(diagnose(_project(folder)))
    for finding in findings:
        if isinstance(finding, Fault):
            print_error(finding.error)
        else:
            _print_condition(finding)
    conditions = (item for item in findings if isinstance(item, Condition) and item.is_needed)
    unmet = [item for item in conditions if not item.is_met]
    packages = sorted({package for condition in unmet for package in condition.packages})
    if packages:
        click.echo(_("Install what is missing:") + f"\n  {install_command(packages)}")
    if unmet:
        raise click.exceptions.Exit(EXIT_UNFIT)


def _print_condition(condition: Condition) -> None:
    if condition.is_met:
        click.secho(_("ok       "), fg="green", nl=False)
        click.echo(condition.name)
    else:
        verdict = _("missing  ") if condition.packages else _("faulty   ")
        if not condition.is_needed:
            verdict = _("without  ")
        click.secho(verdict, fg="red" if condition.is_needed else "yellow", nl=False)
        click.echo(condition.name + (f": {condition.reason}" if condition.reason else ""))


def _project(folder: Path) -> Project | None:
    """Return the project, if the folder lies in one."""
    here = folder.resolve()
    if not any((place / FILE_NAME).is_file() for place in (here, *here.parents)):
        return None
    return open_project(folder)
