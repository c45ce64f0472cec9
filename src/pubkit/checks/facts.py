"""Does the translation say the same figures, dates, times and amounts?

``facts.comparison`` finds the differences once for each text; every check here reports those of
its kind. A fault is one finding: **number** where only the figure differs, whatever it measures
(``320万美元`` for ``US$3.3 million``), and where a figure is lost or added; **currency** and
**unit** where the figure is right and what it measures is not; **percent** for a share that has
another value, or has lost its sign; **ordinal**, **date**, **time**, **weekday** and **phone** for
any part of those, as the translation writes them.
A fact that moved to a neighbouring text is no fault.
"""

from collections.abc import Callable, Iterator

from pubkit.checks.pair import Pair, Translation
from pubkit.checks.registry import check
from pubkit.facts.calendar import misnamed_days
from pubkit.facts.comparison import Cause, Difference, compare
from pubkit.facts.english.patterns import MONTHS as MONTH_BEGINNINGS
from pubkit.facts.values import Fact, Kind
from pubkit.messages import gettext as _
from pubkit.model import Mention, Problem, Role, Severity
from pubkit.patterns import pattern


def _may_differ(pair: Pair) -> bool:
    return bool(pair.once(_faults))


def _may_be_misnamed(pair: Pair) -> bool:
    text = pair.target_prose.text
    return (
        bool(pair.once(_faults))
        or ("年" in text and any(day in text for day in "周期拜"))
        or ("day" in text)
    )


@check(Pair, severity=Severity.ERROR, only_if=_may_differ)
def number(pair: Pair) -> Iterator[Problem]:
    """A figure of the source has another value in the translation, is lost, or is new there.

    Why:
        Nobody recounts: what stands in the translation is quoted, and the publisher answers for it.

    Bad:
        They represent 26 universities. → 他们来自62所高校。

    Good:
        They represent 26 universities. → 他们来自二十六所高校。

        US$3.2 million for more than 20 years → 20多年共320万美元

    Source:
        GB/T 15835-2011, which lets Chinese write a number in digits, in numerals or with 万 and 亿.
    """
    return _problems(pair, Kind.NUMBER)


@check(Pair, severity=Severity.ERROR, only_if=_may_differ)
def date(pair: Pair) -> Iterator[Problem]:
    """A date of the translation is another day, month or year than in the source.

    Why:
        Guests come on the wrong day; deadlines pass.

    Bad:
        The fair opens on 8 May 2024. → 博览会于2024年8月5日开幕。

    Good:
        The fair opens on 8 May 2024. → 博览会于2024年5月8日开幕。

    Source:
        GB/T 7408.1-2023 (ISO 8601-1): year, month, day.
    """
    return _problems(pair, Kind.DATE)


@check(Pair, severity=Severity.ERROR, only_if=_may_differ)
def time(pair: Pair) -> Iterator[Problem]:
    """A time of the translation is another one than in the source.

    Why:
        Half a day is lost where p.m. becomes 上午.

    Bad:
        Doors open at 2:30 p.m. → 上午2时30分开门。

    Good:
        Doors open at 2:30 p.m. → 下午2时30分开门。

        Doors open at 2:30 p.m. → 14:30开门。

    Source:
        GB/T 7408.1-2023 (ISO 8601-1): the clock of 24 hours.
    """
    return _problems(pair, Kind.TIME)


@check(Pair, severity=Severity.ERROR, only_if=_may_be_misnamed)
def weekday(pair: Pair) -> Iterator[Problem]:
    """A day of the week is another one than in the source, or than the date beside it has.

    Why:
        A weekday is there to make sure of the date; a wrong one makes sure of nothing.

    Bad:
        The jury meets on Thursday. → 评委会星期三开会。

        Friday, 12 March 2026 → 2026年3月12日（星期五）

    Good:
        The jury meets on Thursday. → 评委会周四开会。

    Source:
        GB/T 7408.1-2023 (ISO 8601-1): Monday is the first day of the week.
    """
    yield from _problems(pair, Kind.WEEKDAY)
    if not pair.once(_faults):
        yield from _misnamed_days(pair)


