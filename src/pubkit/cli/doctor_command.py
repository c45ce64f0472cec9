"""``pubkit doctor``."""

import ipaddress
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from pubkit.cli.clock import current_time
from pubkit.cli.mail_access import MailAccess, read_mail_access
from pubkit.cli.options import examples, project_option
from pubkit.cli.output import print_error
from pubkit.cli.summaries import summary
from pubkit.config import FILE_NAME
from pubkit.errors import PubkitError
from pubkit.messages import gettext as _
from pubkit.model import Condition
from pubkit.rendering.pdf import install_command
from pubkit.workflow.doctor import Fault, diagnose
from pubkit.workflow.project import Project, open_project

if TYPE_CHECKING:
    from pubkit.distribution.domain_records import DomainRecords

EXIT_UNFIT = 2


@click.command(
    name="doctor",
    short_help=summary("doctor"),
    help=_(
        "Look whether this machine and this project can make editions: Pango, fonts, settings, "
        "documents, catalogs. Prints the one command that installs what is missing, and says what "
        "keeps a hostile text or picture in.\n\n"
        "With --mail, look instead whether the editions can be sent: the mail server, its "
        "certificate and limits, the password, the records of the sender's domain (MX, SPF, DKIM, "
        "DMARC), and the address for unsubscription. Nothing is sent."
    ),
    epilog=examples(
        "pubkit doctor", "pubkit doctor --mail", "pubkit doctor --mail --to me@example.org"
    ),
)
@click.option(
    "--mail",
    "is_mail",
    is_flag=True,
    help=_("Examine what sending needs, not what rendering does."),
)
@click.option(
    "--to",
    "recipient",
    metavar="ADDRESS",
    default="",
    help=_("Ask the mail server whether it would take a message to this address."),
)
@click.option(
    "--dns",
    "nameserver",
    metavar="ADDRESS",
    default="",
    help=_("The name server that is asked, as in 192.0.2.1; without it, those of the system."),
)
@project_option()
def command(folder: Path, is_mail: bool, recipient: str, nameserver: str) -> None:
    """Examine, and exit 2 if something is missing or broken."""
    if (recipient or nameserver) and not is_mail:
        raise click.UsageError(_("--to and --dns belong to --mail"))
    findings: Iterable[Condition | Fault]
    if is_mail:
        findings = _examine_mail(open_project(folder), recipient, _parse_nameserver(nameserver))
    else:
        findings = diagnose(_project(folder))
    _report(findings)


def _examine_mail(
    project: Project, recipient: str, records: "DomainRecords"
) -> Iterator[Condition]:
    # Only here: whoever renders does not wait for what sending needs.
    from pubkit.workflow.mail_examination import examine_mail

    access: MailAccess | None = None
    try:
        access = read_mail_access(project.config)
    except PubkitError as error:
        reason, remedy = str(error), error.remedy or ""
        yield Condition(
            name=_("A mail server is named"), is_met=False, reason=reason, remedy=remedy
        )
    yield from examine_mail(
        project,
        access.server if access else None,
        password=access.password if access else "",
        recipient=recipient,
        records=records,
        now=current_time(),
    )


def _parse_nameserver(text: str) -> "DomainRecords":
    """Return a way to ask DNS.

    Raises:
        click.BadParameter: The name server is no IP address.
    """
    from pubkit.distribution.domain_records import DNS_PORT, DomainRecords

    if not text:
        return DomainRecords()
    try:
        parts = urlsplit(f"//[{text}]" if text.count(":") > 1 and "[" not in text else f"//{text}")
        host = str(ipaddress.ip_address(parts.hostname or ""))
        return DomainRecords(nameservers=(host,), port=parts.port or DNS_PORT)
    except ValueError:
        raise click.BadParameter(
            _("“{text}” is no IP address").format(text=text), param_hint="--dns"
        ) from None


def _report(findings: Iterable[Condition | Fault]) -> None:
    """Print what was found, as soon as it is, and leave with the code that says how it is."""
    conditions = []
    for finding in findings:
        if isinstance(finding, Fault):
            print_error(finding.error)
        else:
            _print_condition(finding)
            conditions.append(finding)
    unmet = [item for item in conditions if item.is_needed and not item.is_met]
    packages = sorted({package for condition in unmet for package in condition.packages})
    if packages:
        click.echo(_("Install what is missing:") + f"\n  {install_command(packages)}")
    if unmet:
        raise click.exceptions.Exit(EXIT_UNFIT)


def _print_condition(condition: Condition) -> None:
    if condition.is_met:
        click.secho(_("ok       "), fg="green", nl=False)
        click.echo(condition.name)
        return
    verdict = _("missing  ") if condition.packages else _("faulty   ")
    if not condition.is_known:
        verdict = _("unknown  ")
    elif not condition.is_needed:
        verdict = _("without  ")
    click.secho(verdict, fg="red" if condition.is_needed else "yellow", nl=False)
    click.echo(condition.name + (f": {condition.reason}" if condition.reason else ""))
    if condition.remedy:
        click.echo("  → " + condition.remedy.replace("\n", "\n    "))


def _project(folder: Path) -> Project | None:
    """Return the project, if the folder lies in one."""
    here = folder.resolve()
    if not any((place / FILE_NAME).is_file() for place in (here, *here.parents)):
        return None
    return open_project(folder)
