"""What became of a campaign, in figures: queries that change nothing.

The database groups and counts, so that 200,000 members take no longer to read than 200. What only
Python can tell apart (groups of one member, the reason within a reply, a time zone) is folded
afterwards, from few rows.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta, tzinfo
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, String, func, select, type_coerce

from pubkit.distribution.campaign import SUPERSEDED, Campaign, DeliveryState
from pubkit.distribution.ledger.campaigns import count_states
from pubkit.distribution.ledger.schema import BOUNCES, CAMPAIGNS, DELIVERIES, SUPPRESSIONS
from pubkit.distribution.reasons import reason_of
from pubkit.values import dataclass

Counts = Mapping[DeliveryState, int]
"""How many members are in each state; every state is there, in its order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A reason for which messages were refused or put off."""

    state: DeliveryState
    status: str
    """The enhanced status of RFC 3463, as in ``5.1.1``, or the three digits of the reply."""
    reason: str
    """What the replies have in common, without addresses and numbers."""
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounce:
    """What came back later of messages that the server had taken."""

    is_permanent: bool
    status: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """The messages that were put off, and when they are tried again."""

    number: int
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """How many messages were sent in each stretch of time; every stretch is there, 0 too."""

    begin: datetime
    step: timedelta
    numbers: tuple[int, ...]

    def at(self, place: int) -> datetime:
        """Return when a stretch begins."""
        return self.begin + place * self.step


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """How far a campaign is."""

    campaign: Campaign
    """Without its parcels."""
    states: Counts
    languages: Mapping[str, Counts]
    """By language, the largest first."""
    groups: Mapping[str, Counts]
    """By group; a member of two groups is in both. "" are those without one."""
    corrections: int
    """How many have the faulty edition and get the one with the note."""
    waiting_corrections: int
    """How many of them wait."""
    absent: int
    """How many wait who have left the roster: nobody writes to them."""
    waiting: Waiting | None
    without_any: int = 0
    """How many waited for the edition that this one corrects, and have none yet."""

    @property
    def members(self) -> int:
        """How many members the campaign has."""
        return sum(self.states.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """All that is counted of one campaign."""

    overview: Overview
    domains: Mapping[str, Counts]
    """By domain of the address, the largest first."""
    failures: tuple[Failure, ...]
    attempts: Mapping[int, int]
    """How many members took how many attempts."""
    suppressed: Mapping[str, int]
    """How many got none, by reason."""
    left: Mapping[str, int]
    """How many went onto the suppression list since the campaign began, by reason."""
    bounces: tuple[Bounce, ...]
    timeline: Timeline | None
    first_sent: datetime | None
    last_sent: datetime | None

    @property
    def rate(self) -> float | None:
        """Messages a second between the first and the last, pauses included."""
        if self.first_sent is None or self.last_sent is None:
            return None
        seconds = (self.last_sent - self.first_sent).total_seconds()
        sent = self.overview.states[DeliveryState.SENT]
        return (sent - 1) / seconds if seconds > 0 else None


def find_campaigns(connection: Connection, document: str | None = None) -> tuple[Campaign, ...]:
    """Return the campaigns of a document, or all, the latest last, without their parcels."""
    columns = CAMPAIGNS.c
    query = select(
        columns.id,
        columns.document,
        columns.number,
        columns.began,
        columns.sender,
        columns.corrects,
    ).order_by(columns.document, columns.number)
    if document is not None:
        query = query.where(columns.document == document)
    return tuple(Campaign(**row) for row in connection.execute(query).mappings())


def read_overview(connection: Connection, campaign: Campaign) -> Overview:
    """Return how far a campaign is."""
    row = DELIVERIES.c
    waits = row.state.in_((DeliveryState.PENDING, DeliveryState.DEFERRED))
    return Overview(
        campaign=campaign,
        states=count_states(connection, campaign),
        languages=_folded(connection.execute(_by(row.lang, campaign))),
        groups=_count_groups(connection, campaign),
        corrections=_count(connection, campaign, row.is_correction.is_(True)),
        waiting_corrections=_count(connection, campaign, waits & row.is_correction.is_(True)),
        absent=_count(connection, campaign, waits & (row.line == 0)),
        waiting=_read_waiting(connection, campaign),
        without_any=_count_without_any(connection, campaign) if campaign.corrects else 0,
    )


def read_figures(connection: Connection, campaign: Campaign, *, zone: tzinfo) -> Figures:
    """Return all that is counted of a campaign.

    Args:
        connection: To the ledger.
        campaign: One of its campaigns.
        zone: Whose days and hours the timeline has.
    """
    first, last = _times_of_sending(connection, campaign)
    return Figures(
        overview=read_overview(connection, campaign),
        domains=_folded(connection.execute(_by(_domain(), campaign))),
        failures=_read_failures(connection, campaign),
        attempts=_count_attempts(connection, campaign),
        suppressed=_count_suppressed(connection, campaign),
        left=_count_left(connection, campaign),
        bounces=_count_bounces(connection, campaign),
        timeline=_read_timeline(connection, campaign, first, last, zone)
        if first and last
        else None,
        first_sent=first,
        last_sent=last,
    )


# ---------------------------------------------------------------- states


def _by(what: Any, campaign: Campaign) -> Select[str, str, int]:
    name = what.label("name")
    query = select(name, DELIVERIES.c.state, func.count())
    return query.where(DELIVERIES.c.campaign == campaign.id).group_by(name, DELIVERIES.c.state)


def _folded(rows: Iterable[tuple[str, str, int]]) -> Mapping[str, Counts]:
    """Return the states by name, those with most members first."""
    found: dict[str, Counter[str]] = {}
    for name, state, number in rows:
        found.setdefault(name, Counter())[state] += number
    order = sorted(found, key=lambda name: (-found[name].total(), name))
    return {name: {state: found[name][state] for state in DeliveryState} for name in order}


def _count_groups(connection: Connection, campaign: Campaign) -> Mapping[str, Counts]:
    rows = connection.execute(_by(DELIVERIES.c.groups, campaign))
    return _folded(
        (group, state, number)
        for groups, state, number in rows
        for group in groups.strip("\n").split("\n")
    )


def groups_of(connection: Connection, campaign: Campaign) -> frozenset[str]:
    """Return the groups in which members of a campaign are."""
    return frozenset(_count_groups(connection, campaign)) - {""}


def _domain() -> Any:
    """Return what follows the last ``@``: a quoted local part may have another one.

    ``rtrim`` takes away all letters of the address that are no ``@``, from its end; both databases
    have it, and neither has a search from the end.
    """
    address = DELIVERIES.c.address
    until_at = func.rtrim(address, func.replace(address, "@", ""))
    return func.substr(address, func.length(until_at) + 1)


def _count(connection: Connection, campaign: Campaign, condition: ColumnElement[bool]) -> int:
    query = select(func.count()).where(DELIVERIES.c.campaign == campaign.id, condition)
    return connection.execute(query).scalar_one()


def _count_without_any(connection: Connection, correction: Campaign) -> int:
    """Return who waited for a faulty edition, has none at all, and is not in the correction."""
    row = DELIVERIES.c
    same = CAMPAIGNS.c.document == correction.document
    until = select(CAMPAIGNS.c.id).where(same, CAMPAIGNS.c.number <= correction.number)
    is_reached = (row.campaign == correction.id) | (row.state == DeliveryState.SENT)
    reached = select(row.key).where(row.campaign.in_(until), is_reached)
    query = select(func.count(row.key.distinct())).where(
        row.campaign.in_(until),
        row.state == DeliveryState.SUPPRESSED,
        row.reply == SUPERSEDED,
        row.key.not_in(reached),
        row.key.not_in(select(SUPPRESSIONS.c.key)),
    )
    return connection.execute(query).scalar_one()


# ---------------------------------------------------------------- what went wrong


def _read_failures(connection: Connection, campaign: Campaign) -> tuple[Failure, ...]:
    """Return why messages were refused or put off, the most frequent reasons first."""
    troubled = (DeliveryState.FAILED, DeliveryState.DEFERRED)
    row = DELIVERIES.c
    query = select(row.state, row.reply, func.count()).group_by(row.state, row.reply)
    rows = connection.execute(query.where(row.campaign == campaign.id, row.state.in_(troubled)))
    numbers: Counter[tuple[str, str, str]] = Counter()
    for state, reply, number in rows:
        numbers[state, *reason_of(reply)] += number
    return tuple(
        Failure(state=DeliveryState(state), status=status, reason=reason, number=number)
        for (state, status, reason), number in sorted(
            numbers.items(), key=lambda item: (item[0][0] != "failed", -item[1], item[0])
        )
    )


def _count_attempts(connection: Connection, campaign: Campaign) -> Mapping[int, int]:
    row = DELIVERIES.c
    query = select(row.attempts, func.count()).group_by(row.attempts).order_by(row.attempts)
    rows = connection.execute(query.where(row.campaign == campaign.id, row.attempts > 0))
    return dict(iter(rows))


def _count_suppressed(connection: Connection, campaign: Campaign) -> Mapping[str, int]:
    row = DELIVERIES.c
    query = select(row.reply, func.count()).group_by(row.reply)
    suppressed = row.state == DeliveryState.SUPPRESSED
    return _by_number(connection, query.where(row.campaign == campaign.id, suppressed))


def _count_left(connection: Connection, campaign: Campaign) -> Mapping[str, int]:
    reason = SUPPRESSIONS.c.reason
    query = (
        select(reason, func.count())
        .select_from(SUPPRESSIONS.join(DELIVERIES, SUPPRESSIONS.c.key == DELIVERIES.c.key))
        .where(DELIVERIES.c.campaign == campaign.id, SUPPRESSIONS.c.since > campaign.began)
        .where(DELIVERIES.c.state != DeliveryState.SUPPRESSED)
        .group_by(reason)
    )
    return _by_number(connection, query)


def _by_number(connection: Connection, query: Select[str, int]) -> Mapping[str, int]:
    rows = connection.execute(query)
    return dict(sorted(rows, key=lambda row: (-row[1], row[0])))


def _count_bounces(connection: Connection, campaign: Campaign) -> tuple[Bounce, ...]:
    row = BOUNCES.c
    query = (
        select(row.is_permanent, row.status, func.count(row.delivery.distinct()))
        .select_from(BOUNCES.join(DELIVERIES, row.delivery == DELIVERIES.c.id))
        .where(DELIVERIES.c.campaign == campaign.id, row.kind == "bounced")
        .group_by(row.is_permanent, row.status)
    )
    found = connection.execute(query)
    ordered = sorted(found, key=lambda bounce: (not bounce[0], -bounce[2], bounce[1]))
    return tuple(
        Bounce(is_permanent=is_permanent, status=status, number=number)
        for is_permanent, status, number in ordered
    )


def _read_waiting(connection: Connection, campaign: Campaign) -> Waiting | None:
    """Return what was put off, and when it is tried again."""
    row = DELIVERIES.c
    query = select(func.count(), func.min(row.not_before), func.max(row.not_before)).where(
        row.campaign == campaign.id, row.state == DeliveryState.DEFERRED
    )
    number, first, last = connection.execute(query).one()
    return Waiting(number=number, first=first, last=last) if first else None


# ---------------------------------------------------------------- when

STEPS = tuple(
    timedelta(seconds=seconds)
    for seconds in (1, 2, 5, 15, 30, 60, 120, 300, 900, 1800, 3600, 10_800, 21_600, 86_400, 604_800)
)
MOST_STRETCHES = 48
MINUTE = timedelta(minutes=1)
LETTERS_OF_MINUTE, LETTERS_OF_SECOND = 16, 19
"""Of a time as the ledger keeps it: ``2026-11-30T19:33:41``."""


def _times_of_sending(
    connection: Connection, campaign: Campaign
) -> tuple[datetime | None, datetime | None]:
    changed = DELIVERIES.c.changed
    query = select(func.min(changed), func.max(changed)).where(
        DELIVERIES.c.campaign == campaign.id, DELIVERIES.c.state == DeliveryState.SENT
    )
    first, last = connection.execute(query).one()
    return first, last


def _read_timeline(
    connection: Connection,
    campaign: Campaign,
    first: datetime,
    last: datetime,
    zone: tzinfo,
) -> Timeline:
    step = _step(last - first)
    begin = _floor(first.astimezone(zone), step)
    numbers: Counter[int] = Counter()
    for time, number in _sent(connection, campaign, step):
        numbers[(time - begin) // step] += number
    return Timeline(
        begin=begin,
        step=step,
        numbers=tuple(numbers[place] for place in range(max(numbers) + 1)),
    )


def _step(duration: timedelta) -> timedelta:
    """Return the shortest stretch of time of which not too many fill a duration."""
    fitting = (step for step in STEPS if duration / step < MOST_STRETCHES)
    return next(fitting, duration / MOST_STRETCHES)


def _floor(time: datetime, step: timedelta) -> datetime:
    """Return the beginning of the stretch in which a time lies, counted from midnight."""
    midnight = time.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + (time - midnight) // step * step


def _sent(
    connection: Connection, campaign: Campaign, step: timedelta
) -> Iterator[tuple[datetime, int]]:
    """Yield how many messages were sent in each second or minute."""
    length = LETTERS_OF_SECOND if step < MINUTE else LETTERS_OF_MINUTE
    time = func.substr(type_coerce(DELIVERIES.c.changed, String), 1, length).label("time")
    query = select(time, func.count()).group_by(time)
    sent = DELIVERIES.c.state == DeliveryState.SENT
    for text, number in connection.execute(query.where(DELIVERIES.c.campaign == campaign.id, sent)):
        yield datetime.fromisoformat(f"{text}+00:00"), number