@check(Pair, severity=Severity.ERROR, only_if=_may_differ)
def currency(pair: Pair) -> Iterator[Problem]:
    """An amount of money has another currency than in the source, or has lost it.

    Why:
        A dollar is worth seven yuan.

    Bad:
        The grant is worth US$3.2 million. → 资助金额为320万元。

    Good:
        The grant is worth US$3.2 million. → 资助金额为320万美元。

    Source:
        ISO 4217; 元 alone is the yuan of the People's Republic.
    """
    return _problems(pair, Kind.CURRENCY)


@check(Pair, severity=Severity.ERROR, only_if=_may_differ)
def unit(pair: Pair) -> Iterator[Problem]:
    """A figure has another unit of measure than in the source, or has lost it.

    Why:
        A dose in grams instead of milligrams is a thousand doses.

    Bad:
        The quay is 850 metres long. → 码头长850公里。

    Good:
        The quay is 850 metres long. → 码头长0.85公里。

    Source:
        GB 3100-1993: the SI and its prefixes; a converted value stands beside the original one.
    """
    return _problems(pair, Kind.UNIT)


@check(Pair, severity=Severity.ERROR, only_if=_may_differ)
def percent(pair: Pair) -> Iterator[Problem]:
    """A share has another value or no sign, or is in per mille or percentage points instead.

    Why:
        A share becomes a number of things; a rise by points is not one by per cent.

    Bad:
        Sales rose by 38 percent. → 销售增长38。

        Sales rose by 38 percent. → 销售增长83%。

    Good:
        Sales rose by 40 percent. → 销售增长四成。

    Source:
        GB/T 15835-2011; 百分点 are percentage points.
    """
    return _problems(pair, Kind.PERCENT)


@check(Pair, severity=Severity.ERROR, only_if=_may_differ)
def ordinal(pair: Pair) -> Iterator[Problem]:
    """A place in a sequence is another one than in the source.

    Why:
        The wrong session, floor or rank is a wrong fact like any other.

    Bad:
        The 12th meeting was held. → 第十三次会议召开。

    Good:
        The 12th meeting was held. → 第12次会议召开。

    Source:
        GB/T 15835-2011; 第 makes an ordinal number.
    """
    return _problems(pair, Kind.ORDINAL)


@check(Pair, severity=Severity.ERROR, only_if=_may_differ)
def phone(pair: Pair) -> Iterator[Problem]:
    """A telephone number has other digits than in the source.

    Why:
        Somebody else is called.

    Bad:
        Call +86 574 5550 0146. → 电话：+86 574 5550 0164

    Good:
        Call +86 574 5550 0146. → 电话：0574-55500146

    Source:
        ITU-T E.123: separators are free; the trunk prefix 0 stands for the country code.
    """
    return _problems(pair, Kind.PHONE)


def _misnamed_days(pair: Pair) -> Iterator[Problem]:
    """Yield days of the week, equal in both texts, that are not those of their dates."""
    text = pair.target_prose.text
    if not pair.is_english_chinese:
        return
    for start, end in misnamed_days(text, is_chinese=pair.translation.is_into_chinese):
        yield Problem(
            message=_("“{target}” is another day of the week").format(target=text[start:end]),
            span=pair.target_prose.span(start, end),
            severity=Severity.WARNING,
        )


# ---------------------------------------------------------------- what differs


def _problems(pair: Pair, kind: Kind) -> Iterator[Problem]:
    return (_problem(one, pair) for one in pair.once(_faults) if one.kind is kind)


def _problem(difference: Difference, pair: Pair) -> Problem:
    fact = difference.target
    return Problem(
        message=MESSAGES[difference.cause]().format(
            source=_said(difference.source, pair.source_prose.text),
            target=_said(fact, pair.target_prose.text),
        ),
        span=pair.target_prose.span(fact.start, fact.end) if fact else None,
        severity=None if difference.is_certain else Severity.WARNING,
    )


