"""Plural rules: C semantics, and nothing but arithmetic."""

import gettext
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pubkit.formats.po.plural import parse_plural_rule

RUSSIAN = "(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2)"
ARABIC = "n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5"


@pytest.mark.parametrize(
    ("expression", "count"),
    [("0", 1), ("n != 1", 2), ("n>1", 2), (RUSSIAN, 3), (ARABIC, 6), ("!(n==1)", 2), ("n%2", 2)],
)
def test_rule_agrees_with_the_standard_library(expression: str, count: int) -> None:
    """A rule of a real language gives the forms that Python's gettext gives."""
    rule = parse_plural_rule(expression, count)
    expected = gettext.c2py(expression)

    assert [rule(n) for n in range(1200)] == [int(expected(n)) for n in range(1200)]


@pytest.mark.parametrize(
    ("expression", "number", "form"),
    [
        ("n-1 > 5 ? 1 : 0", 0, 1),  # below zero C's unsigned numbers begin again at the top
        ("2-1-1", 0, 0),
        ("7/2/2", 0, 1),
        ("1 || n/0", 0, 1),
        ("0 && n/0", 0, 0),
        ("1 ? 0 : 1 ? 2 : 3", 0, 0),
        ("!n", 0, 1),
        ("1+1*2%3 == 3 != 0", 0, 1),
        ("\tn\t==\t1", 1, 1),
    ],
)
def test_rule_is_evaluated_as_in_c(expression: str, number: int, form: int) -> None:
    """Precedence, short circuits and unsigned numbers are those of C."""
    assert parse_plural_rule(expression, 6)(number) == form


@pytest.mark.parametrize(
    "expression",
    [
        *("", "n n", "n==", "(n", "n)", "n ? 1", "n = 1", "n & 1", "-n", "+1", "m", "n.real"),
        *("9**9", "n//2", "n if n else 0", "__import__('os')", "'a'", "0x1", "n/0", "n%0", "n-1"),
        *(
            "1" * 19,
            "(" * 200 + "n" + ")" * 200,
            "!" * 200 + "n",
            "n?0:" * 101 + "0",
            "n" + "+n" * 101,
        ),
        *("n==1 ? 0 : 7", "6", "１"),
    ],
)
def test_rule_that_is_wrong_is_refused(expression: str) -> None:
    """What is no C expression, is too complex or leaves the range is refused."""
    with pytest.raises(ValueError, match=r".+"):
        parse_plural_rule(expression, 6)


@settings(deadline=None)
@given(st.text(alphabet=string.digits + "n?:&|=!<>+-*/%() ", max_size=60))
def test_any_expression_is_a_rule_in_range_or_refused(expression: str) -> None:
    """No expression crashes, hangs or gives a form that does not exist."""
    try:
        rule = parse_plural_rule(expression, 2)
    except ValueError:
        return
    assert {rule(n) for n in range(1001)} <= {0, 1}
