"""Other organizations in the place of an agreed one: 韦斯特大学 for 韦瑟兰大学."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from pubkit.model import Term, TermKind
from pubkit.names.agreed_forms import Form, Place
from pubkit.names.agreement.heads import PHRASES, SMALL_WORDS
from pubkit.names.agreement.texts import Run, Texts
from pubkit.names.organizations.heads import (
    CHINESE_HEADS,
    HEAD_HERE,
    head_of,
    heads_in_chinese,
    renderings_of,
    sure_heads,
)
from pubkit.names.organizations.phrases import NAME, find_organizations
from pubkit.names.units import read_words
from pubkit.patterns import pattern

# ---------------------------------------------------------------- before its own acronym


def find_wrong_introduction(group: tuple[Term, ...], texts: Texts) -> Run | None:
    """Find the name that stands before an organization's own acronym in brackets, if it is another.

    The agreed name may be shortened elsewhere; an acronym is introduced by the full name.
    """
    term = group[0]
    if term.kind is not TermKind.ORGANIZATION or not BRACKET.search(texts.source):
        return None
    for acronym in _introduced_with(term, texts):
        run = _before_bracket(acronym, term, texts)
        if run and not _is_accepted(run, group, texts):
            return run
    return None


BRACKET = pattern(r"[(（][A-Z]")


def _introduced_with(term: Term, texts: Texts) -> Iterator[str]:
    """Yield the acronym that the source has in brackets right behind a term."""
    match = ACRONYM_BEHIND.match(texts.source, texts.named[id(term)][1].end)
    if match:
        yield match[1]


ACRONYM_BEHIND = pattern(r"\s?[(（]([A-Z][A-Z0-9&]{1,9})[)）]")


def _before_bracket(acronym: str, term: Term, texts: Texts) -> Run | None:
    if not isinstance(texts.target.items, str):
        return _words_before_bracket(acronym, texts)
    end = texts.target.items.find(f"({acronym.lower()})")
    name = HAN_AT_END.search(texts.target.items, max(0, end - LONGEST), end) if end > 0 else None
    form = texts.agreement.forms(term)[0][0]
    if not name or not isinstance(form, str) or name[0][-1] not in form[-1] + LAST_OF_HEADS:
        return None
    begin = max(_begin(form, name[0]), _after_places(name.start(), end, texts) - name.start())
    return (name.start() + begin, end) if len(name[0]) - begin > SHORTEST else None


LONGEST = 30
SHORTEST = 3
NO_NAME = "的和与及在由向对从到等是了各该本此为于被经将获任即或"
"""What stands before names, and hardly ever in them."""
HAN_AT_END = pattern(rf"(?:(?![{NO_NAME}])[\u3400-\u9fff])+\Z")
LAST_OF_HEADS = "".join({head[-1] for head in CHINESE_HEADS})


def _begin(form: str, run: str) -> int:
    """Return where in a run of Chinese a name begins that is to stand for an agreed one."""
    for size in (2, 1):
        place = run.rfind(form[:size])
        if 0 <= place <= len(run) - SHORTEST:
            return place
    return max(0, len(run) - len(form) - 1) if len(run) > 2 * len(form) else 0


def _after_places(start: int, end: int, texts: Texts) -> int:
    """Return where the last of the named people and offices before a name ends."""
    ends = [
        place.end
        for place in texts.places
        if start <= place.start < place.end < end
        and place.terms[0].kind in (TermKind.PERSON, TermKind.TITLE)
        and id(place.terms[0]) in texts.named
    ]
    return max(ends, default=start)


def _words_before_bracket(acronym: str, texts: Texts) -> Run | None:
    end = texts.target.text.find(f"({acronym})")
    before = texts.target.text[:end].rstrip()
    name = None
    for match in NAME.finditer(before, max(0, len(before) - LONGEST_ENGLISH)) if end > 0 else ():
        name = match
    if not name or name.end() != len(before) or not _has_head(name[0]):
        return None
    return _units_of(name.start(), name.end(), texts)


LONGEST_ENGLISH = 120


def _has_head(name: str) -> bool:
    return any(word in heads_in_chinese() for word in read_words(name).items)


def _units_of(start: int, end: int, texts: Texts) -> Run | None:
    first = bisect_left(texts.target.starts, start)
    last = bisect_left(texts.target.starts, end)
    return (first, last) if first < last else None


def _is_accepted(run: Run, group: Iterable[Term], texts: Texts) -> bool:
    """Tell whether a name before an acronym is, or ends in, what the source names there."""
    start, end = run
    ends_well = any(
        place.end == end and any(id(term) in texts.named for term in place.terms)
        for place in texts.places
        if place.end - place.start > 1 and not _is_tail(place.start, end, group, texts)
    )
    return ends_well or any(
        _is_part(texts.target.items[start:end], form)
        for term in group
        for form, _written in texts.agreement.forms(term)
    )


def _is_tail(start: int, end: int, group: Iterable[Term], texts: Texts) -> bool:
    """Tell whether a place has but the short form of a term: the head alone, 研究院."""
    items = texts.target.items[start:end]
    if isinstance(items, str):
        return head_of(items) == items
    return all(word in sure_heads() for word in items)


def _is_part(items: Sequence[str], form: Form) -> bool:
    """Tell whether a name is a form, or shortened to half of it: its units stand there in order."""
    if len(items) != len(form) and len(items) * 2 > len(form):
        return False
    rest = iter(form)
    return all(item in rest for item in items)


# ---------------------------------------------------------------- where the agreed one is nowhere


def find_replacement(group: tuple[Term, ...], texts: Texts) -> Run | None:
    """Find the organization that stands where an agreed one should, and is none of the source."""
    term = group[0]
    if term.kind is not TermKind.ORGANIZATION:
        return None
    run = find_wrong_introduction(group, texts)
    if run:
        return run
    forms = [form for one in group for form, _written in texts.agreement.forms(one)]
    into_chinese = texts.agreement.into_chinese
    candidates = _in_chinese(texts) if into_chinese else _in_english(texts)
    likely = [
        (_likeness(one, forms[0], texts), one)
        for one in candidates
        if not _is_another(one, group, texts) and not _is_head_of_source(one, forms[0], texts)
    ]
    best = max(likely, key=lambda pair: (pair[0], -pair[1][0]), default=None)
    return best[1] if best and best[0] > 0 else None


def find_namesake(group: tuple[Term, ...], texts: Texts) -> Run | None:
    """Find an organization that begins as an agreed one, of which only a short form stands there.

    巨济造船厂 is not 巨济发动机厂, even if 该厂 follows.
    """
    term = group[0]
    forms = [form for one in group for form, _written in texts.agreement.forms(one)]
    full = forms[0]
    if term.kind is not TermKind.ORGANIZATION or not isinstance(full, str) or len(full) < FULL:
        return None
    ids = {id(one) for one in group}
    there = [place for place in texts.places if any(id(one) in ids for one in place.terms)]
    if not there or any(place.end - place.start > SHORT for place in there):
        return None
    for match in re.finditer(f"{full[:2]}[\u3400-\u9fff]{{1,12}}", str(texts.target.items)):
        head = next((one for one in HEAD_HERE.finditer(match[0], 2) if one.end() > SHORT), None)
        if head is None or NO_NAME_IN.search(match[0], 0, head.end()):
            continue
        run = (match.start(), match.start() + head.end())
        others = [place for place in texts.places if place.terms[0] not in group]
        if _is_part(texts.target.items[slice(*run)], full) or _is_named(run, others, texts):
            continue
        if not _is_head_of_source(run, full, texts):
            return run
    return None


def _is_named(run: Run, places: list[Place], texts: Texts) -> bool:
    """Tell whether a run has, in part, the form of something else in the source."""
    return any(
        place.overlaps(*run) and any(id(term) in texts.named for term in place.terms)
        for place in places
        if place.terms[0].kind is not TermKind.TERM
    )


NO_NAME_IN = pattern("[的和与及在由向对从等是了]")
FULL, SHORT = 5, 3
"""Characters of a full name, at least, and of a short form, at most."""


def _is_another(run: Run, group: tuple[Term, ...], texts: Texts) -> bool:
    """Tell whether a name is, in part, that of something else in the source."""
    others = texts.named.keys() - {id(term) for term in group}
    return any(run[0] < end and begin < run[1] for begin, end in texts.taken) or any(
        place.overlaps(*run) and term.kind in NAMED and id(term) in others
        for place in texts.places
        for term in place.terms
    )


NAMED = frozenset({TermKind.ORGANIZATION, TermKind.PERSON, TermKind.EVENT})


def _in_chinese(texts: Texts) -> Iterator[Run]:
    items = str(texts.target.items)
    for match in HAN_NAME.finditer(items):
        name = match["name"]
        if len(name) > len(match["head"]) + 1 and not GENERAL.search(name):
            yield match.span("name")


STRONG = [head for head in CHINESE_HEADS if len(head) > 1 and head not in PHRASES] + [
    "公司",
    "企业",
]
HAN_NAME = pattern(
    rf"(?P<name>(?:(?![{NO_NAME}])[\u3400-\u9fff]){{2,14}}?"
    rf"(?P<head>{'|'.join(sorted(STRONG, key=len, reverse=True))}"
    r"|(?<![内外全局干总])[部局厅署](?=[部局厅署]长|[副司]|[的和与及在于为将等共联主举]|[\u3400-\u9fff]{2,14}司司长|[^\u3400-\u9fff]|\Z)))"
)
GENERAL = pattern(
    r"[一两三几多数某每这那哪另家所][家所个座间]|当地|本地|地方|国内|国外|海外|外部|其他|有关|相关|上述|合作"
)
"""What points to some organization, and names none."""


def _in_english(texts: Texts) -> Iterator[Run]:
    for phrase in find_organizations(texts.target.text, heads=frozenset(heads_in_chinese())):
        run = _units_of(phrase.span.start, phrase.span.end, texts)
        if run:
            yield run


def _is_head_of_source(run: Run, form: Form, texts: Texts) -> bool:
    """Tell whether a name may be another one of the source, on which nobody has agreed."""
    items = texts.target.items[run[0] : run[1]]
    if isinstance(items, str):
        uncovered = set(read_words(texts.uncovered).items) & heads_in_chinese().keys()
        return any(head_of(items) in heads_in_chinese()[word] for word in uncovered)
    heads = [word for word in items if word in heads_in_chinese()]
    return any(renderings_of(word, texts.uncovered) for word in heads)


def _likeness(run: Run, form: Form, texts: Texts) -> int:
    """Return how much a name has of an agreed one: units, and the head."""
    items = texts.target.items[run[0] : run[1]]
    if isinstance(items, str) and isinstance(form, str):
        head, agreed = head_of(items), head_of(form)
        shared = set(items[: -len(head)]) & set(form[: len(form) - len(agreed)])
        return len(shared) + 2 * (head == agreed) + (not agreed)
    words, wanted = set(items) - SMALL_WORDS, set(form) - SMALL_WORDS
    return len(words & wanted) + sum(word in heads_in_chinese() for word in words)
