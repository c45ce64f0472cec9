"""The titles of an English text, and whose they are."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from pubkit.model import Span
from pubkit.names.spans import Places
from pubkit.names.titles.holders import Holders
from pubkit.names.titles.kinds import AgreedTitle, Holder, Title
from pubkit.names.titles.offices import (
    Form,
    HanOffice,
    Office,
    Sense,
    added_modifiers,
    find_han_offices,
    find_offices,
    is_field,
)
from pubkit.patterns import pattern


def find_titles(
    english: str, holders: Sequence[Holder], agreed: Sequence[AgreedTitle]
) -> list[Title]:
    """Return the titles of an English text, agreed ones as agreed, each with its holder."""
    names = Places(holder.english for holder in holders if holder.english)
    offices = [  # none that is part of a person's name: James Dean
        office
        for office in find_offices(english)
        if not is_body(english, office) and not names.touch(office.span.start, office.span.start)
    ]
    titles = [
        Title(span=office.span, text=office.text, office=office, senses=office.senses)
        for office in offices
    ]
    for title in agreed:
        if not BODY_AFTER.match(english, title.span.end):
            titles = _with_agreed(titles, title, english)
    titles.sort(key=lambda title: title.span.start)
    return assign_holders(titles, holders, english)


def titles_of(english: str) -> dict[str, tuple[Span, ...]]:
    """Return the titles that a text writes with capitals, each with its places.

    They are what a termbase might agree on: no plurals, no ``Dr.``, no ``Office of the President``.
    """
    found: dict[str, tuple[Span, ...]] = {}
    for office in find_offices(english):
        is_title = office.is_capitalized and not office.is_plural and office.base not in FREE_BASES
        if is_title and not is_body(english, office):
            text = office.text.lstrip(SMALL)  # now Honorary Adviser
            span = Span(office.span.end - len(text), office.span.end)
            phrase = " ".join(text.split())
            found[phrase] = (*found.get(phrase, ()), span)
    return found


SMALL = "abcdefghijklmnopqrstuvwxyz -"
"""What stands before the first capital of a title."""
BODY_BEFORE = pattern(
    r"(?:Board|Boards|Council|Committee|College|Court|Offices?|Conference|Forum|Meeting"
    r"|Association|Alliance|Society|Institute|Academy|School|Union|House|Order|Guild|Federation"
    r"|Chamber|Bench|Panel|Summit|Day|Department|Ministry) (?:of|for) (?:the |its |our )?\Z"
)
BODY_AFTER = pattern(
    r"(?:['’]s?|s['’])? (?:Offices?|Forum|Awards?|Prize|Cup|Medal|Residence|Council|Alliance"
    r"|Association|Conference|Meeting|Guild|Committee|Fund|House|Palace|Hotel|Summit|Day|Club"
    r"|Dinner|Reception|Roundtable|Address|Speech|Message|Report|Programme|Program|Project|Plan"
    r"|Team|Scheme|Certificate|Training|Workshop|Assembly|Hospital|Scholarship|Lounge|Suite"
    r"|Network|Board|Degree|Trophy|List|Square|Road|Street|Avenue|Center|Centre|Sciences?"
    r"|Scholars?|Library|Hall|Building|Airport|Bridge|teams?|training|courses?|corps|associations?"
    r"|station|unit|schools?)\b"
)


def is_body(english: str, office: Office) -> bool:
    """Tell whether an office is part of the name of a body: ``Office of the President``."""
    return _is_in_body(english, office.span.start, office.span.end)


@lru_cache(maxsize=1024)
def _is_in_body(english: str, start: int, end: int) -> bool:
    return bool(
        BODY_AFTER.match(english, end) or BODY_BEFORE.search(english, max(0, start - 40), start)
    )


def _with_agreed(titles: list[Title], agreed: AgreedTitle, english: str) -> list[Title]:
    """Return the titles with one of them understood as agreed, or with a new one."""
    inside = [
        title
        for title in titles
        if title.span.start < agreed.span.end and agreed.span.start < title.span.end
    ]
    rest = [title for title in titles if title not in inside]
    main = _main_title(inside)
    if agreed.text in HONORIFICS or (main and main.office and main.office.base in FREE_BASES):
        return titles
    span = Span(
        min([agreed.span.start, *(title.span.start for title in inside)]),
        max([agreed.span.end, *(title.span.end for title in inside)]),
    )
    senses, phrases = _agreed_senses(main.modifiers if main else frozenset(), agreed.forms)
    title = Title(
        span=span,
        text=english[span.start : span.end],
        office=main.office if main else None,
        senses=senses,
        phrases=phrases,
        forms=agreed.forms,
    )
    return [*rest, title]


def _main_title(titles: Sequence[Title]) -> Title | None:
    return titles[0] if titles else None


HONORIFICS = frozenset(["Mr.", "Mr", "Ms.", "Ms", "Mrs.", "Mrs", "Miss", "Madam", "Sir"])
"""They may be left out and added."""
FREE_BASES = frozenset(["dr", "doctor"])
"""What stands before a name by courtesy: 博士 or 医生, and nothing beside a weightier title."""
COURTESY_BASES = FREE_BASES | {"justice"}
"""What another title of the same person makes superfluous: ``Mr Justice Kwok, a judge``."""


@lru_cache(maxsize=1024)
def _read(form: str) -> HanOffice | None:
    offices = find_han_offices(form)
    return offices[-1] if offices else None


@lru_cache(maxsize=1024)
def _agreed_senses(
    modifiers: frozenset[str], forms: tuple[str, ...]
) -> tuple[tuple[Sense, ...], tuple[str, ...]]:
    """Return how the agreed renderings are to be understood; as phrases, if not as offices."""
    senses: list[Sense] = []
    phrases: list[str] = []
    for form in forms:
        han = _read(form)
        if not han or form[han.span.end :].strip("（）()") not in ("", form[han.span.end :][1:-1]):
            phrases.append(form)
        else:
            own = added_modifiers(modifiers, han.form.modifiers, han.form.base)
            head = form[: han.span.start]
            rendering = Form(han.form.base, own, head if is_field(head) else "")
            senses.append(Sense(modifiers, frozenset([rendering])))
    return tuple(senses), tuple(phrases)


# ---------------------------------------------------------------- whose title it is


ARTICLES = (
    r"(?:the|a|an|its|our|their|his|her|then|now|current|currently|former|as|is|was|who|has been"
    r"|formerly|previously|once|both|all|also|concurrently"
    r"|became|becomes|will|be|(?:re-?)?elected|appointed|named|remains|serves|served)"
)
BETWEEN_NAME_AND_TITLE = pattern(
    rf"['’]?\s?(?:[（(][^()（）]{{0,60}}[)）]\s?)?[,:（(–—-]?\s?(?:\s?\b{ARTICLES}\b)*\s?"
    r"(?:[a-z]+['’]s? )?"
    r"(?:(?:[A-Z][\w’'&.-]*|of|the|for|and)['’]?s? ){0,7}"
)
BETWEEN_TITLE_AND_NAME = pattern(
    r"\.?['’]?\s|(?: (?:of|for|at) the [a-z]+)?, (?:(?:Dame|Sir|Mr|Ms|Mrs)\.? )?"
    r"|(?: (?:of|for|at|in) (?:(?!and\b|with\b|met\b|said\b)[\w’'&-]+ ){1,7})"
    r"|(?: (?:of|for|at) (?:[\w’'&-]+ ){1,7}?)? ?(?:is|was|remains|will be|has been) (?:now )?"
    r"(?:(?:Dame|Sir|Mr|Ms|Mrs|Dr|Prof|Professor|Madam|Justice|Judge)\.? ){0,2}"
)
BETWEEN_TITLES = pattern(
    r"(?: (?:of|for|at|in) [^;:.!?，。“”\",/]{1,60}?)?\s?/\s?[\w ]{0,40}"
    r"|,?\s(?:and |& |concurrently |(?:as )?well as |the |a |an |also |cum )*|\s?/\s?|, "
    r"|\.?\s"
    r"|(?: \([^()]{0,40}\))?(?: (?:of|for|at|in) [^;:.!?，。“”\"]{1,90}?)?,? and "
    r"(?:the |a |an |its |also |concurrently |now )*"
    r"|(?: (?:of|for|at|in) [^;:.!?，。“”\",]{1,90}?)?, "
    r"(?:is |was |has been |will be |becomes |became )?(?:appointed |elected |named )?"
    r"(?:the |a |an )?"
)
ASSERTED = pattern(
    r"\b(?:as|elected|appointed|named|becomes?|became|remains?|served?|serves|serving|been"
    r"|made|promoted to|succeeds?|succeeded) (?:an? |the |its |his |her |their |our )?"
    r"(?:[\w-]+['’]s )?(?:new |next |first )?\Z"
)
"""Whether it is preceded by ``elected``."""
FORMAL = pattern(r"[\w)], (?:the |now |then )?\Z")
"""What stands before an office that follows a name: ``Li Na, Curator of Robotics``."""


def assign_holders(titles: list[Title], persons: Sequence[Holder], english: str) -> list[Title]:
    """Return the titles with the persons to whom they belong."""
    holders = Holders(persons)
    for title in titles:
        title.holder = _holder_right_after(title.span, holders, english)
        before = english[max(0, title.span.start - 40) : title.span.start]
        title.is_asserted = ASSERTED.search(before) is not None
        title.is_formal = FORMAL.search(before) is not None
    for find in (_holder_before, _holder_of_next, _holder_after, _holder_of_last):
        for index in range(len(titles) - 1, -1, -1):
            if titles[index].holder is None:
                titles[index].holder = find(titles, index, holders, english)
    return titles


def _holder_right_after(span: Span, holders: Holders, english: str) -> int | None:
    """Return who is named right after a title: ``Dean Tian``."""
    for number in holders.beginning_in(span.end + 1, span.end + 4):
        place = holders.persons[number].english
        if place and not english[span.end : place.start].strip(".'’ \u00a0"):
            return number
    return None


def _holder_before(
    titles: Sequence[Title], index: int, holders: Holders, english: str
) -> int | None:
    """Return who stands before a title in apposition: ``Tian Yonghong, the Dean``."""
    span = titles[index].span
    number = holders.last_before(span.start)
    place = holders.persons[number].english if number is not None else None
    if not place or span.start - place.end >= FARTHEST:
        return None
    between = english[place.end : span.start]
    if between == " ":
        is_chosen = CHOSEN.search(english, max(0, place.start - 60), place.start)
        return number if is_chosen else None
    is_near = BETWEEN_NAME_AND_TITLE.fullmatch(between)
    return number if is_near and between.strip() not in ("", "and", "and the") else None


FARTHEST = 120
"""So many characters from a name no title belongs to it."""


CHOSEN = pattern(r"\b(?:re-?)?(?:elect|appoint|nam|nominat|choos)(?:ed|es|ing|s|e)?\b[^.;:]*\Z")
"""Whether it is said before the name that someone becomes what stands behind it."""


def _holder_of_next(
    titles: Sequence[Title], index: int, holders: Holders, english: str
) -> int | None:
    """Return whose the next title is, if both go together: ``Academician and Professor Tian``."""
    if index + 1 == len(titles):
        return None
    title, follower = titles[index], titles[index + 1]
    if follower.holder is None or not _are_joined(title, follower, english, holders):
        return None
    return follower.holder if starts_after(holders.persons[follower.holder], follower) else None


def _holder_after(
    titles: Sequence[Title], index: int, holders: Holders, english: str
) -> int | None:
    """Return who is named after a title and its body: ``the dean of the school, Tian Yonghong``."""
    span = titles[index].span
    number = next(iter(holders.beginning_in(span.end + 1, span.end + 80)), None)
    place = holders.persons[number].english if number is not None else None
    if not place:
        return None
    return number if BETWEEN_TITLE_AND_NAME.fullmatch(english, span.end, place.start) else None


def _holder_of_last(
    titles: Sequence[Title], index: int, holders: Holders, english: str
) -> int | None:
    """Return whose the title before is, if both go together: ``Tian, Dean and Professor``."""
    for at in range(index - 1, -1, -1):
        if not _are_joined(titles[at], titles[at + 1], english, holders):
            return None
        holder = titles[at].holder
        if holder is not None:
            return None if starts_after(holders.persons[holder], titles[at]) else holder
    return None


def starts_after(holder: Holder, title: Title) -> bool:
    """Tell whether a name stands behind a title."""
    return bool(holder.english and holder.english.start >= title.span.end)


def _are_joined(one: Title, two: Title, english: str, holders: Holders) -> bool:
    between = english[one.span.end : two.span.start]
    if len(between) > FARTHEST or not BETWEEN_TITLES.fullmatch(between):
        return False
    return not holders.beginning_in(one.span.end, two.span.start)


# ---------------------------------------------------------------- persons


NAME_BEHIND = pattern(
    r"(?:\.?\s|, (?=(?:Dame|Sir|Mr|Ms|Mrs)\b))(?:(?:Dame|Sir|Mr|Ms|Mrs)\.?\s)?"
    r"((?:[A-Z][\w’'-]+|[A-Z]\.)(?: (?:[A-Z][\w’'-]+|[A-Z]\.)){0,3})"
)
NAME_BEFORE = pattern(
    r"((?:\b[A-Z][\w’'-]+)(?: (?:[A-Z][\w’'-]+|[A-Z]\.|van|von|de|der|al|bin)){1,4}"
    r"|(?:\A|(?<=[.!?”\"] ))[A-Z][\w’'-]+),"
    r" (?:the |a |an |its |our )?\Z"
)


def unknown_holders(english: str, holders: Sequence[Holder]) -> Iterator[Holder]:
    """Yield who must be a person, for an office stands right before the capitalised words."""
    known = Places(holder.english for holder in holders if holder.english)
    found: list[Span] = []
    for office in find_offices(english):
        is_noun = office.is_common and not office.modifiers
        if not office.is_capitalized or is_noun or is_body(english, office):
            continue
        start = office.span.start
        match = NAME_BEHIND.match(english, office.span.end)
        if not match and english[max(0, start - 6) : start].find(", ") >= 0:
            match = NAME_BEFORE.search(english, max(0, start - 60), start)
        if match:
            span = Span(*match.span(1))
            near = Span(min(span.start, office.span.start), max(span.end, office.span.end))
            is_new = not any(near.start < one.end and one.start < near.end for one in found)
            is_free = is_new and not known.touch(near.start, near.end)
            if is_free and all(one.is_plain for one in find_offices(match[1])):
                found.append(span)
                yield Holder(name=match[1], english=span, chinese=None)


def without_title(holder: Holder, english: str) -> Holder:
    """Return a person whose name begins behind the title: an alias may be ``Dr. Pan``."""
    if not holder.english:
        return holder
    start, end = holder.english.start, holder.english.end
    head = english[start:end].split(maxsplit=1)[0]
    offices = find_offices(head) and find_offices(english[start:end])
    if not offices or offices[0].is_plain or offices[0].span.start:
        return holder
    if offices[0].span.end == end - start:
        return holder
    rest = english[start + offices[0].span.end : end]
    return replace(holder, english=Span(end - len(rest.lstrip(". \u00a0")), end))
