"""Where bars and columns of a chart stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubkit.rendering.charts import FULL, LEAST_WIDTH, bar_parts, columns, round_steps

NUMBERS = st.lists(st.integers(0, 200_000), min_size=1, max_size=6)


def parts_of(numbers: list[int], longest: int | None = None) -> list[tuple[float, float]]:
    """Return where the parts of a bar stand."""
    named = [("sent", str(number), number) for number in numbers]
    return [(part.x, part.width) for part in bar_parts(named, longest=longest)]


def test_parts_are_as_wide_as_their_numbers() -> None:
    """Side by side, those of nothing left out."""
    assert parts_of([60, 0, 30, 10]) == [(0, 60), (60, 30), (90, 10)]
    assert parts_of([50], longest=200) == [(0, 25)]
    assert parts_of([0, 0]) == []


def test_two_among_many_are_seen() -> None:
    """The largest part makes room for them."""
    large, small = parts_of([199_998, 2])

    assert small[1] == LEAST_WIDTH
    assert large[1] == FULL - LEAST_WIDTH


@given(NUMBERS)
def test_a_bar_is_never_wider_than_its_frame(numbers: list[int]) -> None:
    """Whatever the numbers, and no part covers another one."""
    found = parts_of(numbers)
    ends = [x + width for x, width in found]

    assert len(found) == sum(number > 0 for number in numbers)
    assert all(width >= LEAST_WIDTH - 1e-9 for _x, width in found)
    assert all(end <= FULL + 1e-9 for end in ends)
    assert [x for x, _width in found[1:]] == ends[:-1]


@pytest.mark.parametrize(
    ("largest", "steps"),
    [(0, (0, 1)), (1, (0, 1)), (3, (0, 1, 2, 3)), (270, (0, 100, 200, 300)), (11, (0, 5, 10, 15))],
)
def test_the_numbers_beside_an_axis_are_few_and_round(largest: int, steps: tuple[int, ...]) -> None:
    """From nothing to what no column exceeds."""
    assert round_steps(largest) == steps


@given(st.integers(0, 10_000_000))
def test_no_column_is_higher_than_its_axis(largest: int) -> None:
    """And no more than a few lines cross the chart."""
    steps = round_steps(largest)

    assert steps[-1] >= largest
    assert len(steps) <= 6


def test_columns_stand_on_the_ground_with_gaps() -> None:
    """The highest reaches the line of its number."""
    first, second = columns(["a", "b"], [50, 100], top=100)

    assert (first.y + first.height, second.y) == (FULL, 0)
    assert first.x + first.width < second.x