MESSAGES: dict[Cause, Callable[[], str]] = {
    Cause.CHANGED: lambda: _("“{target}” is not what the source says: “{source}”"),
    Cause.LOST: lambda: _("“{source}” of the source is missing"),
    Cause.ADDED: lambda: _("“{target}” is not in the source"),
    Cause.UNIT_CHANGED: lambda: _("“{target}” has another unit than “{source}”"),
    Cause.UNIT_LOST: lambda: _("“{target}” has lost the unit of “{source}”"),
    Cause.UNIT_ADDED: lambda: _("“{target}” has a unit that “{source}” has not"),
    Cause.COMPLETED: lambda: _("“{target}” says a year or a month that the source does not"),
    Cause.MADE_EXACT: lambda: _("“{target}” is exact; “{source}” of the source is not"),
    Cause.REVERSED: lambda: _("“{target}” lies on the other side of the figure than “{source}”"),
}


def _said(fact: Fact | None, text: str) -> str:
    return text[fact.start : fact.end].strip() if fact else ""


GATE = pattern(
    r"[\d０-９]|[二两三四五六七八九][十百千万亿]|十[一二三四五六七八九]|分之|[周期拜][一二三四五六日]"
    r"|[一二三四五六七八九]成|第[二三四五六七八九]|[上下]午|早上|晚上|傍晚|凌晨"
)
"""What a Chinese text must hold for a fact that its source could lack."""
NUMBER_WORDS = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty"
    " ninety hundred thousand million billion trillion third fourth fifth sixth seventh eighth"
    " ninth tenth eleventh twelfth twentieth thirtieth fortieth fiftieth hundredth monday"
    " tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays"
    " fridays saturdays sundays noon midnight quarter january february april june july august"
    " september october november december tens dozens hundreds thousands millions billions"
    " percent thirds quarters fifths nineties eighties morning afternoon evening first second"
    " half halved doubled doubling tripled tripling twice dozen"
)
WORDS = frozenset(NUMBER_WORDS.split())
WORD = pattern(r"[a-z]+")
DIGIT = pattern(r"\d")


def _has_facts(pair: Pair) -> bool:
    """Whether either side may say a fact; most texts say none."""
    english = pair.english
    return (
        bool(DIGIT.search(english))
        or bool(GATE.search(pair.chinese))
        or not WORDS.isdisjoint(WORD.findall(english.lower()))
    )


def _differences(pair: Pair) -> tuple[Difference, ...]:
    """Return the differences of a text and its translation by themselves."""
    if not pair.is_english_chinese or not _has_facts(pair):
        return ()
    return compare(
        pair.source_prose.text,
        pair.target_prose.text,
        is_into_chinese=pair.translation.is_into_chinese,
    )


def _faults(pair: Pair) -> tuple[Difference, ...]:
    """Return the differences that neither the neighbours nor the agreed names explain."""
    found = pair.once(_differences)
    return found and tuple(
        difference
        for difference in found
        if not _is_of_a_name(difference, pair)
        and not _is_known_date(difference, pair)
        and not _is_known_figure(difference, pair)
        and not _is_of_a_slogan(difference, pair)
        and not _has_moved(difference, pair)
    )


def _has_moved(difference: Difference, pair: Pair) -> bool:
    """Whether a neighbouring text has gained what this one lost, or the reverse."""
    opposite = {Cause.LOST: Cause.ADDED, Cause.ADDED: Cause.LOST}.get(difference.cause)
    fact = difference.source or difference.target
    if not opposite or not fact:
        return False
    return any(
        other.cause is opposite and _is_same(fact, other.source or other.target)
        for neighbour in pair.neighbours()
        for other in neighbour.once(_differences)
    )


