"""What a corrected edition says otherwise, so that its readers see it at a glance.

::

    old and new texts --align--> pairs --find_differences--> passages --changes--> gravest first

Texts are aligned as a whole: one that was moved is not taken for one that was removed and another
that was added. A passage is no longer than it takes to know where it is: a name is told whole, a
number with what is counted, anything else with a word or two around it.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import takewhile
from typing import NamedTuple

from pubkit.messages import shortened
from pubkit.model import Change
from pubkit.names.romanization.surnames import surname_weights
from pubkit.names.vocabulary import FUNCTION_WORDS
from pubkit.patterns import pattern
from pubkit.translation.changes import kind_of_change
from pubkit.translation.similarity import TextIndex
from pubkit.translation.words import PIECE, is_unspaced, pieces

LONGEST = 200
"""Characters of a passage that are told."""


def changes(old: Sequence[str], new: Sequence[str]) -> tuple[Change, ...]:
    """Return what distinguishes the texts of two editions: nothing, if they are the same.

    The title, names and numbers come first, then other words, then what only sounds or looks
    otherwise, and at last what has only been moved. What was changed alike in several places is
    told once. Texts that differ in nothing but spaces are the same.

    Args:
        old: The texts of the faulty edition in their order, without markup.
        new: Those of the corrected one.
    """
    pairs = align(old, new)
    moved = _moved(pairs)
    told = [found for pair in pairs for found in _tell(pair, old, new, is_moved=pair in moved)]
    alike: dict[tuple[str, str, bool], int] = defaultdict(int)
    for one in sorted(told, key=lambda found: found.gravity):
        alike[one.old, one.new, one.is_moved] += 1
    return tuple(
        Change(old=before, new=after, is_moved=is_moved, times=times)
        for (before, after, is_moved), times in alike.items()
    )


# ---------------------------------------------------------------- which text became which

LIKE, MOVED_LIKE = 55, 80
"""In percent: from which likeness on a text is another one, changed; and one that was moved."""
SHORT = 60
"""Characters: as many short texts in one place are those that were there, however changed."""


class Pair(NamedTuple):
    """Where a text was, and where it is; None where it was not there, or is not any more."""

    old: int | None
    new: int | None


class _Block(NamedTuple):
    """Texts between two that are the same in both editions."""

    old: list[int]
    new: list[int]


def align(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """Return every old and every new text once, paired where one became the other.

    They come in the order of the new texts, and what was removed where it stood.
    """
    found: list[Pair] = []
    blocks: list[_Block] = []
    for tag, *ends in SequenceMatcher(None, old, new).get_opcodes():
        before, after = range(*ends[:2]), range(*ends[2:])
        if tag == "equal":
            found += map(Pair, before, after)
        else:
            blocks.append(_Block([*before], [*after]))
    for block in blocks:
        found += _take_like(block, old, new, LIKE)
    rest = _Block([i for one in blocks for i in one.old], [i for one in blocks for i in one.new])
    found += _take_like(rest, old, new, MOVED_LIKE)
    for block in blocks:
        left = [place for place in block.old if place in rest.old]
        came = [place for place in block.new if place in rest.new]
        found += _pair_short(left, came, old, new)
    return _in_order(found)


def _take_like(block: _Block, old: Sequence[str], new: Sequence[str], least: int) -> list[Pair]:
    """Take the texts out of a block that became one another, those that are most alike first."""
    index = TextIndex([new[place] for place in block.new])
    likeness = sorted(
        (-score, abs(number - row), before, block.new[number])
        for row, before in enumerate(block.old)
        for score, number in index.nearest(old[before], least=least)
    )
    old_left, new_left = set(block.old), set(block.new)
    taken: list[Pair] = []
    for _score, _distance, before, after in likeness:
        if before in old_left and after in new_left:
            old_left.remove(before)
            new_left.remove(after)
            taken.append(Pair(before, after))
    block.old[:], block.new[:] = sorted(old_left), sorted(new_left)
    return taken


def _pair_short(
    left: Sequence[int], came: Sequence[int], old: Sequence[str], new: Sequence[str]
) -> Iterator[Pair]:
    """Pair what is left of a block if it is as many short texts, as in the cells of a table."""
    texts = [*(old[place] for place in left), *(new[place] for place in came)]
    if len(left) == len(came) and all(len(text) <= SHORT for text in texts):
        yield from map(Pair, left, came)
        return
    yield from (Pair(place, None) for place in left)
    yield from (Pair(None, place) for place in came)


def _in_order(pairs: Sequence[Pair]) -> list[Pair]:
    """Return pairs in the order of the new texts, what was removed behind what stood before it."""
    became = {pair.old: pair.new for pair in pairs}
    order: list[tuple[int, int, Pair]] = []
    last = -1
    for pair in sorted((one for one in pairs if one.old is not None), key=lambda one: one.old or 0):
        last = last if (now := became[pair.old]) is None else now
        order.append((last, pair.old or 0 if now is None else -1, pair))
    order += ((pair.new or 0, -1, pair) for pair in pairs if pair.old is None)
    return [pair for *_place, pair in sorted(order, key=lambda one: one[:2])]


def _moved(pairs: Sequence[Pair]) -> frozenset[Pair]:
    """Return the pairs that changed their order; as many as can be have kept theirs."""
    both = [pair for pair in pairs if pair.old is not None and pair.new is not None]
    both.sort(key=lambda pair: pair.old or 0)
    kept = _longest_rise([pair.new or 0 for pair in both])
    return frozenset(pair for place, pair in enumerate(both) if place not in kept)


def _longest_rise(numbers: Sequence[int]) -> set[int]:
    """Return the places of the longest row of numbers that rises."""
    ends: list[int] = []
    """The last number of the best row of each length."""
    places_of_ends: list[int] = []
    before: list[int | None] = []
    for place, number in enumerate(numbers):
        length = bisect_left(ends, number)
        before.append(places_of_ends[length - 1] if length else None)
        ends[length : length + 1] = [number]
        places_of_ends[length : length + 1] = [place]
    row: set[int] = set()
    last = places_of_ends[-1] if places_of_ends else None
    while last is not None:
        row.add(last)
        last = before[last]
    return row


# ---------------------------------------------------------------- what is told of a text

GRAVE, OTHER, SLIGHT, MOVED = range(4)


class _Told(NamedTuple):
    gravity: int
    old: str
    new: str
    is_moved: bool = False


def _tell(pair: Pair, old: Sequence[str], new: Sequence[str], *, is_moved: bool) -> Iterator[_Told]:
    before = "" if pair.old is None else old[pair.old]
    after = "" if pair.new is None else new[pair.new]
    is_title = 0 in pair
    if not (before and after):
        yield _Told(GRAVE if is_title else OTHER, _short(before), _short(after))
    elif before == after:
        if is_moved:
            yield _Told(MOVED, _short(before), _short(after), is_moved=True)
    elif is_title and pieces(before) != pieces(after):
        yield _Told(GRAVE, _short(before), _short(after))
    else:
        for difference in find_differences(before, after):
            yield _Told(_gravity(difference), _short(difference.old), _short(difference.new))


def _short(passage: str) -> str:
    return shortened(passage, LONGEST)


NUMERAL = pattern(r"\d+(?:[.,:]\d+)*|[一二三四五六七八九十百千万亿零〇两]+")


def _gravity(difference: "Difference") -> int:
    """Return how grave a difference is: names and numbers are what a correction is made for."""
    old, new = difference.old, difference.new
    if difference.is_name or NUMERAL.findall(old) != NUMERAL.findall(new):
        return GRAVE
    return SLIGHT if kind_of_change(old, new) else OTHER


# ---------------------------------------------------------------- the passages that differ

MOST_PIECES = 2_000
"""Longer texts are told as wholes."""
GAP = 2
"""Words and signs between two differences that are told as one."""
REWRITTEN = 0.6
"""A text of which more is other words is told as a whole."""


DOTTED = (
    r"\b(?:[A-Za-z]\.){2,}",  # p.m., U.S., e.g.
    r"\b(?:Ph|M|B)\.(?:D|Sc|A)\.",
    r"\b[A-Z]\.(?=\s?[A-Z]\.)",  # initials before others, and before a surname
    r"(?<=[A-Z]\.\s)[A-Z]\.(?=\s[A-Z])",
    r"\b(?:No|Nos|Fig|Vol|Art|Sec|Nr|pp?|ca|approx)\.(?=\s?\d)",
    r"\b(?:Mr|Mrs|Ms|Dr|Prof|St|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.(?=\s[A-Z\d])",
    r"\b(?:Inc|Ltd|Co|Corp|Jr|Sr|etc|vs)\.",
)
"""Words with full stops that end no sentence."""
ADDRESSES = (
    r"\b(?:https?://|www\.)[A-Za-z0-9._~:/?#@!$&*+,;=%-]{0,500}[A-Za-z0-9/]",
    r"\b[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}",
    r"\b(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,63}(?:/[A-Za-z0-9._~/-]{0,500}[A-Za-z0-9/])?",
)
WHOLE = pattern("|".join((*DOTTED, *ADDRESSES, PIECE.pattern)))
"""What is told whole or not at all: words with their full stops, addresses, other pieces."""


class Difference(NamedTuple):
    """Where two texts differ, with the words around it."""

    old: str
    new: str
    old_start: int
    new_start: int
    is_name: bool


class _Stretch(NamedTuple):
    """Pieces of the old text from one place to another, and those of the new one."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int

    def joined(self, other: "_Stretch") -> "_Stretch":
        return _Stretch(self.old_start, other.old_end, self.new_start, other.new_end)

    def widened(self, before: int, behind: int) -> "_Stretch":
        return _Stretch(
            self.old_start - before,
            self.old_end + behind,
            self.new_start - before,
            self.new_end + behind,
        )


