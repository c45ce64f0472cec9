"""Many stretches answer as a look at each of them would."""

from hypothesis import given
from hypothesis import strategies as st

from pubkit.model import Span
from pubkit.names.spans import Places

SPANS = st.builds(
    lambda start, size: Span(start, start + size), st.integers(0, 30), st.integers(0, 9)
)


@given(st.lists(SPANS), SPANS)
def test_touch_is_what_each_span_says(spans: list[Span], one: Span) -> None:
    """Whatever their order, and however they overlap."""
    expected = any(span.start < one.end and one.start < span.end for span in spans)
    assert Places(spans).touch(one.start, one.end) is expected


def test_neighbours_do_not_touch() -> None:
    """What ends where another begins has no character of it."""
    places = Places([Span(0, 4), Span(8, 12)])
    assert not places.touch(4, 8)
    assert places.touch(3, 5)
