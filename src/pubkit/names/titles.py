"""Compare the titles and offices of persons in an English text and its Chinese counterpart.

::

    Zeng Yiwei, Director of the YMA      曾一苇馆长           the same
    Deputy Director Kang Lu              康露馆长             changed: 副 is lost
    Secretary-General Ren Jian           任简                 lost

Offices are compared as sets first, for Chinese names an office once where English repeats it or
gives it to several persons at once; then person by person, where both texts have the office
right beside the name. What a free translation may do is not told: see ``_is_dispensable``.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache

from pubkit.model import Span
from pubkit.names.offices import (
    Form,
    HanOffice,
    Office,
    Sense,
    added_modifiers,
    english_modifiers_for,
    find_han_offices,
    find_offices,
    is_same_base,
    lost_modifiers,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """A person as far as titles are concerned: where both texts have the name."""

    name: str
    english: Span | None
    chinese: Span | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedTitle:
    """A title of the termbase where the source has it, and the forms that may render it."""

    span: Span
    text: str
    forms: tuple[str, ...]


class TitleFaultKind(StrEnum):
    """What has become of a title."""

    LOST = "lost"
    CHANGED = "changed"
    NOT_AS_AGREED = "not as agreed"


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleFault:
    """A title that the two texts do not have alike."""

    kind: TitleFaultKind
    english: Span | None
    """The title in English; None if nothing there is its counterpart."""
    chinese: Span | None
    """The title in Chinese; None if nothing there is its counterpart."""
    holder: str | None
    """The person's name."""
    forms: tuple[str, ...] = ()
    """What should stand in the translation, the agreed form first."""
    is_certain: bool = True


def compare_titles(
    english: str,
    chinese: str,
    *,
    holders: Sequence[Holder] = (),
    agreed: Sequence[AgreedTitle] = (),
    is_into_chinese: bool = True,
    may_drop: bool = False,
) -> list[TitleFault]:
    """Return the titles that one of the texts lost or changed.

    Args:
        english: The words of the English side.
        chinese: The words of the Chinese side.
        holders: The persons named.
        agreed: The titles of the termbase in the source text.
        is_into_chinese: Which side is the source.
        may_drop: Whether the text is one that may leave titles out, such as a caption.
    """
    holders = [_without_title(holder, english) for holder in holders]
    holders = sorted(
        [*holders, *_unknown_holders(english, holders)],
        key=lambda holder: holder.english.start if holder.english else -1,
    )
    titles = _english_titles(english, holders, agreed if is_into_chinese else ())
    hans = find_han_offices(chinese)
    if not titles and not hans:
        return []
    agreed_hans = () if is_into_chinese else agreed
    comparison = _Comparison(
        english, chinese, titles, hans, holders, agreed_hans, may_drop=may_drop
    )
    return comparison.faults_of_chinese() if is_into_chinese else comparison.faults_of_english()


def may_have_titles(
    english: str, chinese: str, agreed: Sequence[AgreedTitle], *, is_into_chinese: bool
) -> bool:
    """Tell whether there is anything to compare; it takes little time."""
    if agreed or (not is_into_chinese and find_han_offices(chinese)):
        return True
    return any(not office.is_common or office.is_capitalized for office in find_offices(english))


NAME_BEHIND = re.compile(r"\.?\s((?:[A-Z][\w’'-]+|[A-Z]\.)(?: (?:[A-Z][\w’'-]+|[A-Z]\.)){0,3})")
NAME_BEFORE = re.compile(
    r"((?:\b[A-Z][\w’'-]+)(?: (?:[A-Z][\w’'-]+|[A-Z]\.|van|von|de|der|al|bin)){1,4}),"
    r" (?:the |a |an |its |our )?\Z"
)


def _unknown_holders(english: str, holders: Sequence[Holder]) -> Iterator[Holder]:
    """Yield who must be a person, for an office stands right before the capitalised words."""
    taken = [holder.english for holder in holders if holder.english]
    for office in find_offices(english):
        if not office.is_capitalized or office.is_common or _is_body(english, office):
            continue
        start = office.span.start
        match = NAME_BEHIND.match(english, office.span.end)
        if not match and english[max(0, start - 6) : start].find(", ") >= 0:
            match = NAME_BEFORE.search(english, max(0, start - 60), start)
        if match:
            span = Span(*match.span(1))
            near = Span(min(span.start, office.span.start), max(span.end, office.span.end))
            is_free = not any(near.start < one.end and one.start < near.end for one in taken)
            if is_free and not find_offices(match[1]):
                taken.append(span)
                yield Holder(name=match[1], english=span, chinese=None)


def _without_title(holder: Holder, english: str) -> Holder:
    """Return a person whose name begins behind the title: an alias may be ``Dr. Pan``."""
    if not holder.english:
        return holder
    start, end = holder.english.start, holder.english.end
    head = english[start:end].split(maxsplit=1)[0]
    offices = find_offices(head) and find_offices(english[start:end])
    if not offices or offices[0].span.start or offices[0].span.end == end - start:
        return holder
    rest = english[start + offices[0].span.end : end]
    return replace(holder, english=Span(end - len(rest.lstrip(". \u00a0")), end))


# ---------------------------------------------------------------- titles left as they are


LATIN = re.compile(r"[A-Za-z]{2}")
HAN = re.compile(r"[\u4e00-\u9fff]")