HEADLINES = frozenset({Role.TITLE, Role.SUBTITLE, Role.KICKER, Role.HEADING})
SLOGAN = pattern("[“「][^“”「」]*[”」]")


def _is_of_a_slogan(difference: Difference, pair: Pair) -> bool:
    """Whether a headline leaves out the motto of an event, and the numeral in it."""
    fact = difference.source
    if difference.cause is not Cause.LOST or not fact or not pair.roles & HEADLINES:
        return False
    text = pair.source_prose.text
    return not DIGIT.search(text[fact.start : fact.end]) and any(
        match.start() < fact.start < match.end() for match in SLOGAN.finditer(text)
    )


def _is_same(fact: Fact, other: Fact | None) -> bool:
    return other is not None and not {*fact.readings}.isdisjoint(other.readings)


def _is_known_date(difference: Difference, pair: Pair) -> bool:
    """Whether a year or a month was added that the document says elsewhere."""
    fact = difference.target
    if difference.cause not in (Cause.ADDED, Cause.COMPLETED) or not fact:
        return False
    known = pair.translation.once(_years_and_months)
    dates = [value for _name, value in fact.readings if isinstance(value, tuple)]
    if difference.cause is Cause.ADDED:
        dates = [date for date in dates if date[1:] == (None, None)]
    return any({date[0], date[1]} <= known for date in dates)


MONTHS = {name.capitalize(): number for number, name in enumerate(MONTH_BEGINNINGS, start=1)}
YEAR_OR_MONTH = pattern(rf"\d{{4}}|\d{{1,2}}(?=月)|\b(?:{'|'.join(MONTHS)})(?=[a-z]*\b)")


def _is_known_figure(difference: Difference, pair: Pair) -> bool:
    """Whether a number was added that the document says elsewhere: 25 of the 25 fellows."""
    fact = difference.target
    if difference.cause is not Cause.ADDED or not fact or fact.kind is not Kind.NUMBER:
        return False
    face = fact.face or 0
    return face >= LEAST_FIGURE and f"{face:.0f}" in pair.translation.once(_figures)


LEAST_FIGURE = 20
MOST_TEXTS = 300
"""Texts of a report; in a book, any figure stands somewhere."""
FIGURE = pattern(r"(?<![\d.])\d{1,3}(?:,\d{3})+(?![\d.])|(?<![\d.])\d{2,}(?![\d.])")


def _figures(translation: Translation) -> frozenset[str]:
    """Return the figures of two digits and more that the source has somewhere."""
    if len(translation.pairs) > MOST_TEXTS:
        return frozenset()
    texts = (pair.source for pair in translation.pairs)
    return frozenset(one.replace(",", "") for text in texts for one in FIGURE.findall(text))


def _years_and_months(translation: Translation) -> frozenset[int | None]:
    """Return all years and months that the source names somewhere."""
    texts = (pair.source for pair in translation.pairs)
    found = {name for text in texts for name in YEAR_OR_MONTH.findall(text)}
    return frozenset((None, *(MONTHS.get(name) or int(name) for name in found)))


def _is_of_a_name(difference: Difference, pair: Pair) -> bool:
    """Whether a figure is part of a name that is rendered as agreed."""
    rendered = [mention for mention in pair.mentions if _rendering(mention, pair)]
    if not rendered:
        return False
    source, target = difference.source, difference.target
    if source and not any(
        mention.span.start <= source.start and source.end <= mention.span.end
        for mention in rendered
    ):
        return False
    return not target or any(_is_within(target, mention, pair) for mention in rendered)


def _rendering(mention: Mention, pair: Pair) -> str:
    forms = (mention.term.target, *mention.term.renderings)
    return next((form for form in forms if form and form in pair.target_prose.text), "")


def _is_within(fact: Fact, mention: Mention, pair: Pair) -> bool:
    form, text = _rendering(mention, pair), pair.target_prose.text
    start = text.rfind(form, 0, fact.start + len(form))
    return start >= 0 and start <= fact.start and fact.end <= start + len(form)
