"""Names with a slip: a character or a word that is other, missing, too many or exchanged."""

from dataclasses import replace

from pubkit.model import Term, TermKind
from pubkit.names.agreed_forms import Form, NearMiss, has_near_misses, near_misses, places_of
from pubkit.names.agreement.heads import SMALL_WORDS, find_other_head
from pubkit.names.agreement.texts import Cause, Run, TermFault, Texts
from pubkit.names.misspellings import LONG_ENOUGH_TO_MISSPELL, is_misspelt
from pubkit.names.organizations.heads import head_of, heads_in_chinese
from pubkit.names.units import read_words
from pubkit.patterns import pattern

# ---------------------------------------------------------------- the right form is nowhere


def find_slip(group: tuple[Term, ...], texts: Texts) -> Run | None:
    """Find a form with slips, where the right one is nowhere."""
    best: tuple[float, Run] | None = None
    for term in group:
        for form, written in texts.agreement.forms(term):
            limit = _allowed(form, texts)
            for miss in near_misses(form, texts.target, limit) if limit else ():
                run = (miss.start, miss.end)
                share = miss.slips / len(form)
                if best and best[0] <= share:
                    continue
                if _is_a_longer_word(miss, form, term, texts):
                    continue
                if not texts.is_explained(*run, but=group) and _can_be_meant(
                    miss, form, written, texts
                ):
                    best = share, run
    return best[1] if best else _misspelt_word(group, texts)


def _is_a_longer_word(miss: NearMiss, form: Form, term: Term, texts: Texts) -> bool:
    """Tell whether common words go on in another way: 重症监护床位 for 重症监护室."""
    if not texts.agreement.into_chinese or not term.source.islower():
        return False
    return texts.target.items[miss.start : miss.end][:-1] == form[:-1]


def _allowed(form: Form, texts: Texts) -> int:
    size = len(form)
    if texts.agreement.into_chinese:
        return 0 if size < 3 else 1 if size < 6 else 2 if size < 9 else 3
    return 0 if size < 2 else 1 if size < 5 else 2


PUNCTUATION = pattern(r"[，。；：、！？《》\ufffc\n;:!?]|[,.](?=\s)")


def _can_be_meant(miss: NearMiss, form: Form, written: str, texts: Texts) -> bool:
    shown = texts.target.shown(miss.start, miss.end)
    if texts.agreement.into_chinese:
        is_one_run = len(PUNCTUATION.findall(shown)) <= len(PUNCTUATION.findall("".join(form)))
        return is_one_run and not (len(form) <= SHORT and shown[-1] in ENDINGS)
    return _shares_a_name(miss, form, texts) and (
        written.islower() or _is_capitalised(miss, form, texts)
    )


SHORT = 4
ENDINGS = "们的等和与是在了长员者性化及对为将中上下个"
"""What stands behind the beginning of a short name, but in no name: 董事们 for 董事会."""


def _is_capitalised(miss: NearMiss, form: Form, texts: Texts) -> bool:
    """Tell whether the words that are not of a form are written as a name: no “researchers”."""
    run = range(miss.start, miss.end)
    others = (place for place in run if texts.target.items[place] not in form)
    shown = (texts.target.shown(place, place + 1) for place in others)
    return all(word[:1].isupper() or word.lower() in SMALL_WORDS for word in shown)


def _shares_a_name(miss: NearMiss, form: Form, texts: Texts) -> bool:
    """Tell whether English words share with a form more than a head or a small word."""
    items = texts.target.items[miss.start : miss.end]
    shown = texts.target.shown(miss.start, miss.end)
    shared = [
        word
        for word in form
        if word in items and word not in SMALL_WORDS and word not in heads_in_chinese()
    ]
    has_one_slip = len(items) == len(form) > 2 and miss.slips == 1
    return (
        (bool(shared) or has_one_slip)
        and items[0] not in SMALL_WORDS
        and ". " not in shown[:-1].replace("Co. ", "")
    )


def _misspelt_word(group: tuple[Term, ...], texts: Texts) -> Run | None:
    """Find a name of one English word with a slip in its letters."""
    if texts.agreement.into_chinese:
        return None
    for term in group:
        for form, _written in texts.agreement.forms(term):
            if len(form) == 1 and len(form[0]) >= LONG_ENOUGH_TO_MISSPELL:
                for place, item in enumerate(texts.target.items):
                    if is_misspelt(form[0], item) and not texts.is_explained(place, place + 1):
                        return place, place + 1
    return None


# ---------------------------------------------------------------- the right form is there, too


def find_slip_beside(group: tuple[Term, ...], texts: Texts) -> TermFault | None:
    """Find a form with a slip although the right one stands in the same text, too."""
    for bearer in group:
        for form, _written in texts.agreement.forms(bearer):
            if not has_near_misses(form, texts.target):
                continue
            limit = _allowed_beside(form, texts)
            if not limit and _is_only_one_of_its_kind(form, texts):
                limit = 1
            for miss in near_misses(form, texts.target, limit) if limit else ():
                run = (miss.start, miss.end)
                if not _is_named(run, texts) and _is_slip(miss, form, texts):
                    return texts.fault(group[0], Cause.NEAR, run)
    return None


