"""Plural rules: the C expressions of a ``Plural-Forms`` field, evaluated without ``eval``.

Source:
    GNU gettext manual, 11.2.6 "Additional functions for plural forms".
"""

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

from pubkit.patterns import pattern

PluralRule = Callable[[int], int]
"""From a number to the index of the plural form that goes with it."""

MAX_OPERATORS = 100
"""The longest rule of any language has under forty; each may nest one deeper."""

_NUMBERS_TRIED = range(1001)
_UNSIGNED = 2**64 - 1  # gettext computes with C's unsigned long

_TOKEN = pattern(r"[ \t]*(?:([0-9]{1,18})(?![0-9])|(\|\||&&|[=!<>]=|[-n<>!?:()+*/%]))")

_LEVELS: Mapping[str, int] = {
    "||": 1,
    "&&": 2,
    **dict.fromkeys(("==", "!="), 3),
    **dict.fromkeys(("<", ">", "<=", ">="), 4),
    **dict.fromkeys(("+", "-"), 5),
    **dict.fromkeys(("*", "/", "%"), 6),
}

_OPERATIONS: Mapping[str, Callable[[int, int], int]] = {
    "==": lambda a, b: int(a == b),
    "!=": lambda a, b: int(a != b),
    "<": lambda a, b: int(a < b),
    ">": lambda a, b: int(a > b),
    "<=": lambda a, b: int(a <= b),
    ">=": lambda a, b: int(a >= b),
    "+": lambda a, b: (a + b) & _UNSIGNED,
    "-": lambda a, b: (a - b) & _UNSIGNED,
    "*": lambda a, b: (a * b) & _UNSIGNED,
    "/": lambda a, b: a // b,
    "%": lambda a, b: a % b,
}


@lru_cache(maxsize=256)
def parse_plural_rule(expression: str, count: int) -> PluralRule:
    """Return the rule that this C expression in ``n`` stands for.

    Args:
        expression: What stands between ``plural=`` and the semicolon.
        count: How many forms there are; the rule gives 0 to ``count`` - 1 for n = 0..1000.

    Raises:
        ValueError: It is malformed, too complex, divides by zero or gives a form too many.
    """
    rule = _Parser(expression).parse()
    for number in _NUMBERS_TRIED:
        try:
            form = rule(number)
        except ZeroDivisionError:
            raise ValueError(f"n={number}: x/0") from None
        if form >= count:
            raise ValueError(f"n={number}: {form if form < 2**63 else form - 2**64}")
    return rule


class _Parser:
    """A precedence-climbing parser whose nodes are closures."""

    def __init__(self, expression: str) -> None:
        self.tokens = list(_cut(expression))
        if sum(token not in ("n", ")", "") and not token.isdigit() for token in self.tokens) > (
            MAX_OPERATORS
        ):
            raise ValueError(f"> {MAX_OPERATORS} operators")
        self.tokens.reverse()

    def parse(self) -> PluralRule:
        rule = self._condition()
        self._expect("")
        return rule

    def _condition(self) -> PluralRule:
        test = self._binary(1)
        if self.tokens[-1] != "?":
            return test
        self._expect("?")
        yes = self._condition()
        self._expect(":")
        no = self._condition()
        return lambda n: yes(n) if test(n) else no(n)

    def _binary(self, level: int) -> PluralRule:
        left = self._operand()
        while (found := _LEVELS.get(self.tokens[-1], 0)) >= level:
            left = _combine(self.tokens.pop(), left, self._binary(found + 1))
        return left

    def _operand(self) -> PluralRule:
        token = self.tokens.pop()
        if token == "n":  # noqa: S105  # a variable of the rule
            return lambda n: n
        if token.isdigit():
            value = int(token)
            return lambda n: value
        if token == "!":  # noqa: S105  # an operator
            operand = self._operand()
            return lambda n: int(not operand(n))
        if token == "(":  # noqa: S105  # a parenthesis
            inner = self._condition()
            self._expect(")")
            return inner
        raise ValueError(token or "…")

    def _expect(self, token: str) -> None:
        if (found := self.tokens[-1]) != token:
            raise ValueError(found or "…")
        if token:
            self.tokens.pop()


def _cut(expression: str) -> Iterator[str]:
    """Yield the tokens, an empty one last."""
    rest = expression.rstrip(" \t")
    position = 0
    while position < len(rest):
        token = _TOKEN.match(rest, position)
        if not token:
            raise ValueError(rest[position:][:20])
        yield token[1] or token[2]
        position = token.end()
    yield ""


def _combine(operator: str, left: PluralRule, right: PluralRule) -> PluralRule:
    if operator == "||":
        return lambda n: int(bool(left(n) or right(n)))
    if operator == "&&":
        return lambda n: int(bool(left(n) and right(n)))
    operation = _OPERATIONS[operator]
    return lambda n: operation(left(n), right(n))
