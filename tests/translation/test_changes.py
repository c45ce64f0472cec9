"""What translators are told of an edit: the nearest edits of another kind beside each other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubkit.names.vocabulary import is_english_word
from pubkit.translation.changes import describe_change


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        # Slips of the pen, and changes that look like one.
        ("a footnote", "a foot-note", "“footnote” → “foot-note”"),
        ("They recieve guests.", "They receive guests.", "spelling only: “recieve” → “receive”"),
        ("The section ends.", "The session ends.", "“section” → “session”"),
        ("Univeristy City", "University City", "spelling only: “Univeristy” → “University”"),
        ("Prof. Yu Pan spoke.", "Prof. Yu Fan spoke.", "“Pan” → “Fan”"),
        ("Mr. Lui came.", "Mr. Liu came.", "“Lui” → “Liu”"),
        ("teh harbour", "the harbour", "spelling only: “teh” → “the”"),
        ("their form", "there form", "“their” → “there”"),
        ("One student came.", "One students came.", "“student” → “students”"),
        ("We adress fourty.", "We address forty.",
         "spelling only: “adress fourty” → “address forty”"),
        ("We adress as many.", "We address so many.", "“adress as” → “address so”"),
        ("alot of guests", "a lot of guests", "spelling only: “alot” → “a lot”"),
        ("a way home", "away home", "“a way” → “away”"),
        # Punctuation, and signs that make another figure.
        ("The guests, too, came.", "The guests too came.",
         "punctuation only: removed “,”; removed “,”"),
        ("It rose to 1.5 million.", "It rose to 15 million.", "“1.5” → “15”"),
        ("a well known fact", "a well-known fact", "punctuation only: added “-”"),
        ("at -3 degrees", "at 3 degrees", "removed “-”"),
        ("up 3%", "up 3", "removed “%”"),
        ("会议，于周一举行", "会议于周一举行。", "punctuation only: removed “，”; added “。”"),
        ("会议于7月10日举行。", "会议于7月11日举行。", "“10” → “11”"),
        # Capitals, markup, links, spaces.
        ("AI for materials", "AI for Materials", "capitals only: “materials” → “Materials”"),
        ("A **big** day", "A big day", "markup only: removed “**”; removed “**”"),
        ("A **big** day", "A fine day", "“**big**” → “fine”"),
        ("[here](https://a.example)", "[here](https://b.example)",
         "link only: “https://a.example” → “https://b.example”"),
        ("Dr. Li  came", "Dr. Li came", "spaces only"),
        # Meaning.
        ("He did not agree.", "He did agree.", "removed “not”"),
        ("来宾参观了校园。", "来宾参观了新校园。", "added “新”"),
        ("One came. Two left.", "One came.", "removed “Two left.”"),
        ("a b c d e f g h", "a v c x e y g z", "“b” → “v”; “d” → “x”; “f” → “y”; 1 more"),
    ],
)  # fmt: skip
def test_change_is_named_by_its_kind(old: str, new: str, told: str) -> None:
    """An edit without meaning says so, and one with meaning never does."""
    change = describe_change(old, new, is_english_word)

    assert change == f"Changed: {told}"


def test_only_the_other_address_is_told() -> None:
    """Of several links, those that stay are nothing to look at; nor is a link all that changed."""
    two, other = "[a](x.md) and [b](y.md).", "[a](x.md) and [b](z.md)."

    assert describe_change(two, other) == "Changed: link only: “y.md” → “z.md”"
    assert "only" not in describe_change(two, other.replace("and", "And"))


def test_lost_link_is_no_matter_of_markup() -> None:
    """The translator has to take it out."""
    assert "only" not in describe_change("[here](https://a.example)", "here")


def test_without_a_vocabulary_nothing_is_a_slip() -> None:
    """In a language whose words are not known, any other word is a change."""
    assert describe_change("We recieve.", "We receive.") == "Changed: “recieve” → “receive”"


def test_long_passages_are_shortened() -> None:
    """A comment is for a glance; the whole old text stands in the previous msgid."""
    change = describe_change("Start.", "Start. " + "word " * 50)

    assert len(change) < 90
    assert change.endswith("…”")


TEXTS = st.text(alphabet="ab. ,*[](h)中文1-", max_size=30)


@given(TEXTS, TEXTS)
def test_something_is_told_of_each_change(old: str, new: str) -> None:
    """Only the same text gives nothing to tell, and a comment is one line."""
    change = describe_change(old, new, is_english_word)

    assert bool(change) is (old != new)
    assert len(change.splitlines()) < 2
