"""What a campaign's figures count."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import Engine

from pubkit.distribution.campaign import Campaign
from pubkit.distribution.ledger.campaigns import count_states, deliveries, join_groups
from pubkit.distribution.ledger.figures import (
    Figures,
    find_campaigns,
    read_figures,
)
from pubkit.distribution.reasons import reason_of
from tests.distribution.ledgers import (
    BEGAN,
    DEFERRED,
    FAILED,
    IN_DOUBT,
    PENDING,
    SENT,
    SUPPRESSED,
    add_members,
    begin,
    bounce,
    make_ledger,
    member,
    suppress,
)


@pytest.fixture
def engine() -> Engine:
    """Make an empty ledger."""
    return make_ledger()


def figures_of(engine: Engine, campaign: Campaign, hours: int = 0) -> Figures:
    """Read the figures of a campaign in a time zone."""
    with engine.connect() as connection:
        return read_figures(connection, campaign, zone=timezone(timedelta(hours=hours)))


def test_every_state_is_counted_that_of_nobody_too(engine: Engine) -> None:
    """Who reads the figures must not guess whether a state that is missing is zero."""
    campaign = begin(engine)
    add_members(engine, [member(campaign, 2), member(campaign, 3, state=IN_DOUBT)])

    assert figures_of(engine, campaign).overview.states == {
        PENDING: 0,
        IN_DOUBT: 1,
        SENT: 1,
        DEFERRED: 0,
        FAILED: 0,
        SUPPRESSED: 0,
    }


def test_campaigns_are_counted_apart(engine: Engine) -> None:
    """A correction is a campaign of its own, and another document has others."""
    first, second = begin(engine), begin(engine, number=2)
    other = begin(engine, "annual")
    add_members(engine, [member(first, 2), member(second, 2, state=FAILED), member(other, 2)])

    with engine.connect() as connection:
        assert [found.number for found in find_campaigns(connection, "report")] == [1, 2]
        assert len(find_campaigns(connection)) == 3
        assert find_campaigns(connection, "nothing") == ()
        assert count_states(connection, second)[FAILED] == 1
        assert count_states(connection, second)[SENT] == 0


def test_a_campaign_without_members_has_figures(engine: Engine) -> None:
    """It may have been killed before the first one was written down."""
    figures = figures_of(engine, begin(engine))

    assert figures.overview.members == 0
    assert figures.rate is None
    assert figures.timeline is None
    assert figures.overview.waiting is None


def test_languages_come_with_the_largest_first(engine: Engine) -> None:
    """That is the order in which they are read."""
    campaign = begin(engine)
    rows = [member(campaign, line, lang="zh" if line > 3 else "en") for line in range(2, 8)]
    add_members(engine, [*rows, member(campaign, 9, lang="zh", state=FAILED)])

    languages = figures_of(engine, campaign).overview.languages

    assert list(languages) == ["zh", "en"]
    assert (languages["zh"][SENT], languages["zh"][FAILED], languages["en"][SENT]) == (4, 1, 2)


def test_a_member_of_two_groups_is_in_both(engine: Engine) -> None:
    """A group's figures are those of all its members; without a group one is in none."""
    campaign = begin(engine)
    groups = {2: ("board", "honorary"), 3: ("board",), 4: ()}
    rows = (member(campaign, line, groups=join_groups(of)) for line, of in groups.items())
    add_members(engine, rows)

    found = figures_of(engine, campaign).overview.groups

    assert {name: counts[SENT] for name, counts in found.items()} == {
        "board": 2,
        "": 1,
        "honorary": 1,
    }


def test_a_domain_follows_the_last_at(engine: Engine) -> None:
    """A quoted local part may have another one."""
    campaign = begin(engine)
    addresses = ["a@example.org", '"b@c"@example.org', "d@xn--fsqu00a.example", '"@@"@a.example']
    rows = (member(campaign, line, address=it) for line, it in enumerate(addresses, 2))
    add_members(engine, rows)

    domains = figures_of(engine, campaign).domains

    assert {name: counts[SENT] for name, counts in domains.items()} == {
        "example.org": 2,
        "a.example": 1,
        "xn--fsqu00a.example": 1,
    }


