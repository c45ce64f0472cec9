"""Is every person of the source in the translation, and is it the same person?"""

from pubkit.checks.pair import Pair
from pubkit.model import Span, TermKind
from pubkit.names.persons import NamedPerson


def named_persons(pair: Pair) -> tuple[NamedPerson, ...]:
    """Return the persons that the English side names, in its order, with their place in Chinese."""
    found = []
    for mention in pair.mentions if pair.translation.is_into_chinese else ():
        if mention.term.kind is TermKind.PERSON:
            place = pair.chinese.find(mention.term.target) if mention.term.target else -1
            rendering = Span(place, place + len(mention.term.target)) if place >= 0 else None
            found.append(
                NamedPerson(
                    name=mention.term.source,
                    span=mention.span,
                    rendering=rendering,
                    term=mention.term,
                )
            )
    return tuple(found)
