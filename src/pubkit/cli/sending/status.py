"""``pubkit send status``."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pubkit.cli.clock import local_time
from pubkit.cli.options import campaign_option, examples, project_option
from pubkit.cli.output import print_table, print_warning, printable
from pubkit.cli.sending.next_steps import next_steps
from pubkit.config import Config, find_project, read_config
from pubkit.distribution.campaign import Campaign, Delivery, DeliveryState
from pubkit.distribution.wording import state_names, suppression_name
from pubkit.messages import gettext as _
from pubkit.messages import ngettext

if TYPE_CHECKING:
    from pubkit.distribution.ledger.figures import Overview
    from pubkit.workflow.sending_status import Found

STATES = tuple(state.value for state in DeliveryState)


@click.command(
    name="status",
    short_help=_("Show how far a campaign is, and what to do next."),
    help=_(
        "Show how many members have a document, in each language and group, what waits and "
        "until when, and what to do next. Without a document, list all campaigns.\n\n"
        "pending: not tried yet. in_doubt: the connection ended in the moment of delivery, so the "
        "member may have the message or not. deferred: the server put it off; it is tried again. "
        "failed: refused for good. suppressed: the member does not want it, cannot get it, or a "
        "corrected edition takes its place."
    ),
    epilog=examples(
        "pubkit send status report",
        "pubkit send status report --state in_doubt",
        "pubkit send status report --format json",
    ),
)
@click.argument("document", metavar="[DOC]", required=False)
@campaign_option()
@click.option(
    "--state",
    "state",
    metavar="STATE",
    type=click.Choice(STATES),
    help=_("List the members in this state: {states}.").format(states=", ".join(STATES)),
)
@click.option(
    "-f",
    "--format",
    "shape",
    type=click.Choice(["text", "json"]),
    default="text",
    help=_("text, or json: one object with the number of members in each state."),
)
@project_option()
def command(
    document: str | None, number: int | None, state: str | None, shape: str, folder: Path
) -> None:
    """Print a table, or one object."""
    # Only here: a database takes a moment to import, and the help of the command needs none.
    from pubkit.workflow.sending_status import all_overviews, find_campaign

    config = read_config(find_project(folder.resolve()))
    if document is None:
        _verify_document_is_named(number, state)
        overviews = all_overviews(config)
        _tell_doubt(config, is_found=bool(overviews))
        _list_campaigns(overviews, shape)
        return
    found = find_campaign(config, document, number)
    _tell_doubt(config, is_found=found is not None)
    if state:
        _list_members(found, document, DeliveryState(state), shape)
    else:
        _show(found, document, shape)


def _verify_document_is_named(number: int | None, state: str | None) -> None:
    if number is not None or state:
        raise click.UsageError(_("Name the document, too: pubkit send status DOC …"))


def _tell_doubt(config: Config, *, is_found: bool) -> None:
    """Say that this is not the ledger of the last run: nothing in it means nothing then."""
    from pubkit.workflow.ledgers import doubt

    error = doubt(config)
    if error and not is_found:
        raise error
    if error:
        print_warning(error.message)


# ---------------------------------------------------------------- one campaign


def _show(found: "Found | None", document: str, shape: str) -> None:
    from pubkit.workflow.sending_status import is_at_work, overview

    if found is None:
        print_warning(_no_campaign(document))
    shown = overview(found) if found else None
    if shape == "json":
        counts = shown.states if shown else dict.fromkeys(DeliveryState, 0)
        click.echo(json.dumps(counts))
    elif found and shown:
        _print_overview(shown, latest=found.latest)
        if found.campaign.number == found.latest:
            _print_steps(shown, is_at_work=is_at_work(found))


def _no_campaign(document: str) -> str:
    return _("“{document}” was never sent: no campaign of it has begun").format(document=document)


def _print_overview(shown: "Overview", *, latest: int) -> None:
    click.echo(_headline(shown))
    if shown.campaign.corrects:
        click.echo(_("It corrects campaign {number}.").format(number=shown.campaign.corrects))
    if shown.campaign.number < latest:
        click.echo(_("Campaign {latest} is the latest of this document.").format(latest=latest))
    click.echo()
    print_table([_head(_("Language")), *_rows(shown.languages), _all(shown)], texts=1)
    if set(shown.groups) != {""}:
        click.echo()
        print_table([_head(_("Group")), *_rows(shown.groups)], texts=1)
    for remark in _remarks(shown):
        click.echo(f"\n{remark}")


def _print_steps(shown: "Overview", *, is_at_work: bool) -> None:
    """Say what is to be done; while somebody is sending, nothing is."""
    if is_at_work:
        text = _("Somebody is sending just now; who is in doubt may be the message under way.")
        click.echo(f"\n{text}")
        return
    for step in next_steps(shown):
        click.echo(f"\n{step.reason}\n  → {step.command}")


def _headline(shown: "Overview") -> str:
    return _(
        "{document}, campaign {number}, begun {time}: {sent} of {members} members have it"
    ).format(
        document=shown.campaign.document,
        number=shown.campaign.number,
        time=local_time(shown.campaign.began),
        sent=shown.states[DeliveryState.SENT],
        members=shown.members,
    )


def _head(first: str) -> list[str]:
    names = (name[:1].upper() + name[1:] for name in state_names().values())
    return [first, _("Members"), *names]


def _rows(counts: Mapping[str, Mapping[DeliveryState, int]]) -> Iterator[list[str]]:
    for name, states in counts.items():
        yield _row(name or _("(none)"), states)


def _all(shown: "Overview") -> list[str]:
    return _row(_("All"), shown.states)


def _row(name: str, states: Mapping[DeliveryState, int]) -> list[str]:
    numbers = (states[state] for state in state_names())
    return [name, str(sum(states.values())), *map(str, numbers)]


def _remarks(shown: "Overview") -> Iterator[str]:
    """Yield what the tables do not say."""
    if shown.corrections:
        yield ngettext(
            "{number} member gets the edition with a note of what changed.",
            "{number} members get the edition with a note of what changed.",
            shown.corrections,
        ).format(number=shown.corrections)
    if shown.waiting:
        yield _("Put off: the first is tried again {first}, the last {last}.").format(
            first=local_time(shown.waiting.first), last=local_time(shown.waiting.last)
        )
    if shown.absent:
        yield ngettext(
            "{number} of those who wait is no longer on the roster, and gets nothing.",
            "{number} of those who wait are no longer on the roster, and get nothing.",
            shown.absent,
        ).format(number=shown.absent)


# ---------------------------------------------------------------- its members


def _list_members(found: "Found | None", document: str, state: DeliveryState, shape: str) -> None:
    from pubkit.workflow.sending_status import members

    if found is None:
        print_warning(_no_campaign(document))
    listed = members(found, (state,)) if found else ()
    if shape == "json":
        click.echo(json.dumps([_as_mapping(member) for member in listed], ensure_ascii=False))
    elif listed:
        head = [_("Address"), _("Language"), "Message-ID", _("Reply")]
        print_table([head, *map(_member_row, listed)], texts=len(head))
    elif found:
        name = state_names()[state]
        click.echo(_("No member is in this state: {state}").format(state=name), err=True)


def _member_row(member: Delivery) -> list[str]:
    texts = (member.recipient.address, member.lang, member.message_id, _reply(member))
    return [printable(text) for text in texts]


def _reply(member: Delivery) -> str:
    """Return what the server said last, or why the member gets nothing."""
    is_suppressed = member.state is DeliveryState.SUPPRESSED
    return suppression_name(member.reply) if is_suppressed else member.reply


def _as_mapping(member: Delivery) -> Mapping[str, object]:
    return {
        "address": member.recipient.address,
        "language": member.lang,
        "message_id": member.message_id,
        "attempts": member.attempts,
        "changed": member.changed.isoformat() if member.changed else None,
        "not_before": member.not_before.isoformat() if member.not_before else None,
        "reply": member.reply,
    }


# ---------------------------------------------------------------- all campaigns


def _list_campaigns(overviews: "Sequence[Overview]", shape: str) -> None:
    if shape == "json":
        click.echo(json.dumps([_campaign_mapping(shown) for shown in overviews]))
        return
    if not overviews:
        print_warning(_("Nothing was ever sent from this project"))
        return
    head = [_("Document"), _("Campaign"), _("Begun")]
    rows = [
        [
            shown.campaign.document,
            _number(shown.campaign),
            local_time(shown.campaign.began),
            *_all(shown)[1:],
        ]
        for shown in overviews
    ]
    print_table([[*head, *_head("")[1:]], *rows], texts=len(head))


def _number(campaign: Campaign) -> str:
    if campaign.corrects is None:
        return str(campaign.number)
    text = _("{number}, corrects {faulty}")
    return text.format(number=campaign.number, faulty=campaign.corrects)


def _campaign_mapping(shown: "Overview") -> Mapping[str, object]:
    campaign = shown.campaign
    return {
        "document": campaign.document,
        "campaign": campaign.number,
        "began": campaign.began.isoformat(),
        "corrects": campaign.corrects,
        **{str(state): number for state, number in shown.states.items()},
    }
