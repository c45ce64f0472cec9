"""The date of publication in a dateline: written out with its year, or not at all.

``3/4/2025`` is March in one country and April in another, so it is no date here.
"""

from datetime import date

from pubkit.patterns import pattern

MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august"),
    *("september", "october", "november", "december"),
)
MONTH = r"(?P<month>[A-Z][a-z]{2,8})\.?"
SHAPES = (
    pattern(r"(?<!\d)(?P<year>\d{4})-(?P<number>\d{2})-(?P<day>\d{2})(?!\d)"),
    pattern(rf"\b{MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})\b"),
    pattern(rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+{MONTH},?\s+(?P<year>\d{{4}})\b"),
    pattern(r"(?P<year>\d{4})\s*年\s*(?P<number>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*日"),
)


def find_date(text: str) -> str | None:
    """Return the first date of a text, as ``2025-03-14``."""
    for shape in SHAPES:
        for match in shape.finditer(text):
            named = match.groupdict()
            month = int(named.get("number") or 0) or _month(named.get("month", ""))
            try:
                return date(int(named["year"]), month, int(named["day"])).isoformat()
            except ValueError:
                continue
    return None


def _month(name: str) -> int:
    """Return the number of a month by its name or its first three letters; 0 if it is none."""
    found = (
        number
        for number, month in enumerate(MONTHS, 1)
        if name.lower() == month or (len(name) in (3, 4) and month.startswith(name.lower()))
    )
    return next(found, 0)
