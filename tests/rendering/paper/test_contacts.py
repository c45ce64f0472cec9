"""Lines of contacts are broken between words, unless a word is too long for that."""

from xml.etree.ElementTree import fromstring

import pytest

from pubkit.rendering.paper.contacts import WHOLE_WORDS, keep_words


@pytest.mark.parametrize(
    ("text", "are_kept"),
    [
        ("press@example.org", True),
        ("某某大学深圳国际研究生院新闻中心", True),
        ("a" * 36, True),
        ("a" * 37, False),
        ("某" * 19, False),
    ],
)
def test_short_line_is_broken_between_words_alone(text: str, are_kept: bool) -> None:
    """What could be longer than its place stays as it was; so does what is no contact."""
    page = fromstring(  # noqa: S314
        f"<body><p>{text}</p><div class='contact'><p><bdi>{text}</bdi></p></div></body>"
    )
    keep_words(page)

    assert [line.get("style") for line in page.iter("p")] == [
        None,
        WHOLE_WORDS if are_kept else None,
    ]