def find_differences(old: str, new: str) -> list[Difference]:
    """Return the passages in which two texts differ, in their order and apart from one another.

    Who puts each new passage into the place of the old one has the new text, but for spaces.
    """
    if pieces(old) == pieces(new):
        return []
    before, after = WHOLE.findall(old), WHOLE.findall(new)
    stretches = _stretches(before, after)
    names = [_is_name(before, after, stretch) for stretch in stretches]
    widened = [
        stretch.widened(*_surroundings(before, after, stretch, is_name=is_name))
        for stretch, is_name in zip(stretches, names, strict=True)
    ]
    found: list[tuple[_Stretch, bool]] = []
    for stretch, is_name in zip(widened, names, strict=True):
        if found and stretch.old_start < found[-1][0].old_end:
            last, was_name = found.pop()
            found.append((last.joined(stretch), was_name or is_name))
        else:
            found.append((stretch, is_name))
    return [_difference(old, new, stretch, is_name=is_name) for stretch, is_name in found]


def _difference(old: str, new: str, stretch: _Stretch, *, is_name: bool) -> Difference:
    old_start, old_end = _letters(old, stretch.old_start, stretch.old_end)
    new_start, new_end = _letters(new, stretch.new_start, stretch.new_end)
    return Difference(old[old_start:old_end], new[new_start:new_end], old_start, new_start, is_name)


