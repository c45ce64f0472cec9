"""Superscripts and subscripts, for which Markdown has no marks: 10⁶ must not become 106."""

RAISED = dict(zip("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ", strict=True))
LOWERED = dict(zip("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎", strict=True))


def as_small(text: str, letters: dict[str, str]) -> str:
    """Return a text in small letters; nothing if Unicode lacks one of them."""
    small = [letters.get(letter, "") for letter in text.strip()]
    return "".join(small) if all(small) else ""
