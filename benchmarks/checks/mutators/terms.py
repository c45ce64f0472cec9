"""Faults in agreed terms, places and events."""

from collections.abc import Iterator

from benchmarks.checks.faults import Group, fault
from benchmarks.checks.mutators.spellings import STRANGERS, stranger
from benchmarks.checks.sites import Place, Site
from pubkit.model import TermKind

KINDS = (TermKind.TERM, TermKind.EVENT, TermKind.PLACE)


@fault(Group.TERMS, "wrong-term", "forbidden-term", needs_termbase=True)
def term_rendered_otherwise(site: Site) -> Iterator[str]:
    """A term is not rendered as agreed."""
    for place in _places(site):
        other = _other_wording(place, site)
        text = site.replace_place(place, other) if other else ""
        if text and not any(form in text for form in (place.term.target, *place.term.renderings)):
            yield text


@fault(
    Group.TERMS,
    "wrong-term",
    "forbidden-term",
    "untranslated-name",
    "untranslated-organization",
    "source-left-over",
    "wrong-script",
)
def term_left_in_source_form(site: Site) -> Iterator[str]:
    """A term, a place or an event stands in the translation as in the source."""
    for place in _places(site):
        is_word = not place.source_form.isupper()  # TEU may stay
        if is_word and place.source_form not in site.target and place.form != site.target:
            yield site.replace_place(place, place.source_form)


def _places(site: Site) -> list[Place]:
    return [place for kind in KINDS for place in site.places(kind)]


def _other_wording(place: Place, site: Site) -> str | None:
    """Return a wording that nobody agreed on: another character, another word."""
    if site.is_chinese:
        character = stranger(site, place.form, STRANGERS)
        middle = len(place.form) // 2
        is_han = all("一" <= letter <= "鿿" for letter in place.form)
        if is_han and character and len(place.form) >= 2:
            return place.form[:middle] + character + place.form[middle + 1 :]
        return None
    *words, last = place.form.split()
    return " ".join((*words, "Matter" if last[:1].isupper() else "matter")) if words else None
