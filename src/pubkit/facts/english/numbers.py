"""English fractions, ordinal numbers, vague numbers and names with figures."""

import re
from collections.abc import Iterator
from math import prod

from pubkit.facts.english.place import Place, Reader
from pubkit.facts.numerals import ORDINAL_WORDS, ORDINALS, SCALES, english_ordinal
from pubkit.facts.units import english_words, symbols
from pubkit.facts.values import Fact, Kind, Reading, Weight, rounded
from pubkit.patterns import pattern

PARTS = (
    "half|halves|third|quarter|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth"
    "|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth"
    "|thirtieth|fortieth|fiftieth|sixtieth|seventieth|eightieth|ninetieth|hundredth|thousandth"
    "|millionth"
)
FORMS = {
    "name": (
        r"(?<![\w$])(?!(?:mid|pre|post|late|early|top|sub|under|over|non|u|rmb|cny|usd|eur|gbp"
        r"|jpy|hkd|sgd|sek|aud|cad|chf|nok|dkk|rs|rm|rp|no|fy|c|ca)[-.]?\d)"
        r"[a-z]{1,12}(?:-?\d+)+(?:[a-z\d-]*[a-z\d])?(?![a-z\d])(?!\.\d)"
    ),
    "fraction": (
        rf"(?:(?<![a-z])one[- ]|(?<=\ba[ -])|(?<=\ban[ -])|(?<=\ba good )"
        rf"|(?<=\ba full )|(?<=\ba mere ))(?P<part>{PARTS})(?![a-z-])"
        r"|(?P<vulgar>[½⅓⅔¼¾⅕⅛])"
    ),
    "scale": (
        r"(?<![a-z])(?P<bare>(?:tens|dozens|scores|hundreds|thousands|millions|billions)"
        r"(?: (?:of|and|upon) (?:tens of )?(?:hundreds|thousands|millions|billions))*"
        r"|(?:(?:half )?a |per |every |each |several |many |few |the )?"
        r"(?:dozen|hundred|thousand|million|billion|trillion))(?![a-z])"
    ),
    "ordinal": rf"(?<![a-z-])(?P<ordinal>{ORDINAL_WORDS})",
    "tens": (
        r"(?<=\bhis )(?P<his_tens>(?:twent|thirt|fort|fift|sixt|sevent|eight|ninet)ies)"
        r"|(?<=\bher )(?P<her_tens>(?:twent|thirt|fort|fift|sixt|sevent|eight|ninet)ies)"
        r"|(?<=\btheir )(?P<their_tens>(?:twent|thirt|fort|fift|sixt|sevent|eight|ninet)ies)"
    ),
    "loose": (
        r"(?<![a-z])(?P<loose>turn of the (?:century|millennium)|every other|both|couple"
        r"|pairs?|twins?|twice"
        r"|doubl(?:e[sd]?|ing)|tripl(?:e[sd]?"
        r"|ing)|quadrupl(?:e[sd]?|ing)|thrice|half|halv(?:e[sd]?|ing)|twofold|threefold|fourfold"
        r"|fivefold|tenfold|runners?-up|quarter|decades?|century|centenary|bicentenary"
        r"|centennial|fortnight)(?![a-z])"
    ),
}
"""What they look like, by the names of their readers."""


def _name(at: Place) -> list[Fact]:
    """Read a name with figures, such as G20 or COVID-19."""
    digits = re.findall(r"\d+", at.match["NAME"])
    numbers = tuple(("n", float(number)) for number in digits if len(number) < 5)
    name = at.match["NAME"].replace("-", "")
    return [at.fact(Kind.NUMBER, ("name", name), *numbers, weight=Weight.LOOSE)]


VULGAR = {"½": 1 / 2, "⅓": 1 / 3, "⅔": 2 / 3, "¼": 1 / 4, "¾": 3 / 4, "⅕": 1 / 5, "⅛": 1 / 8}


DENOMINATORS = {part: value for part, value in ORDINALS.items() if value > 2} | {
    "half": 2,
    "halves": 2,
    "quarter": 4,
}


AFTER_FRACTION = pattern(
    r"\s*(?:$|[,.;:)!?”’—–]|\s(?:of|the|more|less|fewer|as|from|to|in|on|lower|higher|over|by|and"
    r"|during|than|faster|cheaper|while|since|for|are|were|was|is|come|came)\b)"
)


OF_A_SCALE = pattern(r" of an? (million|billion|trillion)(?![a-z])")
"""``a quarter of a million`` is 250,000."""


def _fraction(at: Place) -> list[Fact]:
    match = at.match
    if match["vulgar"]:
        return [at.fact(Kind.NUMBER, ("r", rounded(VULGAR[match["vulgar"]])), weight=Weight.SMALL)]
    part = match["part"]
    denominator = DENOMINATORS[part]
    ratio = ("r", rounded(1 / denominator))
    if whole := OF_A_SCALE.match(at.lowered, match.end()):
        value = SCALES[whole[1]] / denominator
        return [at.fact(Kind.NUMBER, ("n", rounded(value)), face=value, end=whole.end())]
    weight = Weight.SMALL
    if denominator < 3 or part == "quarter" or AFTER_FRACTION.match(at.lowered, match.end()):
        return [at.fact(Kind.NUMBER, ratio, weight=weight)]
    nth: Reading = ("o", denominator)
    hint: Reading = ("n", float(denominator))
    # “A third colour” is another one.
    return [at.fact(Kind.ORDINAL, nth, ratio, hints=(hint,), weight=Weight.LOOSE)]


