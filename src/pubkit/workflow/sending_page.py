"""The page of a campaign in the words of the reader: its sections, tables and captions."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from pubkit.distribution.campaign import DeliveryState
from pubkit.distribution.ledger.figures import Counts, Failure, Figures, Timeline
from pubkit.distribution.wording import state_meanings, state_names, suppression_name
from pubkit.localize import format_number, format_time, language_name
from pubkit.messages import gettext as _
from pubkit.messages import ngettext, spoken_language
from pubkit.rendering.campaign_page import (
    Bar,
    Bars,
    CampaignPage,
    Columns,
    Plain,
    Reasons,
    Table,
    Tile,
    render_campaign,
)
from pubkit.rendering.charts import Part, Tick, bar_parts, columns, round_steps

MOST_BARS = 12
"""Domains, groups and reasons that have a bar; what is left is told as one."""
FEWEST_MEMBERS = 5
"""A domain with fewer members would tell who they are."""
MOST_TIMES = 6
"""Labels below the columns."""
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
SENT, PENDING, FAILED = DeliveryState.SENT, DeliveryState.PENDING, DeliveryState.FAILED
DEFERRED, IN_DOUBT = DeliveryState.DEFERRED, DeliveryState.IN_DOUBT


def campaign_page(shown: Figures, *, title: str, now: datetime) -> str:
    """Return the page of a campaign.

    Args:
        shown: Its figures.
        title: What the document is called.
        now: The time, in the zone of the reader.
    """
    return render_campaign(_Words(shown, title, now, spoken_language()).page())


@dataclass(frozen=True)
class _Words:
    """Figures, and the language in which they are told."""

    shown: Figures
    title: str
    now: datetime
    lang: str

    @cached_property
    def names(self) -> Mapping[DeliveryState, str]:
        """What the states are called at the head of a column."""
        return {state: _headed(name) for state, name in state_names().items()}

    def page(self) -> CampaignPage:
        campaign = self.shown.overview.campaign
        meanings = state_meanings()
        return CampaignPage(
            lang=self.lang,
            title=self.title,
            kicker=_("Report of sending: {document}, campaign {number}").format(
                document=campaign.document, number=self.number(campaign.number)
            ),
            lead=self.lead(),
            facts=tuple(self.facts()),
            whole=self.parts(self.shown.overview.states),
            whole_title=self.described(self.shown.overview.states),
            tiles=tuple(self.tiles()),
            sections=tuple(self.sections()),
            tables=tuple(self.tables()),
            words_heading=_("What the states mean"),
            words=tuple((state, name, meanings[state]) for state, name in self.names.items()),
            made=_("As of {time}. Made by pubkit; no member's address stands on this page.").format(
                time=self.time(self.now)
            ),
        )

    # ------------------------------------------------------------ numbers and times

    def number(self, value: int) -> str:
        return format_number(value, self.lang)

    def time(self, value: datetime) -> str:
        return format_time(value.astimezone(self.now.tzinfo), self.lang)

    def numbered(self, name: str, value: int) -> str:
        return _("{name}: {number}").format(name=name, number=self.number(value))

    # ------------------------------------------------------------ the head

    def lead(self) -> str:
        overview = self.shown.overview
        return ngettext(
            "{sent} of {members} member has the edition in their language ({share}).",
            "{sent} of {members} members have the edition in their language ({share}).",
            overview.members,
        ).format(
            sent=self.number(overview.states[SENT]),
            members=self.number(overview.members),
            share=share(overview.states[SENT], overview.members),
        )

    def facts(self) -> Iterator[tuple[str, str]]:
        overview, shown = self.shown.overview, self.shown
        yield _("Begun"), self.time(overview.campaign.began)
        yield _("Sender"), overview.campaign.sender
        if shown.last_sent:
            yield _("Last message"), self.time(shown.last_sent)
        if overview.waiting:
            yield _("Next attempt"), self.time(overview.waiting.first)
        if overview.corrections:
            yield _("With a note of correction"), self.number(overview.corrections)
        if overview.absent:
            yield _("No longer on the roster"), self.number(overview.absent)

    def tiles(self) -> Iterator[Tile]:
        overview = self.shown.overview
        for state, name in self.names.items():
            number = overview.states[state]
            note = share(number, overview.members)
            yield Tile(kind=state, name=name, number=self.number(number), note=note)

    # ------------------------------------------------------------ sections

    def sections(self) -> Iterator[Bars | Columns | Reasons]:
        shown, overview = self.shown, self.shown.overview
        if not overview.members:
            return
        names = {tag: f"{language_name(tag)} ({tag})" for tag in overview.languages}
        languages = {names[tag]: counts for tag, counts in overview.languages.items()}
        yield self.breakdown(_("By language"), _("Language"), languages)
        if set(overview.groups) != {""}:
            groups = {name or _("(none)"): counts for name, counts in overview.groups.items()}
            section = self.breakdown(_("By group"), _("Group"), groups, may_overlap=True)
            yield section
        if shown.timeline:
            yield self.over_time(shown.timeline)
        for state, heading in (
            (FAILED, _("Why messages failed")),
            (DEFERRED, _("Why messages were put off")),
        ):
            failures = [failure for failure in shown.failures if failure.state is state]
            if failures:
                yield self.reasons(heading, failures, state)
        domains = self.domains()
        if set(domains) & set(self.shown.domains):
            yield self.breakdown(_("By mail domain"), _("Domain"), domains)

    def breakdown(
        self,
        heading: str,
        what: str,
        found: Mapping[str, Counts],
        *,
        may_overlap: bool = False,
    ) -> Bars:
        """Return a bar for each name, as long as it has members."""
        kept = self.largest(found)
        longest = max(sum(counts.values()) for counts in kept.values())
        states = [
            state for state in self.names if state is SENT or any(c[state] for c in kept.values())
        ]
        overlap = _("A member of several groups is counted in each of them.")
        return Bars(
            heading=heading,
            caption=overlap if may_overlap else "",
            title=_("{heading}: a bar for each, as long as it has members").format(heading=heading),
            bars=tuple(self.bar(name, counts, longest=longest) for name, counts in kept.items()),
            table=Table(
                heads=(what, _("Members"), *(self.names[state] for state in states)),
                kinds=("", "", *states),
                rows=tuple(
                    (name, *map(self.number, (sum(counts.values()), *(counts[s] for s in states))))
                    for name, counts in kept.items()
                ),
            ),
        )

    def largest(self, found: Mapping[str, Counts]) -> Mapping[str, Counts]:
        """Return those with most members, and all others as one."""
        kept = dict(list(found.items())[:MOST_BARS])
        others = list(found.values())[MOST_BARS:]
        if others:
            kept[self.others(len(others))] = _sum(others)
        return kept

    def others(self, number: int) -> str:
        return ngettext("{number} other", "{number} others", number).format(
            number=self.number(number)
        )

    def domains(self) -> Mapping[str, Counts]:
        """Return the domains that are told: none that would tell who a member is."""
        found = self.shown.domains
        told = {
            name: counts for name, counts in found.items() if sum(counts.values()) >= FEWEST_MEMBERS
        }
        kept = dict(list(told.items())[:MOST_BARS])
        others = [counts for name, counts in found.items() if name not in kept]
        if others:
            kept[self.others(len(others))] = _sum(others)
        return kept

    def bar(self, name: str, counts: Counts, *, longest: int) -> Bar:
        total = self.number(sum(counts.values()))
        return Bar(name=name, number=total, parts=self.parts(counts, longest=longest))

    def parts(self, counts: Counts, *, longest: int | None = None) -> tuple[Part, ...]:
        told = [
            (state, self.numbered(name, counts[state]), counts[state])
            for state, name in self.names.items()
        ]
        return bar_parts(told, longest=longest)

    def described(self, counts: Counts) -> str:
        told = (self.numbered(name, counts[state]) for state, name in self.names.items())
        return _(", ").join(told)

    def reasons(self, heading: str, failures: list[Failure], state: DeliveryState) -> Reasons:
        told = [(_reason(failure), failure.number) for failure in failures[:MOST_BARS]]
        rest = failures[MOST_BARS:]
        if rest:
            told.append((self.others(len(rest)), sum(failure.number for failure in rest)))
        longest = max(number for _name, number in told)
        return Reasons(
            heading=heading,
            caption=_("What the servers said, and how many members it concerns."),
            heads=(_("Reason"), _("Members")),
            reasons=tuple(
                Bar(
                    name=name,
                    number=self.number(number),
                    parts=bar_parts(
                        [(state, self.numbered(name, number), number)], longest=longest
                    ),
                )
                for name, number in told
            ),
        )

    # ------------------------------------------------------------ time

    def over_time(self, timeline: Timeline) -> Columns:
        steps = round_steps(max(timeline.numbers))
        stamps = [timeline.at(place) for place in range(len(timeline.numbers))]
        pattern = _pattern(timeline)
        names = [time.strftime(pattern) for time in stamps]
        every = -(-len(stamps) // MOST_TIMES)
        is_whole = not (timeline.step * every % MINUTE or timeline.begin.second)
        short = pattern.removesuffix(":%S") if is_whole else pattern
        return Columns(
            heading=_("When messages were sent"),
            caption=self.pace(timeline),
            title=self.peak(timeline, names),
            columns=columns(
                [
                    self.numbered(name, number)
                    for name, number in zip(names, timeline.numbers, strict=True)
                ],
                timeline.numbers,
                top=steps[-1],
            ),
            heights=tuple(
                Tick(place=100 - 100 * step / steps[-1], name=self.number(step)) for step in steps
            ),
            times=tuple(
                Tick(place=100 * place / len(stamps), name=stamps[place].strftime(short))
                for place in range(0, len(stamps), every)
            ),
            summary=_("The numbers"),
            table=Table(
                heads=(_("From"), _("Sent")),
                rows=tuple(
                    (name, self.number(number))
                    for name, number in zip(names, timeline.numbers, strict=True)
                ),
            ),
        )

    def pace(self, timeline: Timeline) -> str:
        duration, rate = _duration(timeline.step), self.shown.rate
        if rate is None:
            return _("Each column: {duration}.").format(duration=duration)
        return _(
            "Each column: {duration}. From the first message to the last: {rate} a second, pauses "
            "included."
        ).format(duration=duration, rate=_decimal(rate))

    def peak(self, timeline: Timeline, names: list[str]) -> str:
        most = max(timeline.numbers)
        return _(
            "Messages sent over time, from {first} to {last}; most, {number}, at {time}"
        ).format(
            first=names[0],
            last=names[-1],
            number=self.number(most),
            time=names[timeline.numbers.index(most)],
        )

    # ------------------------------------------------------------ what came back

    def tables(self) -> Iterator[Plain]:
        yield from self.returns()
        if set(self.shown.attempts) - {1}:
            yield self.attempts()

    def returns(self) -> Iterator[Plain]:
        shown = self.shown
        rows = [
            (_bounce(one.is_permanent, one.status), self.number(one.number))
            for one in shown.bounces
        ]
        if rows:
            yield Plain(
                heading=_("What came back"),
                caption=_("Messages that a server took and could not hand over."),
                table=Table(heads=(_("Status"), _("Members")), rows=tuple(rows)),
            )
        both = (
            (
                _("Who got nothing"),
                _("They were on the list, or a corrected edition took its place."),
                shown.suppressed,
            ),
            (_("Who has left since"), _("They get nothing in future campaigns."), shown.left),
        )
        for heading, caption, found in both:
            if found:
                yield Plain(
                    heading=heading,
                    caption=caption,
                    table=Table(
                        heads=(_("Reason"), _("Members")),
                        rows=tuple(
                            (_headed(suppression_name(reason)), self.number(number))
                            for reason, number in found.items()
                        ),
                    ),
                )

    def attempts(self) -> Plain:
        return Plain(
            heading=_("Attempts"),
            caption=_("How often a message had to be tried."),
            table=Table(
                heads=(_("Attempts"), _("Members")),
                rows=tuple(
                    (self.number(attempts), self.number(number))
                    for attempts, number in self.shown.attempts.items()
                ),
            ),
        )


# ---------------------------------------------------------------- how figures are said


def share(number: int, whole: int) -> str:
    """Return a share in percent: never all or nothing where it is not."""
    if not whole:
        return ""
    percent = 100 * number / whole
    if 0 < percent < 0.1:
        return "<0.1%"
    if 99.9 < percent < 100:
        return ">99.9%"
    return f"{percent:.0f}%" if percent == round(percent) else f"{percent:.1f}%"


def _headed(name: str) -> str:
    return f"{name[:1].upper()}{name[1:]}"


def _sum(found: list[Counts]) -> Counts:
    return {state: sum(counts[state] for counts in found) for state in DeliveryState}


def _reason(failure: Failure) -> str:
    return " ".join(filter(None, (failure.status, failure.reason))) or _("(no reply)")


def _bounce(is_permanent: bool, status: str) -> str:
    """Return what was wrong by the subject of its status.

    Source:
        RFC 3463, 3 "Subject Sub-Codes".
    """
    subjects = {
        "1": _("the address"),
        "2": _("the mailbox"),
        "3": _("the mail system"),
        "4": _("network or routing"),
        "5": _("the protocol"),
        "6": _("the content"),
        "7": _("security or policy"),
    }
    subject = subjects.get(status[2:3], _("no reason given"))
    kind = _("for good") if is_permanent else _("for the time being")
    return " ".join(
        filter(None, (status, _("{subject}, {kind}").format(subject=subject, kind=kind)))
    )


def _decimal(value: float) -> str:
    return f"{value:.0f}" if value >= 10 else f"{value:.1f}"


def _duration(step: timedelta) -> str:
    """Return a stretch of time in its largest unit."""
    seconds = int(step.total_seconds())
    if seconds % 86_400 == 0:
        number = seconds // 86_400
        return ngettext("{number} day", "{number} days", number).format(number=number)
    if seconds % 3_600 == 0:
        number = seconds // 3_600
        return ngettext("{number} hour", "{number} hours", number).format(number=number)
    if seconds % 60 == 0:
        number = seconds // 60
        return ngettext("{number} minute", "{number} minutes", number).format(number=number)
    return ngettext("{number} second", "{number} seconds", seconds).format(number=seconds)


def _pattern(timeline: Timeline) -> str:
    """Return how times are written so that no two are alike, and none is longer than it must."""
    if timeline.step >= DAY:
        return "%m-%d"
    if timeline.begin.date() != timeline.at(len(timeline.numbers) - 1).date():
        return "%m-%d %H:%M"
    return "%H:%M" if timeline.step >= MINUTE else "%H:%M:%S"
