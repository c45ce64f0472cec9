"""Values of figures and numerals."""

from pubkit.facts.numerals import chinese_number


def value_of(numeral: str) -> float | None:
    """Return the value of a figure or a numeral; None for what is not one number."""
    if numeral[0].isdigit():
        return float(numeral.replace(",", ""))
    if numeral[-1] in "万亿" and "点" in numeral:
        value = chinese_number(numeral[:-1])
        return None if value is None else value * (10**4 if numeral[-1] == "万" else 10**8)
    return chinese_number(numeral)


def integer(numeral: str) -> int:
    """Return the value of a whole number, 0 for none."""
    return int(value_of(numeral) or 0)


SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