def test_failures_of_one_reason_are_counted_together(engine: Engine) -> None:
    """Servers put the address into their replies; those put off come behind those refused."""
    campaign = begin(engine)
    unknown = "550 5.1.1 <member{line}@example.org>: User unknown"
    rows = [
        member(campaign, line, state=FAILED, reply=unknown.format(line=line)) for line in (2, 3, 4)
    ]
    rows += [member(campaign, 5, state=FAILED, reply="552 5.3.4 Too large")]
    busy = {"state": DEFERRED, "reply": "451 4.7.1 Try later", "not_before": BEGAN}
    rows += [member(campaign, line, **busy) for line in range(6, 16)]
    add_members(engine, [*rows, member(campaign, 20, reply="250 2.0.0 Ok: queued as 4D3F2A1B9C")])

    found = figures_of(engine, campaign).failures

    assert [(of.state, of.status, of.reason, of.number) for of in found] == [
        (FAILED, "5.1.1", "User unknown", 3),
        (FAILED, "5.3.4", "Too large", 1),
        (DEFERRED, "4.7.1", "Try later", 10),
    ]


def test_what_waits_says_until_when(engine: Engine) -> None:
    """The first and the last message that is tried again."""
    campaign = begin(engine)
    later = {2: 10, 3: 300, 4: 60}
    add_members(
        engine,
        (
            member(campaign, line, state=DEFERRED, not_before=BEGAN + timedelta(seconds=seconds))
            for line, seconds in later.items()
        ),
    )

    waiting = figures_of(engine, campaign).overview.waiting

    assert waiting is not None
    assert (waiting.number, waiting.first, waiting.last) == (
        3,
        BEGAN + timedelta(seconds=10),
        BEGAN + timedelta(seconds=300),
    )


@pytest.mark.parametrize(
    ("seconds", "members", "step", "stretches"),
    [(1, 1, 1, 1), (1, 40, 1, 40), (10, 40, 15, 27), (3600, 40, 3600, 40), (86_400, 3, 10_800, 17)],
)
def test_the_timeline_has_stretches_that_fit(
    engine: Engine, seconds: int, members: int, step: int, stretches: int
) -> None:
    """Whether it took a minute or a week; those in which nothing was sent are there, too."""
    campaign = begin(engine)
    add_members(
        engine,
        (
            member(campaign, line, changed=BEGAN + timedelta(seconds=seconds * line))
            for line in range(members)
        ),
    )

    timeline = figures_of(engine, campaign).timeline

    assert timeline is not None
    assert timeline.step == timedelta(seconds=step)
    assert len(timeline.numbers) == stretches
    assert sum(timeline.numbers) == members


def test_days_of_the_timeline_are_those_of_the_reader(engine: Engine) -> None:
    """What was sent at 20:00 UTC was sent the next morning in Beijing."""
    campaign = begin(engine)
    evening = datetime(2026, 5, 4, 20, 0, tzinfo=UTC)
    rows = [member(campaign, line, changed=evening + timedelta(days=line)) for line in (0, 20)]
    add_members(engine, rows)

    here, there = (figures_of(engine, campaign, hours).timeline for hours in (0, 8))

    assert here is not None
    assert there is not None
    assert here.begin.isoformat() == "2026-05-04T00:00:00+00:00"
    assert there.begin.isoformat() == "2026-05-05T00:00:00+08:00"


def test_what_came_back_counts_each_message_once(engine: Engine) -> None:
    """A server may send two notices of one message; those of other campaigns count there."""
    campaign = begin(engine)
    add_members(engine, (member(campaign, line) for line in range(2, 5)))
    with engine.connect() as connection:
        ids = [delivery.id for delivery in deliveries(connection, campaign)]
    for source, delivery in (("a", ids[0]), ("b", ids[0]), ("c", ids[1]), ("d", 999)):
        bounce(engine, source, delivery=delivery)
    bounce(engine, "e", delivery=ids[2], is_permanent=False, status="4.2.2")
    bounce(engine, "f")
    bounce(engine, "g", delivery=ids[2], kind="unsubscribed", status="")

    found = figures_of(engine, campaign).bounces

    assert [(of.is_permanent, of.status, of.number) for of in found] == [
        (True, "5.1.1", 2),
        (False, "4.2.2", 1),
    ]


