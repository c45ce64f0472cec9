"""A text in which names stand in full for their acronyms, and where its places were before."""

from collections.abc import Mapping

from pubkit.model import Span
from pubkit.names.left_forms import ACRONYM
from pubkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Expanded:
    """A text with names in full."""

    text: str
    places: tuple[tuple[Span, Span], ...] = ()
    """Where each name stands, and where the acronym stood."""

    def origin(self, span: Span) -> Span:
        """Return where a place was in the text before; a word of a name was its acronym."""
        shift = 0
        for name, acronym in self.places:
            if span.start < name.end and name.start < span.end:
                return acronym
            if name.end <= span.start:
                shift = acronym.end - name.end
        return Span(span.start + shift, span.end + shift)


def expand(text: str, names: Mapping[str, str]) -> Expanded:
    """Return a text with the names that it has as acronyms alone."""
    pieces, places, end, length = [], [], 0, 0
    for match in ACRONYM.finditer(text) if names else ():
        name = names.get(match[0], "")
        if name and name not in text:
            pieces += [text[end : match.start()], name]
            length += match.start() - end
            places.append((Span(length, length + len(name)), Span(*match.span())))
            length += len(name)
            end = match.end()
    return Expanded("".join((*pieces, text[end:])), tuple(places))
