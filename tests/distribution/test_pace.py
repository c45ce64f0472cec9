"""How long a message is put off, how often a domain hears, when to stop."""

from datetime import timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pubkit.distribution.pace import (
    LONGEST_DELAY,
    DomainPace,
    FailureGuard,
    retry_delay,
)

RANDOM = st.floats(0, 1, exclude_max=True)


@given(st.integers(1, 10_000), RANDOM)
def test_a_delay_is_neither_nothing_nor_for_ever(attempts: int, chance: float) -> None:
    """However often it was tried: no busy loop, and no day without an attempt."""
    delay = retry_delay(attempts, random=lambda: chance)

    assert timedelta(seconds=6) < delay <= LONGEST_DELAY


@given(st.integers(1, 8))
def test_each_delay_is_twice_the_one_before(attempts: int) -> None:
    """Until the longest is reached."""
    first, second = (retry_delay(number, random=lambda: 0) for number in (attempts, attempts + 1))

    assert second == 2 * first


@given(st.integers(1, 600), st.lists(st.floats(0, 5), max_size=30))
def test_a_domain_hears_no_more_often_than_it_wants(rate: int, pauses: list[float]) -> None:
    """Whatever the pauses between the messages are."""
    pace, now, heard = DomainPace(rate), 1000.0, []
    for pause in pauses:
        now += pause
        now += pace.wait("x.example", now)
        heard.append(now)
        pace.sent("x.example", now)
        assert pace.wait("y.example", now) == 0

    assert all(b - a >= 60 / rate - 1e-6 for a, b in pairwise(heard))


@given(st.lists(st.booleans(), max_size=500))
def test_only_the_last_messages_count(results: list[bool]) -> None:
    """A few failures long ago stop nothing."""
    guard = FailureGuard()
    for failed in results:
        guard.note(failed=failed)

    assert guard.is_too_much == (sum(results[-200:]) > 10)
