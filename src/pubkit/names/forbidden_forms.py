"""Where a translation has a form that its termbase forbids."""

from collections.abc import Iterator

from pubkit.model import Span, Term, Termbase
from pubkit.names.agreed_forms import AgreedForms
from pubkit.names.units import reader


class ForbiddenForms:
    """The forbidden forms of a termbase, beside the agreed ones of which they may be a part."""

    def __init__(self, termbase: Termbase, *, is_in_words: bool) -> None:
        self._read = reader(in_words=is_in_words)
        terms = [term for term in termbase.terms if term.forbidden]
        self.is_needed = bool(terms)
        """Whether there are any."""
        forbidden = [(form, term) for term in terms for form in term.forbidden]
        agreed = [
            (form, term)
            for term in (termbase.terms if terms else ())
            for form in (term.target, *term.renderings)
        ]
        self._forbidden = AgreedForms(forbidden, self._read)
        self._agreed = AgreedForms(agreed, self._read)

    def find(self, text: str) -> Iterator[tuple[Term, Span]]:
        """Yield the terms whose forbidden forms stand in a text, outside any agreed form."""
        if not self.is_needed:
            return
        units = self._read(text)
        agreed = list(self._agreed.find(units))
        for place in self._forbidden.find(units):
            is_part = any(
                one.start <= place.start
                and place.end <= one.end
                and one.end - one.start > place.end - place.start
                for one in agreed
            )
            if not is_part:
                yield place.terms[0], units.span(place.start, place.end)
