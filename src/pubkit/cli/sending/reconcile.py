"""``pubkit send reconcile``."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pubkit.cli.options import examples, project_option
from pubkit.cli.output import print_warning, printable
from pubkit.config import find_project, read_config
from pubkit.messages import gettext as _
from pubkit.messages import ngettext

if TYPE_CHECKING:
    from pubkit.distribution.campaign import Delivery
    from pubkit.workflow.sending.reconciling import Reconciled

EXIT_UNDECIDED = 3
SHOWN = 20


@click.command(
    name="reconcile",
    short_help=_("Find out with the log of the mail server who has the message."),
    help=_(
        "Find out who has the message, of those who are in doubt: the connection ended when the "
        "server was about to say that it takes the message.\n\n"
        "The log is one of Postfix (compressed or not), or has one accepted Message-ID in each "
        "line. Whom it knows is sent. Whom it tells to be refused is written to by the next run, "
        "and whom it does not know, though it covers the 10 minutes before and after the attempt. "
        "Whom it cannot tell of stays in doubt, and the exit code is 3."
    ),
    epilog=examples(
        "pubkit send reconcile report --log /var/log/mail.log",
        "pubkit send reconcile report --log accepted.txt",
        "cat mail.log.1 mail.log > both.log; pubkit send reconcile report --log both.log",
    ),
)
@click.argument("document", metavar="DOC")
@click.option(
    "--log",
    "log",
    metavar="FILE",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help=_("What the mail server has accepted."),
)
@project_option()
def command(document: str, log: Path, folder: Path) -> None:
    """Ask the log, and exit 3 if it cannot tell of all."""
    from pubkit.workflow.ledgers import document_name
    from pubkit.workflow.sending.reconciling import reconcile

    config = read_config(find_project(folder.resolve()))
    name = document_name(document, config)
    found = reconcile(config, name, log, now=datetime.now(UTC))
    _report(found, name)
    if found.undecided:
        raise click.exceptions.Exit(EXIT_UNDECIDED)


def _report(found: "Reconciled", name: str) -> None:
    sent, waiting, undecided = map(len, (found.sent, found.waiting, found.undecided))
    if not sent + waiting + undecided:
        click.echo(_("{name}: nobody is in doubt").format(name=name))
        return
    click.echo(
        _("{name}: {sent} sent, {waiting} not sent, {undecided} still in doubt").format(
            name=name, sent=sent, waiting=waiting, undecided=undecided
        )
    )
    if found.bounced:
        _tell_bounced(found)
    if waiting:
        print_warning(_("Who has nothing is written to by the next run of: pubkit send"))
    if undecided:
        _explain(found)


def _explain(found: "Reconciled") -> None:
    reason = _(
        "The log does not cover the 10 minutes before and after they were written to: read it "
        "again when it goes on, or join it with the one before it"
    )
    if found.is_log_empty:
        reason = _(
            "The log is empty, as one is that was just rotated: name the one before it. If the "
            "server has accepted nothing, write “# none” into the file"
        )
    if found.unknown:
        reason = ngettext(
            "The log is not the whole log: it lacks {number} message that the server took",
            "The log is not the whole log: it lacks {number} messages that the server took",
            found.unknown,
        ).format(number=found.unknown)
    print_warning(reason)
    _show([_as_line(delivery) for delivery in found.undecided])


def _tell_bounced(found: "Reconciled") -> None:
    number = len(found.bounced)
    text = ngettext("{number} of them bounced later", "{number} of them bounced later", number)
    print_warning(text.format(number=number))
    _show(
        [
            f"{delivery.recipient.address}  {bounced.status} {printable(bounced.detail)}"
            for delivery, bounced in found.bounced
        ]
    )


def _show(lines: Sequence[str]) -> None:
    for line in lines[:SHOWN]:
        click.echo(f"  {line}", err=True)
    if len(lines) > SHOWN:
        click.echo(f"  … {len(lines) - SHOWN}", err=True)


def _as_line(delivery: "Delivery") -> str:
    return f"{delivery.recipient.address}  {delivery.message_id}"