def test_suppressions_before_a_campaign_and_since_are_told_apart(engine: Engine) -> None:
    """Who had left before got nothing; who left since has the message, and may have had enough."""
    campaign = begin(engine)
    add_members(
        engine, [member(campaign, 2, state=SUPPRESSED, reply="bounced"), member(campaign, 3)]
    )
    suppress(engine, "member2@example.org", "bounced", BEGAN - timedelta(days=1))
    suppress(engine, "Member3@example.org", "left", BEGAN + timedelta(days=1))
    suppress(engine, "stranger@example.org", "left", BEGAN + timedelta(days=1))

    figures = figures_of(engine, campaign)

    assert figures.suppressed == {"bounced": 1}
    assert figures.left == {"left": 1}


def test_the_rate_is_that_between_the_first_and_the_last(engine: Engine) -> None:
    """Eleven messages in ten seconds are one a second."""
    campaign = begin(engine)
    add_members(engine, (member(campaign, line) for line in range(2, 13)))

    figures = figures_of(engine, campaign)

    assert figures.rate == 1.0
    assert figures.attempts == {1: 11}


def test_members_who_left_the_roster_are_not_waited_for(engine: Engine) -> None:
    """They have no line any more; who got the message has it."""
    campaign = begin(engine)
    rows = [member(campaign, 2, state=PENDING), member(campaign, 3) | {"line": 0}]
    rows += [member(campaign, 4, state=PENDING) | {"line": 0}]
    add_members(engine, rows)

    assert figures_of(engine, campaign).overview.absent == 1


def test_both_databases_count_alike(engine: Engine, postgresql_url: str) -> None:
    """Domains, days and reasons are found by functions that both have."""
    shared = make_ledger(postgresql_url)
    found = [figures_of(one, _mixed_campaign(one), hours=8) for one in (engine, shared)]
    shared.dispose()

    assert found[0] == found[1]
    assert found[0].timeline is not None
    assert len(found[0].domains) == 3
    assert found[0].overview.waiting is not None


def _mixed_campaign(engine: Engine) -> Campaign:
    """Carry out a campaign with something of everything."""
    campaign = begin(engine)
    later = BEGAN + timedelta(hours=1)
    add_members(
        engine,
        [
            *(member(campaign, line, lang="zh") for line in range(2, 40)),
            member(campaign, 40, address='"b@c"@example.cn', groups=join_groups(("理事", "board"))),
            member(
                campaign, 41, address="李@例子.example", state=FAILED, reply="550 5.1.1 李: 没有"
            ),
            member(campaign, 42, state=DEFERRED, not_before=later, attempts=3, reply="451 4.7.1 x"),
            member(campaign, 43, state=SUPPRESSED, reply="bounced", is_correction=True),
            member(campaign, 44, state=PENDING, attempts=0) | {"line": 0},
        ],
    )
    bounce(engine, "a", delivery=1)
    suppress(engine, "member5@example.org", "unsubscribed", later)
    return campaign


@pytest.mark.parametrize(
    ("reply", "status", "words"),
    [
        ("550 5.1.1 <a@b.org>: Recipient address rejected", "5.1.1", "Recipient address rejected"),
        ("550 #5.1.0 Address rejected.", "5.1.0", "Address rejected"),
        ("550-5.7.26 Unauthenticated", "5.7.26", "Unauthenticated"),
        ("550 5.1.1 Not here. 5.1.1 Look elsewhere", "5.1.1", "Not here. Look elsewhere"),
        ("550 Mailbox not found", "550", "Mailbox not found"),
        ("451 4.3.0 4D3F2A1B9C: queue file write error", "4.3.0", "queue file write error"),
        ("554 5.7.1 Client host [192.0.2.1] blocked", "5.7.1", "Client host blocked"),
        ("554 5.7.1 Over quota of 100 messages", "5.7.1", "Over quota of 100 messages"),
        ("the server lacks SMTPUTF8", "", "the server lacks SMTPUTF8"),
        ("对方服务器不支持国际化地址", "", "对方服务器不支持国际化地址"),
        ("", "", ""),
        ("550", "550", ""),
    ],
)
def test_a_reason_is_what_replies_have_in_common(reply: str, status: str, words: str) -> None:
    """Without the address, the machine and the number of a queue."""
    assert reason_of(reply) == (status, words)
