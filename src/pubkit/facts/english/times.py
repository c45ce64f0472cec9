"""English times of the day."""

from pubkit.facts.english.patterns import AP, CLOCK
from pubkit.facts.english.place import Place, Reader
from pubkit.facts.numerals import WORDS, english_number
from pubkit.facts.values import Fact, Kind, Reading, Weight, parts_of, rounded
from pubkit.patterns import pattern

FORMS = {
    "time": (
        rf"(?<![\w.,:$€£¥-])(?:(?P<from>{CLOCK})\s?(?:[-–—]|to|until)\s?)?(?P<clock>{CLOCK})"
        rf"{AP.format('ap')}"
        r"|(?<![\w.,:])12[ -](?P<twelve>noon|midnight)"
        r"|(?<![\d:.])(?P<digital>\d{1,2}:[0-5]\d)(?P<rest>:[0-5]\d)?(?P<parts>\.\d{1,3})?(?![\d:])"
        rf"|(?<![a-z\d.])(?P<oclock>\d{{1,2}}|{WORDS}) o['’]clock"
        rf"|(?<![a-z\d.,:$€£])(?P<at>\d{{1,2}}|{WORDS})"
        r"(?= in the (?:morning|afternoon|evening)| at night)"
        r"|(?<![a-z])(?P<past>half|(?:a )?quarter|twenty-five|five|ten|twenty) "
        rf"(?P<side>past|to) (?P<hour>{WORDS})(?=[,.;!?”’)]|$| (?:in the|on|at|when|and)\b)"
        r"|(?<![a-z])(?P<named>noon|midday|midnight)(?![a-z])"
        r"|(?<![a-z])(?P<daypart>mornings?|afternoons?|evenings?|nights?|tonight|dawn|daybreak"
        r"|dusk)(?![a-z])"
    ),
}
"""What they look like, by the names of their readers."""


def _minutes(clock: str) -> int:
    hours, _colon, minutes = clock.replace(".", ":").partition(":")
    return int(hours) * 60 + int(minutes or 0)


def _half_days(minutes: int) -> tuple[Reading, ...]:
    """Return both times that a clock of twelve hours may mean."""
    if not 60 <= minutes < 780:
        return (("time", minutes % 1440),)
    return (("time", minutes), ("time", (minutes + 720) % 1440))


def _at_half_day(minutes: int, half_day: str) -> int:
    return minutes % 720 + (720 if half_day == "p" else 0)


NAMED = pattern(
    r"(?:Midnight|Noon|Midday) (?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)[A-Z][a-z]"
)
"""A name with a time in it: ``Midnight Commander``."""


def _time(at: Place) -> list[Fact]:
    match = at.match
    if match["ap"]:
        return _time_range(at)
    if match["digital"]:
        return [_digital(at)]
    if match["daypart"]:
        parts = tuple(("part", part) for part in PARTS[match["daypart"].rstrip("s")])
        return [at.fact(Kind.TIME, *parts, weight=Weight.SMALL)]
    if named := match["named"] or match["twelve"]:
        if NAMED.match(at.text, match.start()):
            return []
        minutes = 0 if named == "midnight" else 720
        return [at.fact(Kind.TIME, ("time", minutes), weight=Weight.SMALL)]
    if hour := match["oclock"] or match["at"]:
        value = int(hour) if hour.isdigit() else english_number(hour)
        return [_clock(at, _half_days(60 * value))] if value <= 24 else []
    past = match["past"]
    offset = 30 if past == "half" else 15 if past.endswith("quarter") else english_number(past)
    hour = 60 * english_number(match["hour"])
    if not 60 <= hour <= 720 or offset > 30:
        return [at.fact(Kind.TIME, weight=Weight.LOOSE, end=match.start() + 1)]
    return [
        at.fact(Kind.TIME, *_half_days(hour + (offset if match["side"] == "past" else -offset)))
    ]


def _digital(at: Place) -> Fact:
    """Read a time of the day, which may be a duration: 2:09:15, 1:02.35."""
    match = at.match
    first = _minutes(match["digital"])
    if match["parts"] and not match["rest"]:
        return at.fact(Kind.UNIT, ("s", rounded(first + float(match["parts"]))))
    if match["rest"]:
        seconds = 60 * first + int(match["rest"][1:]) + float(match["parts"] or 0)
        return at.fact(Kind.TIME, ("time", first), ("s", rounded(float(seconds))))
    is_of_twelve = first <= 1440 and match["digital"][0] != "0"
    clock = _clock(at, _half_days(first) if is_of_twelve else (("time", first),))
    return clock._replace(hints=(*clock.hints, ("s", float(first)), ("s", 60.0 * first)))


PARTS = {
    "morning": ("am",),
    "dawn": ("dawn",),
    "daybreak": ("dawn",),
    "afternoon": ("pm",),
    "evening": ("evening",),
    "dusk": ("dusk",),
    "night": ("night", "evening"),
    "tonight": ("night", "evening"),
}


PART_OF_DAY = pattern(
    r"(?: (?:in|on|the|every|each|that|this|next|following|same|[a-z]+day)){0,3} "
    r"(morning|afternoon|evening|night)"
)


def _clock(at: Place, times: tuple[Reading, ...]) -> Fact:
    """Return a time, of the half of the day that is named after it."""
    part = PART_OF_DAY.match(at.lowered, at.match.end())
    if part:
        half = 0 if part[1] == "morning" else 720
        times = (
            tuple(
                (name, value)
                for name, value in times
                if isinstance(value, int) and value - value % 720 == half
            )
            or times
        )
    hints = tuple(("part", name) for _time, value in times for name in parts_of(value))
    return at.fact(Kind.TIME, *times, hints=hints)


def _time_range(at: Place) -> list[Fact]:
    match = at.match
    half_day = match["ap"][0]
    end = _at_half_day(_minutes(match["clock"]), half_day)
    facts = [_clock(at, (("time", end % 1440),))]
    if match["from"]:
        start = _at_half_day(_minutes(match["from"]), half_day)
        if start > end:
            start -= 720
        facts.insert(0, _clock(at, (("time", start % 1440),)))
    return facts


READERS: dict[str, Reader] = {
    "time": _time,
}
