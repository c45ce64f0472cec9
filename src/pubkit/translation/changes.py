"""What has changed in a text: translators see at a glance whether they have to read it again."""

from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from pubkit.messages import shortened
from pubkit.patterns import pattern
from pubkit.translation.words import pieces, places

IsWord = Callable[[str], bool]
"""Tells whether small letters are a word of the source language."""

SPACES_ONLY = "Changed: spaces only"
LINK_ONLY = "link only"
TOLD = 3
"""Changes that are told; the others are counted."""
LONGEST_TOLD = 60
"""Characters of a passage that are shown."""
MOST_PIECES = 2_000
"""Longer texts are not compared word by word."""


def no_word(_letters: str) -> bool:
    """Know no word, so that no change is taken for a mended slip."""
    return False


def describe_change(old: str, new: str, is_word: IsWord = no_word) -> str:
    """Return in a few words what distinguishes a text from the one before.

    An edit that changes no meaning says so: spaces, punctuation, capitals, markup, a slip of the
    pen. A word counts as a mended slip if the old letters are no word and the new ones are:
    ``section`` to ``session`` is a change of meaning, ``recieve`` to ``receive`` is none. A name
    is no word, so another spelling of it is never taken for a slip.

    Args:
        old: The text that was translated.
        new: The text of today.
        is_word: Knows the words of the language.
    """
    if old == new:
        return ""
    if pieces(old) == pieces(new):
        return SPACES_ONLY
    differences = list(_differences(old, new))
    kind = kind_of_change(old, new) or ("spelling only" if _are_slips(differences, is_word) else "")
    if kind == LINK_ONLY:
        differences = list(_other_addresses(old, new))
    return ": ".join(filter(None, ("Changed", kind, _listed(differences))))


# ---------------------------------------------------------------- what carries no meaning

LINK = pattern(r"(?<!\\)!?\[([^\[\]]*)\]\(((?:[^()\s]|\([^()\s]*\))*(?:\s+\"[^\"]*\")?)\)")
MARKS = pattern(r"[*_`~\\]+")
PUNCTUATION = pattern(r"[^\w\s%‰$€£¥+=<>@#&/°±×÷−]|_")


def _without_markup(text: str) -> list[str]:
    return pieces(_plain(text))


def _plain(text: str) -> str:
    return MARKS.sub("", LINK.sub(r"\1", text))


def _with_small_letters(text: str) -> list[str]:
    return _without_markup(text.casefold())


NO_LETTERS = pattern(r"[\W_]+")


def _letters(text: str) -> str:
    """Return letters and figures alone: if these differ, so does the meaning."""
    return NO_LETTERS.sub("", _plain(text).casefold())


BETWEEN_FIGURES = pattern(r"(?<=\d)[.,:/-](?=\d)|(?<!\w)[-−](?=\d)")


def _without_punctuation(text: str) -> list[str]:
    """Keep but the signs that make a figure another one: 1.5 is not 15, nor is -3 three."""
    figures = BETWEEN_FIGURES.sub(lambda sign: f"+{ord(sign[0])}+", _plain(text))
    return pieces(PUNCTUATION.sub(" ", figures))


def _bare(text: str) -> list[str]:
    return _without_punctuation(text.casefold())


_ASPECTS: tuple[tuple[str, Callable[[str], list[str]]], ...] = (
    ("markup only", _without_markup),
    ("capitals only", _with_small_letters),
    ("punctuation only", _without_punctuation),
    ("punctuation and capitals only", _bare),
)


def kind_of_change(old: str, new: str) -> str:
    """Name the only aspect in which two texts differ, if it is one without meaning."""
    if _letters(old) != _letters(new):
        return ""
    for name, plain in _ASPECTS:
        if plain(old) == plain(new):
            if _addresses(old) == _addresses(new):
                return name
            is_only_that = LINK.sub(r"[\1]", old) == LINK.sub(r"[\1]", new)
            return LINK_ONLY if is_only_that else ""
    return ""


def _addresses(text: str) -> list[str]:
    return [address for _label, address in LINK.findall(text)]


# ---------------------------------------------------------------- what does


class _Difference(NamedTuple):
    """A passage and what stands there now; one of them may be empty."""

    old: str
    new: str


def _other_addresses(old: str, new: str) -> Iterator[_Difference]:
    pairs = zip(_addresses(old), _addresses(new), strict=True)
    yield from (_Difference(before, after) for before, after in pairs if before != after)


def _differences(old: str, new: str) -> Iterator[_Difference]:
    before, after = pieces(old), pieces(new)
    if max(len(before), len(after)) > MOST_PIECES:
        return
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    passages = _passages(old), _passages(new)
    for tag, *ends in matcher.get_opcodes():
        if tag != "equal":
            yield _Difference(passages[0](*ends[:2]), passages[1](*ends[2:]))


def _passages(text: str) -> Callable[[int, int], str]:
    """Return what gives the passage of a text from one of its pieces to another."""
    spans = places(text)

    def passage(start: int, end: int) -> str:
        return text[spans[start][0] : spans[end - 1][1]] if start < end else ""

    return passage


def _listed(differences: Sequence[_Difference]) -> str:
    told = [_told(difference) for difference in differences[:TOLD]]
    more = len(differences) - TOLD
    return "; ".join([*told, f"{more} more"] if more > 0 else told)


def _told(difference: _Difference) -> str:
    old, new = (shortened(text, LONGEST_TOLD) for text in difference)
    if not old:
        return f"added “{new}”"
    return f"“{old}” → “{new}”" if new else f"removed “{old}”"


# ---------------------------------------------------------------- slips of the pen

LETTERS = pattern(r"[a-z]{3,}")


def _are_slips(differences: Sequence[_Difference], is_word: IsWord) -> bool:
    return bool(differences) and all(_is_slip(difference, is_word) for difference in differences)


def _is_slip(difference: _Difference, is_word: IsWord) -> bool:
    """Tell whether letters that are no word became the words that were meant."""
    old, new = (text.casefold().split() for text in difference)
    if len(old) == len(new):
        return all(_is_misspelt(*pair, is_word) for pair in zip(old, new, strict=True))
    return "".join(old) == "".join(new) and not all(map(is_word, old)) and all(map(is_word, new))


def _is_misspelt(old: str, new: str, is_word: IsWord) -> bool:
    if not (LETTERS.fullmatch(old) and LETTERS.fullmatch(new)):
        return False
    from rapidfuzz.distance import OSA

    is_near = OSA.distance(old, new) <= max(1, len(new) // 4)
    return is_near and not is_word(old) and is_word(new)
