"""Texts as words: the quick ways find what the one for all scripts finds."""

from hypothesis import given
from hypothesis import strategies as st

from pubkit.formats.markdown.spellings import UNUSUAL, normal_form
from pubkit.translation.words import PIECE, WORD, pieces, words

TEXTS = st.text(st.sampled_from("ab1.,:-_'“中é \t\n\x1c\xa0\u3000") | st.characters(codec="ascii"))


@given(TEXTS)
def test_ascii_is_read_as_any_text(text: str) -> None:
    """A text with a Han character behind it is read by the pattern for all scripts."""
    assert words(text) == WORD.findall(text)
    assert pieces(text) == PIECE.findall(text)
    assert words("Deans meet 1,200.5 guests") == ["Deans", "meet", "1,200.5", "guests"]


@given(TEXTS)
def test_usual_texts_have_their_words_with_single_spaces(text: str) -> None:
    """What is taken for usual has no spelling but its own; white space of any kind is not usual."""
    if not UNUSUAL.search(text) and "  " not in text:
        assert normal_form(text) == " ".join(text.split())
    assert normal_form(f"a{text}\t b") != f"a{text}\t b"
