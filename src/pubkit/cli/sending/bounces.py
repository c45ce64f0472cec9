"""``pubkit send bounces``."""

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pubkit.cli.clock import current_time
from pubkit.cli.options import examples, project_option, quiet_option
from pubkit.cli.output import print_table, printable, progress, say
from pubkit.config import find_project, read_config
from pubkit.messages import gettext as _
from pubkit.messages import ngettext, shortened

if TYPE_CHECKING:
    from pubkit.distribution.ledger.handling import Return

PASSWORD = "PUBKIT_IMAP_PASSWORD"  # noqa: S105 - the name of a variable
LISTED = 50
"""How many addresses are listed; JSON has all."""


@click.command(
    name="bounces",
    short_help=_("Read a mailbox: bounces, complaints, unsubscriptions."),
    help=_(
        "Read the messages that came back, and suppress the addresses that cannot be reached or "
        "want no more.\n\n"
        "MAILBOX is an mbox, a Maildir, or a folder of IMAP: imaps://user@host/INBOX, or "
        "imap+starttls://…, with the password in PUBKIT_IMAP_PASSWORD. It is only read; nothing "
        "is marked or deleted, and what was read before counts once.\n\n"
        "An address that does not exist is suppressed at once, a full mailbox after failures on "
        "five days within 90. A refusal of the message itself, for its size or by a filter, is "
        "told and suppresses nobody. Only what proves to be about one of our messages has an "
        "effect."
    ),
    epilog=examples(
        "pubkit send bounces /var/mail/bounces --dry-run",
        "pubkit send bounces ~/Maildir/.Bounces",
        "PUBKIT_IMAP_PASSWORD=… pubkit send bounces imaps://bounces%40example.org@mail.example.org/INBOX",
    ),
)
@click.argument("mailbox", metavar="MAILBOX")
@click.option(
    "--all",
    "is_all",
    is_flag=True,
    help=_("Read everything again: of IMAP, only new messages are."),
)
@click.option("--dry-run", "is_dry", is_flag=True, help=_("Change nothing; only tell."))
@click.option(
    "-f",
    "--format",
    "shape",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help=_("For people, or for programs."),
)
@quiet_option()
@project_option()
def command(
    mailbox: str, is_all: bool, is_dry: bool, shape: str, quiet: bool, folder: Path
) -> None:
    """Print what was found, and what it has changed."""
    # Only here: a database takes a moment to import, and the help of the command needs none.
    from pubkit.workflow.returns import read_returns

    config = read_config(find_project(folder.resolve()))
    reading = read_returns(
        config,
        mailbox,
        password=os.environ.get(PASSWORD, ""),
        now=current_time(),
        is_dry=is_dry,
        is_all=is_all,
    )
    with reading as opened, progress(opened.total, quiet=quiet) as step:
        found = list(_followed(opened.returns, step, quiet=quiet or opened.total > 0))
    if shape == "json":
        click.echo(json.dumps(_as_json(found), ensure_ascii=False, indent=1))
    else:
        _print(found, is_dry=is_dry)


OFTEN = 1_000


def _followed(returns: Iterable["Return"], step: Any, *, quiet: bool) -> Iterator["Return"]:
    """Tell of progress; an mbox does not know how many messages it has."""
    for number, item in enumerate(returns, 1):
        step(shortened(item.address, 40))
        if number % OFTEN == 0:
            say(_("{number} messages are read").format(number=number), quiet=quiet)
        yield item


def _print(found: list["Return"], *, is_dry: bool) -> None:
    if not found:
        click.echo(_("There is nothing new in the mailbox."))
        return
    print_table([[_("Found"), _("Messages"), _("New")], *_rows(found)], texts=1)
    for title, listed in _lists(found, is_dry=is_dry):
        if listed:
            click.echo(f"\n{title}")
            _print_list(listed)
    if is_dry:
        click.echo("\n" + _("This was a dry run: nothing was changed."))


def _rows(found: Iterable["Return"]) -> Iterator[list[str]]:
    numbers = Counter(item.finding.value for item in found)
    new = Counter(item.finding.value for item in found if _is_new(item))
    for finding, name in _names().items():
        if numbers[finding]:
            yield [name, str(numbers[finding]), str(new[finding]) if new[finding] else ""]


def _is_new(item: "Return") -> bool:
    return item.outcome is not None and item.outcome != "known"


def _names() -> Mapping[str, str]:
    return {
        "permanent": _("no such address"),
        "temporary": _("cannot be reached now"),
        "refused": _("message refused, not the member"),
        "unsubscribed": _("unsubscribed"),
        "complaint": _("complaint"),
        "delayed": _("late, still tried"),
        "delivered": _("delivered"),
        "reply": _("automatic reply"),
        "unknown": _("not about our messages"),
        "other": _("other mail"),
        "unreadable": _("not readable"),
    }


def _lists(found: list["Return"], *, is_dry: bool) -> Iterator[tuple[str, list["Return"]]]:
    title = _("Would be suppressed:") if is_dry else _("Suppressed now:")
    yield title, [item for item in found if item.outcome == "suppressed"]
    yield (
        _("Refused for what the message is; look at the server and at the message:"),
        [item for item in found if item.finding == "refused" and _is_new(item)],
    )
    yield (
        _("Failures that prove nothing, and changed nothing:"),
        [item for item in found if item.finding == "unknown"],
    )
    yield (
        _("For a person to read:"),
        [item for item in found if item.finding in ("other", "unreadable")],
    )


def _print_list(listed: list["Return"]) -> None:
    rows = [_row(item) for item in listed[:LISTED]]
    print_table(rows, texts=len(rows[0]))
    if len(listed) > LISTED:
        rest = len(listed) - LISTED
        click.echo(
            ngettext("  … and {number} more", "  … and {number} more", rest).format(number=rest)
        )


def _row(item: "Return") -> list[str]:
    """Return who it is about, what was found and why, and where to look at what proves nothing."""
    is_shown = item.outcome is None
    finding, place = _names()[item.finding.value], item.place if is_shown else ""
    texts = (item.address or item.notice.sender, finding, _words(item), place)
    return ["  " + printable(texts[0]), *map(printable, texts[1:])]


def _words(item: "Return") -> str:
    status = "" if item.status in item.detail else item.status
    return shortened(f"{status} {item.detail}".strip() or item.notice.subject, 72)


def _as_json(found: list["Return"]) -> Mapping[str, object]:
    counts = Counter(item.finding.value for item in found)
    return {
        "version": 1,
        "counts": {name: counts[name] for name in _names()},
        "returns": [
            {
                "place": item.place,
                "found": item.finding.value,
                "outcome": item.outcome and item.outcome.value,
                "address": item.address,
                "document": item.document,
                "status": item.status,
                "detail": item.detail,
                "is_member": item.is_member,
                "date": item.notice.date and item.notice.date.isoformat(),
                "sender": item.notice.sender,
                "subject": item.notice.subject,
            }
            for item in found
        ],
    }