def find_untranslated(
    source: str,
    target: str,
    *,
    agreed: Sequence[AgreedTitle] = (),
    languages: tuple[str, str] | None = None,
) -> Iterator[tuple[Span, Span]]:
    """Yield the titles that stand in the target as in the source: where, and where there.

    Args:
        source: The words of the source.
        target: The words of the translation.
        agreed: The titles of the termbase in the source; they may be of any language.
        languages: ``("en", "zh")`` or ``("zh", "en")``, if these are the languages.
    """
    if languages and not (LATIN if languages[0] == "en" else HAN).search(target):
        return
    spans = {title.span: title.text for title in agreed if not _stays(title)}
    taken = {title.span for title in agreed}
    if languages:
        for span, text in _known_titles(source, languages[0]):
            if not any(other.start < span.end and span.start < other.end for other in taken):
                spans[span] = text
    found: set[Span] = set()
    for there, text in spans.items():
        for here in _places(text, target):
            is_new = here not in found and not BODY_AFTER.match(target, here.end)
            if is_new and (_is_in_brackets(there, source) or not _is_in_brackets(here, target)):
                found.add(here)
                yield here, there
                break


def _stays(title: AgreedTitle) -> bool:
    return any(title.text in form for form in title.forms)


def _known_titles(source: str, lang: str) -> Iterator[tuple[Span, str]]:
    if lang == "en":
        for office in find_offices(source):
            is_acronym = office.text.isupper()
            if office.is_capitalized and not is_acronym and not _is_body(source, office):
                yield office.span, office.text
    else:
        for han in find_han_offices(source):
            if not han.is_common:
                yield han.span, han.text


def _places(text: str, target: str) -> Iterator[Span]:
    pattern = r"\s+".join(re.escape(word) for word in text.split())
    for match in re.finditer(rf"(?<![A-Za-z]){pattern}(?![A-Za-z])", target):
        yield Span(*match.span())


def _is_in_brackets(place: Span, text: str) -> bool:
    """Tell whether a title stands in brackets, or within the title of a work."""
    return any(
        text.rfind(opening, 0, place.start) > text.rfind(closing, 0, place.start)
        and closing in text[place.end :]
        for opening, closing in ("（）", "()", "《》")
    )


# ---------------------------------------------------------------- English titles


@dataclass(slots=True, kw_only=True, eq=False)
class _Title:
    """An English office as it stands in a text, agreed or known by the lexicon."""

    span: Span
    text: str
    office: Office | None
    senses: tuple[Sense, ...]
    phrases: tuple[str, ...] = ()
    """Agreed renderings that the lexicon cannot take apart."""
    forms: tuple[str, ...] = ()
    """All agreed renderings."""
    holder: int | None = None
    """The person to whom it belongs, by its place among the holders."""
    is_asserted: bool = False
    """Whether someone is said to be or become it: ``was elected President``."""

    @property
    def is_common(self) -> bool:
        return self.office is None or (self.office.is_common and not self.office.modifiers)

    @property
    def is_plural(self) -> bool:
        return self.office is not None and self.office.is_plural

    @property
    def modifiers(self) -> frozenset[str]:
        return self.office.modifiers if self.office else frozenset()


BODY_BEFORE = re.compile(
    r"(?:Board|Boards|Council|Committee|College|Court|Offices?|Conference|Forum|Meeting"
    r"|Association|Alliance|Society|Institute|Academy|School|Union|House|Order|Guild|Federation"
    r"|Chamber|Bench|Panel|Summit|Day|Department|Ministry) (?:of|for) (?:the |its |our )?\Z"
)
BODY_AFTER = re.compile(
    r"(?:['’]s?|s['’])? (?:Offices?|Forum|Awards?|Prize|Cup|Medal|Residence|Council|Alliance"
    r"|Association|Conference|Meeting|Guild|Committee|Fund|House|Palace|Hotel|Summit|Day|Club"
    r"|Dinner|Reception|Roundtable|Address|Speech|Message|Report|Programme|Program|Project|Plan"
    r"|Team|Scheme|Certificate|Training|Workshop|Assembly|Hospital|Scholarship|Lounge|Suite"
    r"|Network|Board|Degree|Trophy|List|Square|Road|Street|Avenue|Center|Centre|Sciences?"
    r"|Scholars?|Library|Hall|Building|Airport|Bridge)\b"
)


def _english_titles(
    english: str, holders: Sequence[Holder], agreed: Sequence[AgreedTitle]
) -> list[_Title]:
    offices = [office for office in find_offices(english) if not _is_body(english, office)]
    titles = [
        _Title(span=office.span, text=office.text, office=office, senses=office.senses)
        for office in offices
    ]
    for title in agreed:
        titles = _with_agreed(titles, title, english)
    titles.sort(key=lambda title: title.span.start)
    return _assigned(titles, holders, english)


def _is_body(english: str, office: Office) -> bool:
    """Tell whether an office is part of the name of a body: ``Office of the President``."""
    start, end = office.span.start, office.span.end
    return bool(
        BODY_AFTER.match(english, end) or BODY_BEFORE.search(english, max(0, start - 40), start)
    )


def _with_agreed(titles: list[_Title], agreed: AgreedTitle, english: str) -> list[_Title]:
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
    senses, phrases = _agreed_senses(main, agreed.forms)
    title = _Title(
        span=span,
        text=english[span.start : span.end],
        office=main.office if main else None,
        senses=senses,
        phrases=phrases,
        forms=agreed.forms,
    )
    return [*rest, title]


def _main_title(titles: Sequence[_Title]) -> _Title | None:
    return titles[0] if titles else None


HONORIFICS = frozenset(["Mr.", "Mr", "Ms.", "Ms", "Mrs.", "Mrs", "Miss", "Madam", "Sir"])
"""They may be left out and added."""
FREE_BASES = frozenset(["dr", "doctor"])
"""What stands before a name by courtesy: 博士 or 医生, and nothing beside a weightier title."""


