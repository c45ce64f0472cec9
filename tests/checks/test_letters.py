"""Two texts are the same if their letters are; what may stand between letters is judged apart."""

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubkit.checks.letters import HYPHENS, NOTHING, gap_faults, read_letters


def faults(wanted: str, *pages: str) -> list[bool] | None:
    """Return what is wrong with a text on pages; None if it is not there."""
    text, found = read_letters(wanted), read_letters(pages)
    pieces = found.find(text)
    if not pieces:
        return None
    return [fault.is_space_too_many for fault in gap_faults(text, found, pieces)]


TOO_MANY, LOST = True, False


@pytest.mark.parametrize(
    ("wanted", "page", "expected"),
    [
        ("于璠博士", "于璠博\r\n士", []),
        ("于璠博士", "于 璠博士", [TOO_MANY]),
        ("于璠博士", "于潘博士", None),
        ("华为MindSpore总经理", "华为 MindSpore 总经理", []),
        ("华为MindSpore总经理", "华为Mind Spore总经理", [TOO_MANY]),
        ("7月7日", "7 月 7 日", []),
        ("增长5.5%，占3%以上", "增长 5.5%，占 3% 以上", []),
        ("增长5.5%，占3%以上", "增长5.5% ，占3%以上", [TOO_MANY]),
        ("“联盟”成立", "“联盟” 成立", [TOO_MANY]),
        ("成立——好", "成立 ——好", []),  # so PDFium parts lines before a dash
        ("成立：好", "成立 ：好", [TOO_MANY]),
        ("第一次 会议", "第一次会议", []),
        ("Zhang Jin spoke", "Zhang\r\nJin spoke", []),
        ("Zhang Jin spoke", "ZhangJin spoke", [LOST]),
        ("Zhang Jin spoke", "Zhang Jin sp oke", [TOO_MANY]),
        ("Dr. Yu", "Dr.Yu", [LOST]),
        ("well-known", "well-\r\nknown", []),
        ("well-known", "well\ufffeknown", []),
        ("well-known", "wellknown", [LOST]),
        ("Materials", "Materi-\r\nals", []),
        ("Materi\u00adals", "Materials", []),
        ("Materi\u00adals", "Materi-\r\nals", []),
        ("Materi\u00adals", "Materi als", [TOO_MANY]),
        ("well\u00ad-known", "wellknown", [LOST]),
        ("well\u00ad known", "wellknown", [LOST]),
        ("Press release", "PRESS RELEASE", []),
        ("first office", "ﬁrst oﬃce", []),
        ("Straße", "STRASSE", []),
        ("a\u00a0b", "a b", []),
    ],
)
def test_text_as_it_is_copied(wanted: str, page: str, expected: list[bool] | None) -> None:
    """Lines end anywhere and gaps beside Latin are drawn; nothing else may part or join letters."""
    assert faults(wanted, page) == expected


def test_text_broken_by_the_end_of_a_page() -> None:
    """The foot of the one and the head of the other stand between its parts."""
    pages = ("The text be\r\nPage 1 of 2", "gins here.\r\nPage 2 of 2")

    assert faults("The text begins here.", *pages) == []
    assert faults("The text begins here.", "\n".join(pages)) is None


def test_page_of_a_letter_is_known() -> None:
    """Pages count from 1, and one without text has a number, too."""
    letters = read_letters(("ab", "", "cd"))

    assert [letters.page(position) for position in range(4)] == [1, 1, 3, 3]
    assert letters.excerpt(2) == "ab cd"


SIGNS = st.text(
    st.sampled_from("aB ß\u00ad-\u2011\ufffe\u200b\n\u3000\x1cﬁİς中，Ⅷ½e\u0301"), max_size=20
)


@given(st.lists(SIGNS, max_size=3))
def test_letters_of_words_are_those_of_their_signs(pages: list[str]) -> None:
    """A text is read word by word, and the result is as if it were read sign by sign."""
    letters: list[tuple[str, str]] = []
    for page in pages:
        gap = "\n"
        for sign in normalize("NFKC", page):
            if sign.isspace() or sign in HYPHENS or sign in NOTHING:
                gap += sign
            else:
                letters += [
                    (gap, sign.casefold()[0]),
                    *(("", rest) for rest in sign.casefold()[1:]),
                ]
                gap = ""
    read = read_letters(pages)

    assert letters == list(zip(read.gaps, read.signs, strict=True))
