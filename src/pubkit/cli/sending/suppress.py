"""``pubkit send suppress``."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pubkit.cli.clock import current_time, local_time
from pubkit.cli.options import examples, project_option
from pubkit.cli.output import print_table, printable
from pubkit.config import Config, find_project, read_config
from pubkit.distribution.suppression import Reason
from pubkit.messages import gettext as _
from pubkit.messages import ngettext, shortened

if TYPE_CHECKING:
    from pubkit.distribution.suppression import Suppression


@click.command(
    name="suppress",
    short_help=_("List who gets nothing any more; add addresses, or release them."),
    help=_(
        "List the addresses to which nothing is sent, in no campaign, and why: manual, bounced, "
        "unsubscribed, complaint. With addresses, add them; the strongest reason stays.\n\n"
        "Release only who asks for it, or whose mailbox works again: what came back before no "
        "longer counts then."
    ),
    epilog=examples(
        "pubkit send suppress",
        "pubkit send suppress li@example.org wang@example.org --detail 'wrote to the office'",
        "pubkit send suppress --release li@example.org",
        "pubkit send suppress --format csv > suppressed.csv",
        "pubkit send suppress --import suppressed.csv",
    ),
)
@click.argument("addresses", metavar="[ADDRESS]...", nargs=-1)
@click.option(
    "--reason",
    type=click.Choice([reason.value for reason in Reason]),
    default=Reason.MANUAL.value,
    show_default=True,
    help=_("Why the addresses get nothing."),
)
@click.option("--detail", metavar="TEXT", default="", help=_("What shall be remembered of it."))
@click.option(
    "--release",
    "released",
    metavar="ADDRESS",
    multiple=True,
    help=_("Let this address get messages again; may be repeated."),
)
@click.option(
    "--import",
    "file",
    metavar="FILE",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help=_("Add the addresses of a file: one on each line, or an exported list."),
)
@click.option(
    "-f",
    "--format",
    "shape",
    type=click.Choice(["text", "csv", "json"]),
    default="text",
    show_default=True,
    help=_("How the list is printed."),
)
@project_option()
def command(
    addresses: tuple[str, ...],
    reason: str,
    detail: str,
    released: tuple[str, ...],
    file: Path | None,
    shape: str,
    folder: Path,
) -> None:
    """Change the list, or print it."""
    # Only here: a database takes a moment to import, and the help of the command needs none.
    from pubkit.workflow.suppressing import parse_wanted, read_wanted

    config = read_config(find_project(folder.resolve()))
    why = Reason(reason)
    wanted = parse_wanted(addresses, reason=why, detail=detail)
    if file:
        wanted += read_wanted(file, reason=why)
    if released:
        _release(config, released)
    if addresses or file:
        _add(config, wanted)
    if not (addresses or file or released):
        _list(config, shape)


def _add(config: Config, wanted: Sequence[object]) -> None:
    from pubkit.workflow.suppressing import Wanted, add_suppressions

    items = [item for item in wanted if isinstance(item, Wanted)]
    added = add_suppressions(config, items, now=current_time())
    number = len(added)
    text = ngettext(
        "{number} address gets nothing any more", "{number} addresses get nothing any more", number
    ).format(number=number)
    if known := len(items) - number:
        text += ngettext("; {number} was on the list", "; {number} were on the list", known).format(
            number=known
        )
    click.echo(text)


def _release(config: Config, released: Sequence[str]) -> None:
    from pubkit.distribution.addresses import parse_address
    from pubkit.workflow.suppressing import release_addresses

    addresses = [parse_address(text) for text in released]
    found = release_addresses(config, addresses)
    for address in addresses:
        message = (
            _("{address} gets messages again, from the next campaign on")
            if address in found
            else _("{address} was not on the list")
        )
        click.echo(message.format(address=printable(address)))


def _list(config: Config, shape: str) -> None:
    from pubkit.workflow.ledgers import refuse_doubtful
    from pubkit.workflow.suppressing import as_csv, suppressed

    listed = suppressed(config)
    if shape == "csv":
        click.echo(as_csv(listed), nl=False)
    elif shape == "json":
        click.echo(json.dumps([_as_mapping(item) for item in listed], ensure_ascii=False, indent=1))
    elif listed:
        head = [_("Address"), _("Reason"), _("Since"), _("Detail")]
        print_table([head, *map(_row, listed)], texts=len(head))
    else:
        refuse_doubtful(config)
        click.echo(_("Nobody is suppressed."), err=True)


def _row(item: "Suppression") -> list[str]:
    detail = printable(shortened(item.detail, 72))
    return [printable(item.address), _names()[item.reason], local_time(item.since), detail]


def _names() -> Mapping[Reason, str]:
    return {
        Reason.MANUAL: _("by hand"),
        Reason.BOUNCED: _("bounced"),
        Reason.UNSUBSCRIBED: _("unsubscribed"),
        Reason.COMPLAINT: _("complaint"),
    }


def _as_mapping(item: "Suppression") -> Mapping[str, str]:
    return {
        "address": item.address,
        "reason": item.reason.value,
        "since": item.since.isoformat(timespec="seconds"),
        "detail": item.detail,
    }