@lru_cache(maxsize=1024)
def _read(form: str) -> HanOffice | None:
    offices = find_han_offices(form)
    return offices[-1] if offices else None


def _agreed_senses(
    main: _Title | None, forms: Sequence[str]
) -> tuple[tuple[Sense, ...], tuple[str, ...]]:
    """Return how the agreed renderings are to be understood; as phrases, if not as offices."""
    senses: list[Sense] = []
    phrases: list[str] = []
    for form in forms:
        han = _read(form)
        if not han or form[han.span.end :].strip("（）()") not in ("", form[han.span.end :][1:-1]):
            phrases.append(form)
        else:
            modifiers = main.modifiers if main else frozenset()
            own = added_modifiers(modifiers, han.form.modifiers, han.form.base)
            senses.append(Sense(modifiers, frozenset([Form(han.form.base, own)])))
    return tuple(senses), tuple(phrases)


# ---------------------------------------------------------------- whose title it is


ARTICLES = r"(?:the|a|an|its|our|their|his|her|then|now|current|currently|former|as|is|was|who is)"
BETWEEN_NAME_AND_TITLE = re.compile(
    rf"['’]?\s?(?:[（(][^()（）]{{0,60}}[)）]\s?)?[,:（(–—-]?\s?(?:\s?\b{ARTICLES}\b)*\s?"
    r"(?:(?:[A-Z][\w’'&.-]*|of|the|for|and)['’]?s? ){0,7}"
)
BETWEEN_TITLE_AND_NAME = re.compile(
    r"\.?['’]?\s|(?: (?:of|for|at) the [a-z]+)?, "
    r"|(?: (?:of|for|at|in) (?:(?!and\b|with\b|met\b|said\b)[\w’'&-]+ ){1,7})"
)
BETWEEN_TITLES = re.compile(
    r"(?: (?:of|for|at|in) [^;:.!?，。“”\",/]{1,60}?)?\s?/\s?[\w ]{0,40}"
    r"|,?\s(?:and |& |concurrently |(?:as )?well as |the |a |an |also |cum )*|\s?/\s?|, "
    r"|\.?\s"
    r"|(?: \([^()]{0,40}\))?(?: (?:of|for|at|in) [^;:.!?，。“”\"]{1,90}?)?,? and "
    r"(?:the |a |an |its |also |concurrently |now )*"
    r"|(?: (?:of|for|at|in) [^;:.!?，。“”\",]{1,90}?)?, (?:the |a |an )?"
)
ASSERTED = re.compile(
    r"\b(?:as|elected|appointed|named|becomes?|became|remains?|served?|serves|serving|been"
    r"|made|promoted to|succeeds?|succeeded) (?:an? |the |its |his |her |their |our )?"
    r"(?:new |next |first )?\Z"
)
"""Whether it is preceded by ``elected``."""


def _assigned(titles: list[_Title], holders: Sequence[Holder], english: str) -> list[_Title]:
    """Return the titles with the persons to whom they belong."""
    for title in titles:
        title.holder = _holder_right_after(title.span, holders, english)
        before = english[max(0, title.span.start - 40) : title.span.start]
        title.is_asserted = ASSERTED.search(before) is not None
    for find in (_holder_before, _holder_of_next, _holder_after, _holder_of_last):
        for index in range(len(titles) - 1, -1, -1):
            if titles[index].holder is None:
                titles[index].holder = find(titles, index, holders, english)
    return titles


def _holder_right_after(span: Span, holders: Sequence[Holder], english: str) -> int | None:
    """Return who is named right after a title: ``Dean Tian``."""
    for index, holder in enumerate(holders):
        if holder.english and 0 < holder.english.start - span.end < 4:
            if english[span.end : holder.english.start].strip(".'’ \u00a0") == "":
                return index
    return None


def _holder_before(
    titles: Sequence[_Title], index: int, holders: Sequence[Holder], english: str
) -> int | None:
    """Return who stands before a title in apposition: ``Tian Yonghong, the Dean``."""
    span = titles[index].span
    for number in range(len(holders) - 1, -1, -1):
        place = holders[number].english
        if place and place.end <= span.start:
            between = english[place.end : span.start]
            is_near = len(between) < 120 and BETWEEN_NAME_AND_TITLE.fullmatch(between)
            return number if is_near and between.strip() not in ("", "and", "and the") else None
    return None


def _holder_of_next(
    titles: Sequence[_Title], index: int, holders: Sequence[Holder], english: str
) -> int | None:
    """Return whose the next title is, if both go together: ``Academician and Professor Tian``."""
    if index + 1 == len(titles):
        return None
    title, follower = titles[index], titles[index + 1]
    if follower.holder is None or not _are_joined(title, follower, english, holders):
        return None
    return follower.holder if _starts_after(holders[follower.holder], follower) else None


def _holder_after(
    titles: Sequence[_Title], index: int, holders: Sequence[Holder], english: str
) -> int | None:
    """Return who is named after a title and its body: ``the dean of the school, Tian Yonghong``."""
    span = titles[index].span
    for number, holder in enumerate(holders):
        if holder.english and 0 < holder.english.start - span.end < 80:
            between = english[span.end : holder.english.start]
            return number if BETWEEN_TITLE_AND_NAME.fullmatch(between) else None
    return None


def _holder_of_last(
    titles: Sequence[_Title], index: int, holders: Sequence[Holder], english: str
) -> int | None:
    """Return whose the title before is, if both go together: ``Tian, Dean and Professor``."""
    for at in range(index - 1, -1, -1):
        if not _are_joined(titles[at], titles[at + 1], english, holders):
            return None
        holder = titles[at].holder
        if holder is not None:
            return None if _starts_after(holders[holder], titles[at]) else holder
    return None


