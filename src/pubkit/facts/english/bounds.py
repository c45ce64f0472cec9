"""English words that make a figure a lower or an upper bound."""

from pubkit.facts.english.place import Place
from pubkit.facts.values import Bound
from pubkit.patterns import pattern

BOUNDS = {
    phrase: bound
    for bound, phrases in {
        Bound.NONE: "no more than, not more than, no later than, not exceed, not exceeding"
        ", not over, up to, at most, within",
        Bound.OVER: "no less than, not less than, no fewer than, not fewer than, not lower than"
        ", over, more than, above, exceed, exceeds, exceeded, exceeding, at least"
        ", upwards of, upward of, in excess of, surpass, surpasses, surpassed"
        ", surpassing, top, tops, topped, topping"
        ", beyond, pass, passes, passed, passing, greater than, higher than, longer than",
        Bound.UNDER: "under, nearly, almost, close to, approaching, less than, fewer than, below"
        ", lower than, short of, shy of",
        Bound.ABOUT: "about, around, some, roughly, approximately, circa, estimated, approx.",
    }.items()
    for phrase in phrases.split(", ")
}


LAST_WORDS = frozenset(phrase.split()[-1] for phrase in BOUNDS)


ARTICLES = frozenset(("a", "an", "the"))


BOUND_AFTER = pattern(r"\s?(?:(?P<over>\+|-plus|or more|and more|plus\b|-?odd\b)|(?P<about>or so))")


def bound(at: Place, end: int) -> Bound:
    """Return on which side of the figure that begins at a place the fact lies."""
    start = at.match.start()
    words = at.lowered[max(0, start - 28) : start].split()
    if words and words[-1] in ARTICLES:
        words.pop()
    if words and words[-1].endswith("-"):
        words[-1] = words[-1].rstrip("-")
    if words and words[-1].lstrip("(“") in LAST_WORDS:
        phrases = (" ".join(words[-count:]).lstrip("(“") for count in (3, 2, 1))
        return next((BOUNDS[phrase] for phrase in phrases if phrase in BOUNDS), Bound.NONE)
    after = BOUND_AFTER.match(at.lowered, end)
    if after:
        return Bound.OVER if after["over"] else Bound.ABOUT
    return Bound.NONE