def _letters(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where some pieces of a text begin and end."""
    spans = [piece.span() for piece in WHOLE.finditer(text)]
    if start == end:
        place = spans[start - 1][1] if start else 0
        return place, place
    return spans[start][0], spans[end - 1][1]


def _stretches(before: list[str], after: list[str]) -> list[_Stretch]:
    """Return where the pieces of two texts differ; differences that lie close are one."""
    if before == after:
        return []
    whole = _Stretch(0, len(before), 0, len(after))
    if max(len(before), len(after)) > MOST_PIECES:
        return [whole]
    codes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    different = [_Stretch(*ends) for tag, *ends in codes if tag != "equal"]
    limits = [*(stretch.old_start for stretch in different[1:]), len(before)]
    found: list[_Stretch] = []
    for stretch, limit in zip(different, limits, strict=True):
        last = found[-1].old_end if found else 0
        room = range(last - stretch.old_start, limit - stretch.old_end + 1)
        stretch = _slid(before, after, stretch, room)
        if found and stretch.old_start - found[-1].old_end <= GAP:
            stretch = found.pop().joined(stretch)
        found.append(stretch)
    other = sum(max(one.old_end - one.old_start, one.new_end - one.new_start) for one in found)
    return [whole] if other > REWRITTEN * max(len(before), len(after)) else found


def _slid(before: list[str], after: list[str], stretch: _Stretch, room: range) -> _Stretch:
    """Return a stretch that is only on one side so that it begins where a sentence begins.

    In “It is. It was. It is.” the new sentence is as well “was. It is. It”.

    Args:
        before: The pieces of the old text.
        after: Those of the new one.
        stretch: Where they differ.
        room: How far it can be shifted before it meets another one.
    """
    if stretch.old_start == stretch.old_end:
        text, start, end = after, stretch.new_start, stretch.new_end
    elif stretch.new_start == stretch.new_end:
        text, start, end = before, stretch.old_start, stretch.old_end
    else:
        return stretch
    shifts = {*_shifts(text, start, end, 1), *_shifts(text, start, end, -1)}
    for shift in sorted(shifts.intersection(room), key=lambda shift: (abs(shift), shift)):
        if start + shift == 0 or text[start + shift - 1] in SENTENCE_ENDS:
            return _Stretch(*(place + shift for place in stretch))
    return stretch


def _shifts(text: list[str], start: int, end: int, step: int) -> Iterator[int]:
    """Yield how far a stretch can be shifted so that what it leaves of the text is the same."""
    shift = 0
    while True:
        yield shift
        leaving, coming = (start, end) if step > 0 else (end - 1, start - 1)
        if not (0 <= coming + shift < len(text)) or text[leaving + shift] != text[coming + shift]:
            return
        shift += step


# ---------------------------------------------------------------- the words around them

MOST_CAPITALS = 4
"""Words of a name, with an office before it."""
WORDS = 2
SIGNS = 4
"""Letters of Chinese and Japanese: a word or two, …"""
CLAUSE = 6
"""… or what is left of a clause."""
MEASURES = frozenset(
    "年月日号时点分秒周岁世纪第届次个名人位家项所种条件万亿千百十多余美欧元米克吨平方公里"
)
"""What stands beside a number in Chinese and Japanese, and belongs to it."""
COUNTERS = frozenset("个名位家项所种条件次")
"""Those behind which a noun stands."""
NAMES_END = frozenset("出表说指认介在是主率为和与及对向将被等教先女同院校馆博会、")
"""What seldom is the second sign of a given name, and often follows a short one."""
GLUED = frozenset("%‰°℃$€£¥-–’'")


def _surroundings(
    before: list[str], after: list[str], stretch: _Stretch, *, is_name: bool
) -> tuple[int, int]:
    """Return how many pieces before a stretch, and how many behind it, are told with it."""
    old = before[stretch.old_start : stretch.old_end]
    new = after[stretch.new_start : stretch.new_end]
    ahead, behind = before[: stretch.old_start][::-1], before[stretch.old_end :]
    if not (old and new) and _is_sentence(old or new, ahead):
        return 0, 0
    if is_name and _is_sign((old + new)[0]):
        start = _surname(before, after, stretch) or 0
        return start, _rest_of_name(behind, 3 - start - max(len(old), len(new)))
    first = _context(ahead, is_name=is_name) or _holder(ahead, old + new)
    last = _context(behind, is_name=is_name)
    if old and new and any(piece[0].isdigit() for piece in old + new):
        last = _trimmed(behind, _counted(behind) or last, 0)
        return _before_number(ahead) if last else _trimmed(ahead, first, 0), last
    least = 0 if old and new and is_name else 1
    return _trimmed(ahead, first, least), _trimmed(behind, last, least)


def _is_sentence(passage: list[str], ahead: list[str]) -> bool:
    """Tell whether a passage ends a sentence; after "p.m." it does if it also began one."""
    is_first = not ahead or ahead[0] in SENTENCE_ENDS
    return passage[-1] in SENTENCE_ENDS or (is_first and _is_dotted(passage[-1]))


def _before_number(ahead: list[str]) -> int:
    """Return how many pieces before a number belong to it: ``第``, ``$``, ``No.``."""
    signs = _length(ahead[:SIGNS], _is_measure) or _length(ahead, _is_glued)
    return signs or _length(ahead[:1], _is_dotted)


def _counted(behind: list[str]) -> int:
    """Return how many signs behind a number say what it counts: ``个座位``, ``万元``, ``日``."""
    measure = _length(behind[:SIGNS], _is_measure)
    if measure and behind[measure - 1] in COUNTERS:
        return measure + _length(behind[measure : measure + WORDS], _is_sign)
    return measure


def _context(around: list[str], *, is_name: bool) -> int:
    """Return how many of the pieces around a stretch, the nearest first, belong to it."""
    if around and _is_sign(around[0]):
        run = _length(around[: CLAUSE + 1], _is_sign)
        return run if run <= CLAUSE else SIGNS
    capitals = _length(around[:MOST_CAPITALS], _is_of_name)
    return capitals if is_name or capitals else _length(around[:WORDS], _is_word)


def _trimmed(around: list[str], number: int, least: int) -> int:
    """Leave out the outermost words that say nothing."""
    while number > least and around[number - 1].casefold() in FUNCTION_WORDS:
        number -= 1
    return number


def _holder(ahead: list[str], core: list[str]) -> int:
    """Return how many pieces before an office name the person who holds it: ``Pan Feng, Dean``."""
    if ahead[:1] != [","] or not any(map(_is_capital, core)):
        return 0
    capitals = _length(ahead[1 : 1 + MOST_CAPITALS], _is_of_name)
    return 1 + capitals if capitals else 0


def _length(around: list[str], belongs: Callable[[str], bool]) -> int:
    return sum(1 for _piece in takewhile(belongs, around))


def _rest_of_name(behind: list[str], most: int) -> int:
    return _length(behind[: max(most, 0)], lambda sign: _is_sign(sign) and sign not in NAMES_END)


def _is_measure(piece: str) -> bool:
    return piece in MEASURES or piece[0].isdigit()


def _is_sign(piece: str) -> bool:
    return is_unspaced(piece[0]) and piece[0].isalnum()


def _is_dotted(piece: str) -> bool:
    return len(piece) > 1 and piece.endswith(".")


def _is_glued(piece: str) -> bool:
    return piece in GLUED


def _is_word(piece: str) -> bool:
    return piece[0].isalnum() or piece in GLUED


def _is_of_name(piece: str) -> bool:
    return piece[0].isupper() or piece in GLUED


# ---------------------------------------------------------------- names

SENTENCE_ENDS = frozenset('.!?:;。！？：；“"')
LEAST_WEIGHT = 0.45


def _is_name(before: list[str], after: list[str], stretch: _Stretch) -> bool:
    """Tell whether a stretch is, in all likelihood, a part of a name that was misspelt."""
    old = before[stretch.old_start : stretch.old_end]
    new = after[stretch.new_start : stretch.new_end]
    if not (old and new):
        return False
    if all(map(_is_sign, old + new)):
        return _surname(before, after, stretch) is not None
    is_first = not stretch.old_start or before[stretch.old_start - 1] in SENTENCE_ENDS
    is_capital = any(map(_is_capital, old)) and any(map(_is_capital, new))
    return is_capital and (not is_first or any(map(_is_capital, before[stretch.old_end :][:1])))


def _is_capital(piece: str) -> bool:
    return piece[0].isupper()


def _surname(before: list[str], after: list[str], stretch: _Stretch) -> int | None:
    """Return how many signs before a stretch the Chinese name begins of which it is a part."""
    longest = max(stretch.old_end - stretch.old_start, stretch.new_end - stretch.new_start)
    for distance in range(min(3 - longest, stretch.old_start), 0, -1):
        if _is_surname(before[stretch.old_start - distance]):
            return distance
    firsts = before[stretch.old_start], after[stretch.new_start]
    return 0 if longest < 3 and all(map(_is_surname, firsts)) else None


def _is_surname(sign: str) -> bool:
    return surname_weights().get(sign, 0) >= LEAST_WEIGHT