def _starts_after(holder: Holder, title: _Title) -> bool:
    return bool(holder.english and holder.english.start >= title.span.end)


def _are_joined(one: _Title, two: _Title, english: str, holders: Sequence[Holder]) -> bool:
    between = english[one.span.end : two.span.start]
    if len(between) > 120 or not BETWEEN_TITLES.fullmatch(between):
        return False
    return not any(
        holder.english and one.span.end <= holder.english.start < two.span.start
        for holder in holders
    )


# ---------------------------------------------------------------- comparing


GROUPING = re.compile(
    r"分别|[两二三四五六七八九十几多各\d]位|各位|均|同为|先后|依次|[两三四五]人|等人"
)
LEADING = re.compile(r"执掌|掌舵|掌管|主理|任教|执教|执棒|执导|当家")
LEADING_BASES = frozenset(
    [
        "head",
        "chief",
        "director",
        "chair",
        "chairman",
        "chairwoman",
        "chairperson",
        "president",
        "editor",
        "conductor",
        "manager",
        "coach",
        "professor",
        "dean",
    ]
)
ENGLISH_LEADING = re.compile(
    r"\b(?:chair|head|lead|led|direct|manag|presid|edit|govern|conduct|coach|command|runs|ran\b|curat)"
    r"(?:s|ed|es|ing|d|e)?\b"
)
LEADING_HANS = frozenset(
    [
        "主席",
        "主任",
        "负责人",
        "组长",
        "队长",
        "领队",
        "团长",
        "会长",
        "主编",
        "导演",
        "指挥",
        "经理",
    ]
    + ["主持人", "总监", "教练", "策展人", "召集人", "裁判", "首席"]
)


