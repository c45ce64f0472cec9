"""What became of a campaign: a table of its members, figures for programs, a page with charts."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, tzinfo

from pubkit.distribution.campaign import Delivery
from pubkit.distribution.ledger.campaigns import deliveries, find_campaign
from pubkit.distribution.ledger.figures import Counts, Figures, read_figures
from pubkit.distribution.reasons import reason_of
from pubkit.formats.tables.comma_separated import format_rows
from pubkit.localize import same_language
from pubkit.messages import gettext as _
from pubkit.messages import spoken_language
from pubkit.workflow.sending_status import Found


def figures(found: Found, *, zone: tzinfo) -> Figures:
    """Return all that is counted of a campaign, in the days and hours of a zone."""
    with found.ledger.transaction() as connection:
        return read_figures(connection, found.campaign, zone=zone)


def title(found: Found) -> str:
    """Return what the messages of a campaign were called, in the language of the reader or any."""
    campaign = found.campaign
    with found.ledger.transaction() as connection:
        whole = find_campaign(connection, campaign.document, campaign.number) or campaign
    subjects = {lang: parcel.unnamed.subject for lang, parcel in whole.parcels.items()}
    spoken = spoken_language()
    order = sorted(subjects, key=lambda lang: not same_language(lang, spoken))
    return subjects[order[0]] if order else campaign.document


# ---------------------------------------------------------------- a table


def table(found: Found, *, zone: tzinfo, has_addresses: bool) -> bytes:
    """Return a table with a row for each member, as CSV.

    Args:
        found: The campaign.
        zone: In which its times are told.
        has_addresses: Whether address, name and title are in it, and replies word for word: these
            often quote the address.
    """
    with found.ledger.transaction() as connection:
        members = deliveries(connection, found.campaign)
        return format_rows(_rows(members, zone=zone, has_addresses=has_addresses))


def _rows(members: Iterable[Delivery], *, zone: tzinfo, has_addresses: bool) -> Iterator[list[str]]:
    personal = [_("Address"), _("Name"), _("Title")] if has_addresses else []
    own = [_("Language"), _("Groups"), _("State"), _("Correction"), _("Attempts")]
    yield [
        *(_("Line"), *personal, *own),
        *(_("First attempt"), _("Since"), _("Next attempt"), _("Reply"), "Message-ID"),
    ]
    for member in members:
        yield _row(member, zone=zone, has_addresses=has_addresses)


def _row(member: Delivery, *, zone: tzinfo, has_addresses: bool) -> list[str]:
    recipient = member.recipient
    personal = [recipient.address, recipient.name, recipient.title] if has_addresses else []
    times = (member.first_attempt, member.changed, member.not_before)
    return [
        str(recipient.line or ""),
        *personal,
        member.lang,
        ", ".join(recipient.groups),
        member.state,
        _("yes") if member.is_correction else "",
        str(member.attempts),
        *(_time(time, zone) for time in times),
        member.reply if has_addresses else " ".join(filter(None, reason_of(member.reply))),
        member.message_id,
    ]


def _time(time: datetime | None, zone: tzinfo) -> str:
    """Return a time as spreadsheet programs understand it."""
    return time.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S") if time else ""


# ---------------------------------------------------------------- figures


def as_mapping(shown: Figures) -> Mapping[str, object]:
    """Return the figures for programs; keys may be added, none is ever taken away."""
    overview, timeline = shown.overview, shown.timeline
    campaign = overview.campaign
    return {
        "version": 1,
        "document": campaign.document,
        "campaign": campaign.number,
        "began": campaign.began.isoformat(),
        "members": overview.members,
        "corrections": overview.corrections,
        "absent": overview.absent,
        "states": _plain(overview.states),
        "languages": _by_name(overview.languages),
        "groups": _by_name(overview.groups),
        "domains": _by_name(shown.domains),
        "failures": [
            {
                "state": failure.state.value,
                "status": failure.status,
                "reason": failure.reason,
                "number": failure.number,
            }
            for failure in shown.failures
        ],
        "attempts": {str(attempts): number for attempts, number in shown.attempts.items()},
        "suppressed": dict(shown.suppressed),
        "left": dict(shown.left),
        "bounces": [
            {"permanent": one.is_permanent, "status": one.status, "number": one.number}
            for one in shown.bounces
        ],
        "first_sent": shown.first_sent.isoformat() if shown.first_sent else None,
        "last_sent": shown.last_sent.isoformat() if shown.last_sent else None,
        "rate": shown.rate,
        "timeline": timeline
        and {
            "begin": timeline.begin.isoformat(),
            "seconds": timeline.step.total_seconds(),
            "sent": list(timeline.numbers),
        },
    }


def _plain(counts: Counts) -> Mapping[str, int]:
    return {state.value: number for state, number in counts.items()}


def _by_name(found: Mapping[str, Counts]) -> Mapping[str, Mapping[str, int]]:
    return {name: _plain(counts) for name, counts in found.items()}
