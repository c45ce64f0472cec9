"""XML that came from elsewhere: what its attributes say."""

import pytest

from pubkit.formats.xml import number


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0", 0),
        ("12", 12),
        ("００7", 7),
        ("99", 99),
        ("100", 99),
        ("9" * 5000, 99),
        ("", 1),
        ("-1", 1),
        ("1.5", 1),
        ("²", 1),
        (" 2", 1),
    ],
)
def test_number_is_what_it_says_up_to_a_bound(text: str, expected: int) -> None:
    """However many digits it has; what is no number is what the caller says."""
    assert number(text, most=99, otherwise=1) == expected