@dataclass(kw_only=False)
class _Comparison:
    english: str
    chinese: str
    titles: list[_Title]
    hans: Sequence[HanOffice]
    holders: Sequence[Holder]
    agreed_hans: Sequence[AgreedTitle]
    may_drop: bool = field(default=False, kw_only=True)
    beside: dict[Span, list[HanOffice]] = field(default_factory=dict, kw_only=True)
    known: dict[tuple[int, int, bool], bool] = field(default_factory=dict, kw_only=True)

    # ------------------------------------------------------------ pairs of offices

    def renders(self, title: _Title, han: HanOffice, *, generic: bool = False) -> bool:
        """Tell whether a Chinese office renders an English title, modifiers and all."""
        key = (id(title), han.span.start, generic)
        if key not in self.known:
            senses = title.office.senses if generic and title.office else title.senses
            self.known[key] = any(
                rendering.base == han.form.base
                and rendering.modifiers <= han.form.modifiers
                and self._has_same_modifiers(sense.modifiers, rendering.modifiers, title, han)
                for sense in senses
                for rendering in sense.renderings
            )
        return self.known[key]

    def _has_same_modifiers(
        self, english: frozenset[str], own: frozenset[str], title: _Title, han: HanOffice
    ) -> bool:
        base, chinese = han.form.base, han.form.modifiers - own
        lost = lost_modifiers(english, chinese, base)
        added = added_modifiers(english, chinese, base)
        return all(self._stands_apart(modifier, han) for modifier in lost) and all(
            self._is_told(modifier, title) for modifier in added
        )

    def _stands_apart(self, modifier: str, han: HanOffice) -> bool:
        """Tell whether a modifier is told otherwise: 曾任校长, 校长一职由他代理."""
        words = TOLD_IN_CHINESE.get(modifier)
        before = re.split(
            r"[。；！？、]", self.chinese[max(0, han.span.start - 25) : han.span.start]
        )[-1]
        behind = re.split(r"[。；！？、]", self.chinese[han.span.end : han.span.end + 25])[0]
        return bool(words and (words.search(before) or words.search(behind)))

    def _is_told(self, modifier: str, title: _Title) -> bool:
        """Tell whether English says otherwise what a Chinese modifier says."""
        words = TOLD_IN_ENGLISH.get(modifier)
        start = max(0, title.span.start - 60)
        return bool(words and words.search(self.english, start, title.span.end + 60))

    def has_phrase(self, title: _Title) -> bool:
        return any(phrase in self.chinese for phrase in title.phrases)

    def may_render(self, title: _Title, han: HanOffice) -> bool:
        """Tell whether a Chinese office may render a title but for modifiers or agreement."""
        return bool(title.office and is_same_base(title.office, han)) or any(
            rendering.base == han.form.base
            for sense in title.senses
            for rendering in sense.renderings
        )

    # ------------------------------------------------------------ from English

    def faults_of_chinese(self) -> list[TitleFault]:
        """Return the faults of a Chinese translation."""
        faults = list(self._lost_or_changed())
        told = {fault.chinese for fault in faults}
        told_titles = {fault.english for fault in faults}
        more = (
            *self._changed_beside_names(),
            *self._with_other_modifiers(),
            *(self._fault(TitleFaultKind.CHANGED, *pair) for pair in self._mismatched()),
            *self._added_beside_names(),
            *self._lost_beside_names(),
        )
        for fault in more:
            if fault.english not in told_titles and (
                not fault.chinese or fault.chinese not in told
            ):
                told.add(fault.chinese)
                told_titles.add(fault.english)
                faults.append(fault)
        return faults

    def _lost_or_changed(self) -> Iterator[TitleFault]:
        left = [han for han in self.hans if not any(self.renders(t, han) for t in self.titles)]
        for title in self.titles:
            if self.has_phrase(title) or any(self.renders(title, han) for han in self.hans):
                continue
            if not self._is_required(title):
                continue
            fault = self._fault_of(title, left)
            if fault:
                if fault.chinese:
                    left = [han for han in left if han.span != fault.chinese]
                yield fault

    def _lost_beside_names(self) -> Iterator[TitleFault]:
        """Yield the titles that others have in Chinese, but not this person."""
        if self.may_drop or GROUPING.search(self.chinese):
            return
        for title in self.titles:
            if title.holder is None or title.is_common or title.is_plural:
                continue
            holder = self.holders[title.holder]
            hans = [han for han in self.hans if self.renders(title, han)]
            rivals = {
                self.holders[other.holder].name
                for other in self.titles
                if other.holder is not None and any(self.renders(other, han) for han in hans)
            }
            if not hans or not holder.chinese or len(rivals) <= len(hans):
                continue
            if self._is_courtesy(title) or self._is_dispensable(title, holder):
                continue
            if not any(self._covers(han, holder) for han in hans):
                yield self._fault(TitleFaultKind.LOST, title, None)

    def _covers(self, han: HanOffice, holder: Holder) -> bool:
        """Tell whether a person may be meant by a Chinese office: one of the names beside it."""
        names = [other.chinese for other in self.holders if other.chinese]
        place = holder.chinese
        if place is None:
            return True
        one, two = sorted((han.span, place), key=lambda span: span.start)
        between = self.chinese[one.end : two.start]
        for name in names:
            if one.end <= name.start and name.end <= two.start:
                between = between.replace(self.chinese[name.start : name.end], "", 1)
        is_list = not between.strip(" 、和与及以，兼（）()")
        if len([name for name in names if one.end <= name.start < two.start]):
            return is_list
        return is_list or not re.search(r"[。；！？]", between)

    def _is_required(self, title: _Title) -> bool:
        """Tell whether a title has to stand in the translation in some form."""
        if title.office and title.office.is_plural and title.holder is None:
            return False
        if title.holder is not None:
            is_before = _starts_after(self.holders[title.holder], title)
            if title.is_common:
                place = self.holders[title.holder].english
                gap = self.english[title.span.end : place.start] if is_before and place else ""
                is_capitalized = bool(title.office and title.office.is_capitalized)
                return bool(title.forms) or (is_capitalized and gap == " ")
            return True
        return (
            title.is_asserted
            and not title.is_common
            and bool(title.office and title.office.is_capitalized)
        )

    def _fault_of(self, title: _Title, left: list[HanOffice]) -> TitleFault | None:
        holder = self.holders[title.holder] if title.holder is not None else None
        generic = [han for han in self.hans if self.renders(title, han, generic=True)]
        if title.forms and generic:
            return self._fault(TitleFaultKind.NOT_AS_AGREED, title, generic[0])
        near = self._beside(holder) if holder else []
        for han in (*[han for han in near if han in left], *left):
            if self.may_render(title, han):
                return self._fault(TitleFaultKind.CHANGED, title, han)
        same = [han for han in self.hans if self.may_render(title, han)]
        if same and self._number_of(same) > self._number_wanted(same):
            return self._fault(TitleFaultKind.CHANGED, title, self._nearest(same, holder))
        others = [han for han in near if han in left]
        if not holder or not holder.chinese:
            others = others or [han for han in left if not han.is_common and not han.is_body]
        others = [
            han
            for han in others
            if not self._is_told_by_verb(han)
            and not any(self.may_render(other, han) for other in self.titles)
        ]
        if others:
            return self._fault(TitleFaultKind.CHANGED, title, others[0])
        if self._is_dispensable(title, holder):
            return None
        return self._fault(TitleFaultKind.LOST, title, None)

    def _is_told_by_verb(self, han: HanOffice) -> bool:
        """Tell whether a Chinese office may render a verb: ``chaired by``."""
        return han.form.base in LEADING_HANS and bool(ENGLISH_LEADING.search(self.english))

    def _number_of(self, hans: Sequence[HanOffice]) -> int:
        return len(hans)

    def _number_wanted(self, hans: Sequence[HanOffice]) -> int:
        return sum(
            any(self.renders(title, han) for han in hans) and not title.is_plural
            for title in self.titles
        )

    def _nearest(self, hans: Sequence[HanOffice], holder: Holder | None) -> HanOffice:
        if holder and holder.chinese:
            place = holder.chinese.start
            return min(hans, key=lambda han: abs(han.span.start - place))
        return hans[-1]

    def _is_courtesy(self, title: _Title) -> bool:
        return bool(title.office and title.office.base in FREE_BASES)

    def _is_dispensable(self, title: _Title, holder: Holder | None) -> bool:
        """Tell whether a good translation may leave a title out."""
        if self.may_drop or (holder and not holder.chinese):
            return True
        if title.office and title.office.base in LEADING_BASES and LEADING.search(self.chinese):
            return True
        if self._is_courtesy(title) and title.holder is not None:
            return any(other is not title and other.holder == title.holder for other in self.titles)
        if title.office and title.office.is_plural:
            return True
        return False

    def _fault(self, kind: TitleFaultKind, title: _Title, han: HanOffice | None) -> TitleFault:
        holder = self.holders[title.holder].name if title.holder is not None else None
        return TitleFault(
            kind=kind,
            english=title.span,
            chinese=han.span if han else None,
            holder=holder,
            forms=title.forms,
        )

    # ------------------------------------------------------------ person by person

    def _beside(self, holder: Holder) -> list[HanOffice]:
        """Return the Chinese offices right before or behind a name, wherever it stands."""
        if not holder.chinese:
            return []
        if holder.chinese not in self.beside:
            name = self.chinese[holder.chinese.start : holder.chinese.end]
            places = [match.start() for match in re.finditer(re.escape(name), self.chinese)]
            found = [han for at in places for han in self._beside_place(at, at + len(name))]
            self.beside[holder.chinese] = found
        return self.beside[holder.chinese]

    def _beside_place(self, start: int, end: int) -> Iterator[HanOffice]:
        behind = BEHIND_NAME.match(self.chinese, end)
        places = (end, behind.end()) if behind else (end,)
        chain = start
        for han in reversed(self.hans):
            between = self.chinese[han.span.end : chain]
            is_chained = between in ("、", "，") and chain != start
            if chain == start and "·" in self.chinese[start:end] and BARE.fullmatch(between):
                between = ""  # where a transliterated name begins is not sure
            if han.span.end <= chain and (between in ("", " ", "  ", "兼") or is_chained):
                yield han
                chain = han.span.start
        yield from (han for han in self.hans if han.span.start in places)

    def _changed_beside_names(self) -> Iterator[TitleFault]:
        for index, holder in enumerate(self.holders):
            own = [title for title in self.titles if title.holder == index]
            if not own or any(title.is_plural for title in own):
                continue
            own = [
                t
                for t in self.titles
                if t.holder is not None and self.holders[t.holder].name == holder.name
            ]
            for han in self._beside(holder):
                if any(self.renders(title, han) for title in own):
                    continue
                rival = next((title for title in own if self._differs(title, han)), None)
                if rival and not self._is_of_another(han, index):
                    yield self._fault(TitleFaultKind.CHANGED, rival, han)

    def _mismatched(self) -> Iterator[tuple[_Title, HanOffice]]:
        """Yield an office beside a name in each text, of persons whose offices all differ."""
        for index, holder in enumerate(self.holders):
            own = [
                title
                for title in self.titles
                if title.holder is not None and self.holders[title.holder].name == holder.name
            ]
            hans = [han for han in self._beside(holder) if not han.is_body and not han.is_common]
            mine = [title for title in own if title.holder == index and not title.is_plural]
            mine = [title for title in mine if not title.is_common and not self._is_courtesy(title)]
            if not mine or not hans or any(self.may_render(t, han) for t in own for han in hans):
                continue
            if any(self._is_free(title) for title in mine) or any(
                self._is_of_another(han, index) or self._is_told_by_verb(han) for han in hans
            ):
                continue
            yield mine[0], hans[0]

    def _is_free(self, title: _Title) -> bool:
        """Tell whether a Chinese office beside no name renders a title."""
        beside = [han for holder in self.holders for han in self._beside(holder)]
        return self.has_phrase(title) or any(
            self.renders(title, han) and han not in beside for han in self.hans
        )

    def _added_beside_names(self) -> Iterator[TitleFault]:
        """Yield the offices beside a name that nothing in English can mean."""
        for index, holder in enumerate(self.holders):
            own = [
                title
                for title in self.titles
                if title.holder is not None and self.holders[title.holder].name == holder.name
            ]
            first = next((title for title in own if title.holder == index), None)
            if not first:
                continue
            right = [han for han in self.hans if any(self.renders(t, han) for t in own)]
            for han in self._beside(holder):
                is_known = any(self.may_render(title, han) for title in self.titles)
                if is_known or han.is_common or han.is_body or self._is_told_by_verb(han):
                    continue
                if len(own) > len(right):
                    yield self._fault(TitleFaultKind.CHANGED, first, han)

    def _differs(self, title: _Title, han: HanOffice) -> bool:
        return not title.is_common and self.may_render(title, han)

    def _is_of_another(self, han: HanOffice, holder: int) -> bool:
        """Tell whether a Chinese office renders one that nobody, or a group, has in English."""
        return any(
            self.renders(title, han)
            and (title.holder is not None) == title.is_plural
            and self._is_before(title, self.holders[holder])
            for title in self.titles
        )

    def _is_before(self, title: _Title, holder: Holder) -> bool:
        return not title.is_plural or (
            holder.english is not None and title.span.end <= holder.english.start
        )

    def _with_other_modifiers(self) -> Iterator[TitleFault]:
        """Yield the Chinese offices that only modifiers tell from one of the English text."""
        for han in self.hans:
            if any(self.renders(title, han) for title in self.titles):
                continue
            if any(self.renders(title, han, generic=True) for title in self.titles):
                continue
            rival = next(
                (
                    title
                    for title in self.titles
                    if not title.is_common and self.may_render(title, han)
                ),
                None,
            )
            if rival and (self._adds_modifier(rival, han) or self._is_beside_any(han)):
                yield self._fault(TitleFaultKind.CHANGED, rival, han)

    def _adds_modifier(self, title: _Title, han: HanOffice) -> bool:
        added = added_modifiers(title.modifiers, han.form.modifiers, han.form.base)
        return bool(added & STRICT) and not any(
            re.search(rf"\b{re.escape(word)}", self.english, re.IGNORECASE)
            for modifier in added & STRICT
            for word in english_modifiers_for(modifier)
        )

    def _is_beside_any(self, han: HanOffice) -> bool:
        return any(han in self._beside(holder) for holder in self.holders)

    # ------------------------------------------------------------ from Chinese

    def faults_of_english(self) -> list[TitleFault]:
        """Return the faults of an English translation."""
        faults: list[TitleFault] = []
        told: set[Span | None] = set()
        for fault in (*self._lost_in_english(), *self._changed_in_english()):
            if fault.english is None or fault.english not in told:
                if not any(fault.chinese == other.chinese for other in faults):
                    told.add(fault.english)
                    faults.append(fault)
        return faults

    def _lost_in_english(self) -> Iterator[TitleFault]:
        for han in self.hans:
            agreed = self._agreed_of(han)
            renders = [title for title in self.titles if self.renders(title, han)]
            if agreed and self._has_agreed(agreed, han):
                continue
            holder = self._holder_of(han)
            if renders and not agreed:
                continue
            if renders and agreed:
                kind = TitleFaultKind.NOT_AS_AGREED
                yield self._fault_of_han(kind, han, renders[0], holder, agreed)
                continue
            if holder is None and not self._is_asserted_han(han):
                continue
            rivals = self._rivals(han, holder)
            if rivals:
                yield self._fault_of_han(TitleFaultKind.CHANGED, han, rivals[0], holder, agreed)
            elif not self._is_dispensable_han(han, holder):
                yield self._fault_of_han(TitleFaultKind.LOST, han, None, holder, agreed)

    def _rivals(self, han: HanOffice, holder: Holder | None) -> list[_Title]:
        """Return the English titles that may be a wrong rendering of a Chinese office."""
        left = [t for t in self.titles if not any(self.renders(t, other) for other in self.hans)]
        same = [title for title in left if self.may_render(title, han)]
        own = [
            title
            for title in left
            if holder and title.holder is not None and self.holders[title.holder] == holder
        ]
        taken = [title for title in self.titles if self.may_render(title, han)]
        number = sum(any(self.may_render(title, other) for title in taken) for other in self.hans)
        return same or own or (taken if len(taken) >= number and not self._plural(taken) else [])

    def _plural(self, titles: Sequence[_Title]) -> bool:
        return any(title.is_plural for title in titles)

    def _agreed_of(self, han: HanOffice) -> AgreedTitle | None:
        return next(
            (
                agreed
                for agreed in self.agreed_hans
                if agreed.span.start < han.span.end and han.span.start < agreed.span.end
            ),
            None,
        )

    def _has_agreed(self, agreed: AgreedTitle, han: HanOffice) -> bool:
        extra = han.span.start < agreed.span.start
        for form in agreed.forms:
            words = r"[\s-]+".join(re.escape(word) for word in re.split(r"[\s-]+", form))
            for match in re.finditer(rf"\b{words}(?:e?s)?(?!\w)", self.english, re.IGNORECASE):
                inside = next(
                    (
                        title
                        for title in self.titles
                        if title.span.start < match.end() and match.start() < title.span.end
                    ),
                    None,
                )
                if inside is None or (
                    (inside.span.start >= match.start()) != extra or self.renders(inside, han)
                ):
                    return True
        return False

    def _holder_of(self, han: HanOffice) -> Holder | None:
        return next((holder for holder in self.holders if han in self._beside(holder)), None)

    def _is_asserted_han(self, han: HanOffice) -> bool:
        before = self.chinese[max(0, han.span.start - 20) : han.span.start]
        return bool(ASSERTED_HAN.search(before))

    def _is_dispensable_han(self, han: HanOffice, holder: Holder | None) -> bool:
        if self.may_drop or (holder and not holder.english):
            return True
        if han.form.base in COURTESIES:
            return holder is not None and len(self._beside(holder)) > 1
        if (han.is_common and not han.form.modifiers) or han.is_body:
            return True
        if han.form.modifiers - {"总"}:
            return False
        if not holder or not holder.english or self._is_asserted_han(han):
            return bool(ENGLISH_LEADING.search(self.english))
        start, end = max(0, holder.english.start - 60), holder.english.end + 60
        return bool(ENGLISH_LEADING.search(self.english, start, end))

    def _changed_in_english(self) -> Iterator[TitleFault]:
        for title in self.titles:
            if title.holder is None or title.is_common or self._is_courtesy(title):
                continue
            if any(self.renders(title, han) for han in self.hans):
                continue
            rival = next((han for han in self.hans if self.may_render(title, han)), None)
            if rival:
                holder = self.holders[title.holder]
                yield self._fault_of_han(
                    TitleFaultKind.CHANGED, rival, title, holder, self._agreed_of(rival)
                )
        yield from self._changed_beside_english_names()
        for title, han in self._mismatched():
            whose = self.holders[title.holder] if title.holder is not None else None
            agreed = self._agreed_of(han)
            yield self._fault_of_han(TitleFaultKind.CHANGED, han, title, whose, agreed)

    def _changed_beside_english_names(self) -> Iterator[TitleFault]:
        for index, holder in enumerate(self.holders):
            hans = [
                han
                for other in self.holders
                if other.name == holder.name
                for han in self._beside(other)
            ]
            for title in self.titles:
                if title.holder != index or title.is_plural or not hans:
                    continue
                if title.is_common or self._is_courtesy(title):
                    continue
                if any(self.renders(title, han) for han in hans):
                    continue
                rival = next((han for han in hans if self.may_render(title, han)), None)
                if rival and not self._is_shared_han(title):
                    yield self._fault_of_han(
                        TitleFaultKind.CHANGED, rival, title, holder, self._agreed_of(rival)
                    )

    def _is_shared_han(self, title: _Title) -> bool:
        """Tell whether a Chinese office of nobody in particular explains an English title."""
        beside = [han for holder in self.holders for han in self._beside(holder)]
        return any(self.renders(title, han) and han not in beside for han in self.hans)

    def _fault_of_han(
        self,
        kind: TitleFaultKind,
        han: HanOffice,
        title: _Title | None,
        holder: Holder | None,
        agreed: AgreedTitle | None,
    ) -> TitleFault:
        return TitleFault(
            kind=kind,
            english=title.span if title else None,
            chinese=han.span,
            holder=holder.name if holder else None,
            forms=agreed.forms if agreed else (),
        )