def _is_named(run: Run, texts: Texts) -> bool:
    """Tell whether a run has some name in it, other than that of a place: 深圳 in 深圳大学."""
    start, end = run
    return any(
        place.overlaps(start, end)
        and not (place.terms[0].kind is TermKind.PLACE and start <= place.start < place.end <= end)
        for place in texts.places
    )


def _allowed_beside(form: Form, texts: Texts) -> int:
    if texts.agreement.into_chinese:
        return min(len(form) // 5, 2)
    return 1 if len(form) >= 3 else 0


def _is_only_one_of_its_kind(form: Form, texts: Texts) -> bool:
    """Tell whether no other organization with the head of a short Chinese name is named."""
    if not isinstance(form, str) or len(form) < SHORTEST_WITH_HEAD or len(head_of(form)) < 2:
        return False
    uncovered = read_words(texts.uncovered).items
    table = heads_in_chinese()
    return not any(head_of(form) in table.get(word, ()) for word in uncovered)


SHORTEST_WITH_HEAD = 4


def find_slip_of_full_name(group: tuple[Term, ...], texts: Texts) -> TermFault | None:
    """Find a slip in a full name of which only a short form stands right: 芳江书展组委会.

    The short form may be the right part of the wrong name, or stand elsewhere.
    """
    shortest = SHORTEST_FULL_NAME[texts.agreement.into_chinese]
    forms = [form for term in group for form, _written in texts.agreement.forms(term)]
    is_whole = texts.has_form(forms[0], group) or bool(places_of(forms[0], texts.target))
    if is_whole and len(forms[0]) >= shortest:
        return None
    if not is_whole:
        run = find_other_head(group, texts)
        if run and not _is_named_apart(group[0], run, texts):
            return replace(texts.fault(group[0], Cause.HEAD, run), is_certain=False)
    full = [form for form in forms if len(form) >= shortest]
    if any(places_of(form, texts.target) for form in full):
        return None
    for form in full:
        for miss in near_misses(form, texts.target, 1):
            if _is_a_longer_word(miss, form, group[0], texts):
                continue
            if _is_other_unit(miss, form, texts):
                return texts.fault(group[0], Cause.NEAR, (miss.start, miss.end))
    return None


def _is_named_apart(term: Term, run: Run, texts: Texts) -> bool:
    """Tell whether a name with another head may be another thing: 北京 goes on in many ways."""
    if texts.agreement.into_chinese:
        first = term.source.split()[0]
        return run[1] - run[0] < SHORTEST_FULL_NAME[True] or first in texts.uncovered
    return texts.is_a_form(run[1] - 1, run[1]) or term.source[:2] in texts.uncovered


SHORTEST_FULL_NAME = {True: 5, False: 3}
"""Units: in Chinese and in English."""


# ---------------------------------------------------------------- what a slip is


def _wrong_units(miss: NearMiss, form: Form, texts: Texts) -> list[tuple[str, str, int]]:
    """Return what stands where a form has something else, if it is part of no other name."""
    shown = texts.target.shown(miss.start, miss.end)
    if miss.end - miss.start != len(form) or PUNCTUATION.search(shown):
        return []
    run = texts.target.items[miss.start : miss.end]
    pairs = zip(form, run, range(miss.start, miss.end), strict=True)
    wrong = [pair for pair in pairs if pair[0] != pair[1]]
    return [] if any(texts.is_a_form(place, place + 1) for _, _, place in wrong) else wrong


def _is_other_unit(miss: NearMiss, form: Form, texts: Texts) -> bool:
    """Tell whether a run is a form but for one unit."""
    wrong = _wrong_units(miss, form, texts)
    if texts.agreement.into_chinese:
        return bool(wrong) and all(
            HAN.match(found) and not _are_counts(one, found) for one, found, _ in wrong
        )
    starts = texts.target.starts
    return bool(wrong) and all(texts.target.text[starts[at]].isupper() for _, _, at in wrong)


HAN = pattern(r"[\u3400-\u9fff]")


def _is_slip(miss: NearMiss, form: Form, texts: Texts) -> bool:
    """Tell whether a run is a slip of a form, and no other thing of a similar name."""
    wrong = _wrong_units(miss, form, texts)
    if texts.agreement.into_chinese:
        return bool(wrong) and not any(_are_counts(one, found) for one, found, _ in wrong)
    return bool(wrong) and all(is_misspelt(one, other) for one, other, _ in wrong)


def _are_counts(one: str, other: str) -> bool:
    """Tell whether two characters tell two things of one name apart: 第一, 第二; 东区, 西区."""
    return COUNTS.match(one) is not None and COUNTS.match(other) is not None


COUNTS = pattern(r"[\d一二三四五六七八九十百首上下东西南北前后新老大小]")
