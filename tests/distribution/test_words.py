"""Words of rosters: brought into one spelling, and no farther."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubkit.distribution.words import UnusableError, read_groups, read_name, read_words


@given(st.text(st.characters(codec="utf-8")))
def test_what_is_read_once_is_read_alike_again(text: str) -> None:
    """Normalizing is idempotent, and leaves no sign that a message cannot have."""
    try:
        name = read_name(text)
    except UnusableError:
        return

    assert read_name(name) == name == read_words(name, "name")
    assert not set(name) & set("\r\n\0\u2028\u202e")


@given(st.lists(st.text("ab 组", max_size=5), max_size=5), st.sampled_from(";,|、；，\n"))
def test_groups_are_read_between_any_separators(groups: list[str], separator: str) -> None:
    """Each once, in their order, without blanks around them."""
    wanted = dict.fromkeys(" ".join(group.split()) for group in groups)

    assert read_groups(separator.join(groups)) == tuple(filter(None, wanted))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("  Anna\u00a0 Weber ", "Anna Weber"),
        ("Ju\u0308rgen", "Jürgen"),
        ("李　明", "李明"),
        ("李 明", "李明"),
        ("山田 太郎", "山田 太郎"),
    ],
)
def test_a_name_keeps_all_but_its_blanks(written: str, read: str) -> None:
    """Two single characters were set apart to fill a column; others may mean it."""
    assert read_name(written) == read