ASSERTED_HAN = re.compile(
    r"(?:兼任|担任|出任|升任|就任|改任|任|当选为?|聘为|聘任为|任命为)[^，。；、]{0,12}\Z"
)
COURTESIES = frozenset(["博士", "医生", "医师", "大夫"])
_PAST = re.compile(
    r"曾任|曾是|曾为|曾担任|曾出任|此前|卸任|离任|退休|荣休|退任|前任|原任|历任|已故"
)
TOLD_IN_CHINESE: Mapping[str, re.Pattern[str]] = {
    **dict.fromkeys(
        ["former", "ex", "past", "previous", "retired", "outgoing", "late", "immediate past"], _PAST
    ),
    **dict.fromkeys(["acting", "interim"], re.compile(r"代|临时|主持工作")),
    **dict.fromkeys(["executive", "managing", "standing"], re.compile(r"日常|常务|执行")),
    **dict.fromkeys(["founding", "inaugural", "first"], re.compile(r"首任|首位|第一|创")),
    **dict.fromkeys(["elect", "designate", "incoming"], re.compile(r"候任|当选|即将|拟|新任")),
    **dict.fromkeys(["co", "joint"], re.compile(r"共同|联合|联席|双")),
    **dict.fromkeys(["senior", "chief", "principal", "lead"], re.compile(r"资深|高级|首席|总负责|主要")),
    **dict.fromkeys(["visiting", "guest", "adjunct"], re.compile(r"客座|访问|兼")),
    **dict.fromkeys(["special", "independent", "rotating"], re.compile(r"特|独立|轮")),
}
"""What may tell of a modifier apart from its office."""
_FORMER = re.compile(
    r"\b(?:former|previous|ex-|then[ -]|retire|outgoing|once\b|the late\b|past [A-Z]|until\b"
    r"|stepp?(?:ed|s|ing)? down|used to|at the time)",
    re.IGNORECASE,
)
_HONORARY = re.compile(r"\bhonorar|\bemerit", re.IGNORECASE)
_EXECUTIVE = re.compile(r"\b(?:executive|managing|standing|permanent)", re.IGNORECASE)
_CHIEF = re.compile(r"\b(?:chief|principal|lead|head|general|master|senior)", re.IGNORECASE)
_ACTING = re.compile(r"\b(?:acting|interim)\b", re.IGNORECASE)
_ASSISTANT = re.compile(r"\b(?:assist|associate|junior)", re.IGNORECASE)
_FOUNDING = re.compile(r"\b(?:found|inaugural|first)", re.IGNORECASE)
_ELECT = re.compile(r"elect|\bdesignate|\bincoming|\bnew|\bnominee", re.IGNORECASE)
TOLD_IN_ENGLISH: Mapping[str, re.Pattern[str]] = {
    **dict.fromkeys(["原", "前", "前任", "原任", "已故", "卸任", "离任", "上任"], _FORMER),
    **dict.fromkeys(["名誉", "荣誉"], _HONORARY),
    **dict.fromkeys(["荣休", "荣退", "退休"], re.compile(r"(?i)\bemerit|\bretire|\bhonorar")),
    **dict.fromkeys(["执行", "常务", "专务"], _EXECUTIVE),
    **dict.fromkeys(["首席", "总", "主", "高级", "资深", "主任", "主管"], _CHIEF),
    **dict.fromkeys(["代理", "代", "署理", "临时", "代行"], _ACTING),
    **dict.fromkeys(["助理", "协理", "见习", "实习"], _ASSISTANT),
    **dict.fromkeys(["创始", "创会", "创院", "首任", "首届", "创办", "第一"], _FOUNDING),
    **dict.fromkeys(["候任", "当选", "新任", "拟任", "候选"], _ELECT),
    **dict.fromkeys(["联席", "联合", "共同"], re.compile(r"(?i)\bco|\bjoint|\btogether")),
    **dict.fromkeys(["客座", "访问", "兼职", "兼任"], re.compile(r"(?i)\bvisit|\bguest|\badjunct")),
    **dict.fromkeys(["特聘", "杰出", "讲席", "讲座"], re.compile(r"(?i)\bdistinguish|\bchair")),
    **dict.fromkeys(
        ["特别", "特约", "特邀", "专门"], re.compile(r"(?i)\bspecial|\binvite|\bguest")
    ),
    **dict.fromkeys(["独立", "非执行"], re.compile(r"(?i)\bindependent|\bnon-?executive")),
    **dict.fromkeys(["终身"], re.compile(r"(?i)\blife|\btenure")),
    **dict.fromkeys(["轮值"], re.compile(r"(?i)\brotat")),
    **dict.fromkeys(["行政", "管理", "指定", "主治", "住院", "驻地"], re.compile("")),
}
"""What in English may tell of a Chinese modifier apart from its office."""
STRICT = frozenset(
    ["副", "原", "前", "名誉", "荣誉", "代理", "候任", "助理", "荣休", "执行", "常务"]
)
BARE = re.compile(r"[\u4e00-\u9fff]{1,2}")
BEHIND_NAME = re.compile(
    r"(?:\s*[（(][^()（）]{1,40}[)）])?\s*(?:(?:现|曾|同时|并)?(?:兼任|担任|出任|升任|就任|改任|任|为|是|当选为?|兼))?"
)