def _ordinal(at: Place) -> list[Fact]:
    value = english_ordinal(at.match["ordinal"])
    weight = Weight.SMALL if value < 11 else Weight.SURE
    if OF_A.match(at.lowered, at.match.end()):
        return [at.fact(Kind.NUMBER, ("r", rounded(1 / value)), weight=Weight.LOOSE)]
    hints: tuple[Reading, ...] = (("n", float(value)),)
    if INTERVAL.search(at.lowered, 0, at.match.start()):
        weight = Weight.LOOSE
    if IN_A_ROW.match(at.lowered, at.match.end()):
        hints += (("month", 12.0 * value),)
    return [at.fact(Kind.ORDINAL, ("o", value), hints=hints, weight=weight, face=value)]


INTERVAL = pattern(r"\b(?:perfect|augmented|diminished|major|minor) \Z")
"""A fifth in music is 五度."""
OF_A = pattern(r" of an? ")
IN_A_ROW = pattern(r" (?:(?:consecutive|straight|successive|running) )?(?:year|annual)\b")
"""``the ninth year in a row`` is 连续九年."""


MAGNITUDES = {
    "tens": 10,
    "dozens": 10,
    "scores": 10,
    "hundreds": 100,
    "thousands": 1000,
    "millions": 10**6,
    "billions": 10**9,
}


def _scale(at: Place) -> list[Fact]:
    words = at.match["bare"].split()
    if words[0] in MAGNITUDES:
        sizes = [float(MAGNITUDES[word]) for word in words if word in MAGNITUDES]
        if "of" in words:
            sizes = [prod(sizes)]
        readings = tuple(("magnitude", size) for size in sizes)
        return [at.fact(Kind.NUMBER, *readings, weight=Weight.LOOSE)]
    value = SCALES[words[-1]] / (2 if words[0] == "half" else 1)
    amounts: tuple[Reading, ...] = (
        *(("n", float(value)), ("magnitude", float(10 if value < 13 else value))),
        *_amounts(at, float(value)),
    )
    return [at.fact(Kind.NUMBER, *amounts, weight=Weight.LOOSE, face=float(value))]


def _amounts(at: Place, value: float) -> Iterator[Reading]:
    """Yield the amounts that a scale may be with the unit after it: a billion yuan."""
    if unit := english_words().pattern.match(at.lowered, at.match.end()):
        for measure in english_words().measures[unit[1]]:
            yield measure.dimension, rounded(value * measure.factor)
    if symbol := symbols().pattern.match(at.text, at.match.end()):
        for measure in symbols().measures[symbol[1]]:
            yield measure.dimension, rounded(value * measure.factor)


TENS = ("twen", "thir", "fort", "fift", "sixt", "seve", "eigh", "nine")


def _tens(at: Place) -> list[Fact]:
    """Read an age: in her seventies."""
    word = at.match["TENS"]
    value = 10.0 * (TENS.index(word[:4]) + 2)
    readings = (("n", value), ("month", 12 * value), ("decade", int(value)))
    return [at.fact(Kind.NUMBER, *readings, weight=Weight.LOOSE)]


LOOSE: dict[str, tuple[Reading, ...]] = {
    "ever": (("n", 2.0), ("month", 24.0), ("month", 2.0), ("s", 172800.0), ("s", 1209600.0)),
    "turn": (("century", 21), ("date", (2000, None, None))),
    "both": (("n", 2.0),),
    "coup": (("n", 2.0),),
    "pair": (("n", 2.0),),
    "twin": (("n", 2.0),),
    "twic": (("n", 2.0), ("x", 2.0), ("x", 1.0), ("r", 1.0)),
    "doub": (("n", 2.0), ("x", 2.0), ("x", 1.0), ("r", 1.0)),
    "twof": (("n", 2.0), ("x", 2.0), ("x", 1.0), ("r", 1.0)),
    "trip": (("n", 3.0), ("x", 3.0), ("x", 2.0), ("r", 2.0)),
    "thre": (("n", 3.0), ("x", 3.0), ("x", 2.0), ("r", 2.0)),
    "thri": (("n", 3.0), ("x", 3.0)),
    "quad": (("n", 4.0), ("x", 4.0), ("x", 3.0), ("r", 3.0)),
    "four": (("x", 4.0), ("x", 3.0)),
    "five": (("x", 5.0), ("x", 4.0)),
    "tenf": (("x", 10.0), ("x", 9.0)),
    "half": (("r", 0.5), ("n", 0.5), ("month", 6.0)),
    "halv": (("r", 0.5), ("n", 2.0)),
    "runn": (("o", 2), ("n", 2.0)),
    "quar": (("r", 0.25), ("quarter", 1), ("month", 3.0)),
    "deca": (("month", 120.0), ("n", 10.0)),
    "cent": (("month", 1200.0), ("n", 100.0), ("o", 100)),
    "bice": (("month", 2400.0), ("n", 200.0), ("o", 200)),
    "fort": (("s", 1209600.0), ("n", 14.0)),
}


def _loose(at: Place) -> list[Fact]:
    word = at.match["loose"]
    weight = Weight.SMALL if word == "half" else Weight.LOOSE
    return [at.fact(Kind.NUMBER, *LOOSE[word[:4]], weight=weight)]


READERS: dict[str, Reader] = {
    "name": _name,
    "fraction": _fraction,
    "scale": _scale,
    "ordinal": _ordinal,
    "tens": _tens,
    "loose": _loose,
}
