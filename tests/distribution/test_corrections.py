"""What is told of a correction: each change at a glance, and nothing of what stayed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubkit.distribution.corrections import align, changes, find_differences
from pubkit.model import Change
from pubkit.translation.words import pieces

TITLE = "A laboratory opens"


def told(old: str, new: str) -> list[tuple[str, str]]:
    """Return the changes of one text below a title."""
    return [(change.old, change.new) for change in changes((TITLE, old), (TITLE, new))]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        # names are told whole, with the office before them
        (
            "Later on Professor Zou Ruqing said so.",
            "Later on Professor Zou Ruqiang said so.",
            [("Professor Zou Ruqing", "Professor Zou Ruqiang")],
        ),
        ("Zou Ruqing came.", "Zou Ruqiang came.", [("Zou Ruqing", "Zou Ruqiang")]),
        ("Then Zou Ruqing came.", "Then Zou Ruqiang came.", [("Zou Ruqing", "Zou Ruqiang")]),
        (
            "Among them is Anna-Maria Schmidt as well.",
            "Among them is Anna-Marie Schmidt as well.",
            [("Anna-Maria Schmidt", "Anna-Marie Schmidt")],
        ),
        (
            "They met Pan Feng, Dean of the School of Law.",
            "They met Pan Feng, Associate Dean of the School of Law.",
            [("Pan Feng, Dean", "Pan Feng, Associate Dean")],
        ),
        ("邹如清教授表示，历时三年。", "邹如强教授表示，历时三年。", [("邹如清", "邹如强")]),
        ("校长王伟出席了仪式。", "校长李伟出席了仪式。", [("王伟", "李伟")]),
        ("会上，院长张锋致辞。", "会上，副院长张锋致辞。", [("院长张锋致辞", "副院长张锋致辞")]),
        # numbers with what they count
        (
            "It cost $1.5 million to build.",
            "It cost $15 million to build.",
            [("$1.5 million", "$15 million")],
        ),
        ("会议于5月4日在北京举行。", "会议于5月14日在北京举行。", [("5月4日", "5月14日")]),
        (
            "它去年获得12万元资助。",
            "它去年获得13万元资助。",
            [("12万元", "13万元")],
        ),
        (
            "The room has 120 seats and is open.",
            "The room has 150 seats and is open.",
            [("120 seats", "150 seats")],
        ),
        ("阅览室设有120个座位。", "阅览室设有150个座位。", [("120个座位", "150个座位")]),
        ("It opened in 2022.", "It opened in 2023.", [("opened in 2022", "opened in 2023")]),
        ("馆长林薇博士说。", "馆长林文博士说。", [("林薇", "林文")]),
        # a full stop within a word ends nothing
        (
            "The gate closes at 11:30 p.m. on Sunday.",
            "The gate closes at 11:45 p.m. on Sunday.",
            [("11:30 p.m.", "11:45 p.m.")],
        ),
        ("It closes at 11:30 p.m.", "It closes at 11:45 p.m.", [("11:30 p.m.", "11:45 p.m.")]),
        ("It is at 9:30. Many came.", "It is at 9:45. Many came.", [("9:30", "9:45")]),
        ("It has 120 U.S. partners.", "It has 150 U.S. partners.", [("120 U.S.", "150 U.S.")]),
        (
            "It stands at No. 5 Garden Road now.",
            "It stands at No. 6 Garden Road now.",
            [("No. 5 Garden Road", "No. 6 Garden Road")],
        ),
        ("It came to 3.5 % of all.", "It came to 4.5 % of all.", [("3.5 %", "4.5 %")]),
        ("Then Dr. Lin came along.", "Then Dr. Lim came along.", [("Dr. Lin", "Dr. Lim")]),
        (
            "They read J. K. Rowling there.",
            "They read J. K. Rawling there.",
            [("J. K. Rowling", "J. K. Rawling")],
        ),
        ("它获得2.5亿元资助。", "它获得3.5亿元资助。", [("2.5亿元", "3.5亿元")]),
        (
            "One stays. Another stays.",
            "One stays. It closes at 9 p.m. Another stays.",
            [("", "It closes at 9 p.m.")],
        ),
        # addresses are told whole
        (
            "All is at https://www.example.org/news/2.html.",
            "All is at https://www.example.org/news/3.html.",
            [("at https://www.example.org/news/2.html", "at https://www.example.org/news/3.html")],
        ),
        (
            "All goes to press@example.org for good.",
            "All goes to office@example.org for good.",
            [("goes to press@example.org for good", "goes to office@example.org for good")],
        ),
        # other words with a word or two beside them
        (
            "All of the doors are painted green by now.",
            "All of the doors are painted blue by now.",
            [("painted green by now", "painted blue by now")],
        ),
        # whole sentences stand alone
        (
            "One stays. Another stays.",
            "One stays. A new one came. Another stays.",
            [("", "A new one came.")],
        ),
        ("It is. It was. It is.", "It is. It is.", [("It was.", "")]),
        # spaces are no change
        ("One  text.", "One text.", []),
    ],
)
def test_passages_are_told_with_what_belongs_to_them(
    old: str, new: str, expected: list[tuple[str, str]]
) -> None:
    """No more than it takes to see what is meant."""
    assert told(old, new) == expected


def test_names_and_numbers_come_before_words_and_signs() -> None:
    """Whoever reads three lines has read what matters."""
    old = (
        TITLE,
        "It was green, and small.",
        "They came at last.",
        "We met Zou Ruqing.",
        "In 2022.",
    )
    new = (
        TITLE,
        "It was green and small.",
        "They went at last.",
        "We met Zou Ruqiang.",
        "In 2023.",
    )

    found = [change.new for change in changes(old, new)]

    assert found == ["Zou Ruqiang", "2023", "They went at last", "green and small"]


def test_a_title_is_told_whole_and_first() -> None:
    """It is short, and everybody has read it."""
    old = ("The dean opened a laboratory", "Zou Ruqing came.")
    new = ("The dean opens a laboratory", "Zou Ruqiang came.")

    assert changes(old, new)[0] == Change(old=old[0], new=new[0])


def test_what_was_changed_alike_is_told_once() -> None:
    """A misspelt name stands in a report five times."""
    old = (TITLE, *(f"On day {day} Zou Ruqing spoke of it." for day in range(5)))
    new = tuple(text.replace("Ruqing", "Ruqiang") for text in old)

    assert changes(old, new) == (Change(old="Zou Ruqing", new="Zou Ruqiang", times=5),)


def test_a_text_that_moved_is_neither_removed_nor_added() -> None:
    """Even if it was changed on its way."""
    texts = [
        TITLE,
        "First of all it rained.",
        "Then there was snow.",
        "At the end the sun came out.",
    ]
    moved = [TITLE, texts[3], *texts[1:3]]
    mended = [TITLE, texts[3].replace("sun", "moon"), *texts[1:3]]

    assert changes(texts, moved) == (Change(old=texts[3], new=texts[3], is_moved=True),)
    assert [(change.old, change.new) for change in changes(texts, mended)] == [
        ("end the sun came", "end the moon came")
    ]


def test_cells_of_a_table_are_told_in_pairs() -> None:
    """Though two names of three letters may share none."""
    old, new = (TITLE, "Guest", "李明", "Role"), (TITLE, "Guest", "王芳", "Role")

    assert changes(old, new) == (Change(old="李明", new="王芳"),)


def test_another_paragraph_is_told_as_removed_and_added() -> None:
    """Two that have nothing in common are not compared word by word."""
    old = (TITLE, "Nobody had expected that the rain would last for so many days in a row.")
    new = (TITLE, "A committee of five members now looks after the finances of all the schools.")

    assert [(one.old, one.new) for one in changes(old, new)] == [(old[1], ""), ("", new[1])]


# ---------------------------------------------------------------- laws

WORDS = (
    "Zou",
    "Ruqing",
    "Ruqiang",
    "came",
    "12",
    "13",
    "the",
    ",",
    ".",
    "-",
    "邹",
    "如",
    "强",
    "元",
)
TEXT = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join)
TEXTS = st.lists(TEXT, max_size=8)


@given(TEXTS)
def test_equal_texts_have_no_changes(texts: list[str]) -> None:
    """Whatever they are."""
    assert changes(texts, texts) == ()


@given(TEXTS, TEXTS)
def test_every_text_is_accounted_for_once(old: list[str], new: list[str]) -> None:
    """What is neither paired nor removed nor added would go missing in silence."""
    pairs = align(old, new)

    assert sorted(pair.old for pair in pairs if pair.old is not None) == list(range(len(old)))
    assert [pair.new for pair in pairs if pair.new is not None] == list(range(len(new)))
    assert bool(changes(old, new)) == (
        [pieces(text) for text in old] != [pieces(text) for text in new]
    )


@given(TEXT, TEXT)
def test_new_passages_in_the_place_of_the_old_make_the_new_text(old: str, new: str) -> None:
    """Nothing that differs is left out, and no passage stands in another one."""
    made, end = "", 0
    for difference in find_differences(old, new):
        assert difference.old_start >= end
        assert old[difference.old_start :].startswith(difference.old)
        assert new[difference.new_start :].startswith(difference.new)
        made += f"{old[end : difference.old_start]} {difference.new} "
        end = difference.old_start + len(difference.old)

    assert pieces(made + old[end:]) == pieces(new)
