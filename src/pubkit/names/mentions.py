"""Find the termbase's terms in a text of the source language."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from pubkit.model import Mention, Span, Term, Termbase, TermKind
from pubkit.patterns import pattern

WORD = r"[^\W\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]"
"""A character of a word of a language that separates its words: no Han, kana or hangul."""
UNSPACED = r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]"
"""A character of a language that does not: a name may stand right beside a number."""


def find_mentions(text: str, termbase: Termbase) -> tuple[Mention, ...]:
    """Return the terms that a text mentions, in order; the longest wins.

    None overlaps, but for the organization within a title: ``Director of the Harbour Bureau``.

    A form matches whole words, with or without a possessive or plural s, either apostrophe. A
    person's single name counts only where it is not part of another name: ``Pan`` is not
    mentioned in ``Yu Pan``, but in ``Professor Pan``.
    """
    return tuple(_index(_Identical(termbase)).find(text)) if termbase.terms else ()


def term_hints(text: str, termbase: Termbase) -> tuple[str, ...]:
    """Return what a translator shall know of the names in a text: ``Name: Pan Feng = 潘锋``.

    All bearers of a name are told, with what tells them apart: only the translator knows who is
    meant.
    """
    if not termbase.terms:
        return ()
    index = _index(_Identical(termbase))
    found = (index.bearers(mention.term) for mention in index.find(text))
    terms = dict.fromkeys(term for bearers in found for term in bearers)
    return tuple(_hint(term) for term in terms if term.target)


def _hint(term: Term) -> str:
    label = "Name" if term.kind is TermKind.PERSON else str(term.kind).capitalize()
    qualifier = f" ({term.qualifier})" if term.qualifier else ""
    hint = f"{label}: {term.source}{qualifier} = {term.target}"
    # A comment has one line: what begins another one would be read as a part of the catalog.
    return " ".join(hint.split())


# ---------------------------------------------------------------- the index of a termbase


class _Index:
    """All forms of a termbase as one pattern, and the term of each."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self._bearers: dict[tuple[TermKind, str], list[Term]] = {}
        for term in terms:
            self._bearers.setdefault((term.kind, normal_spelling(term.source)), []).append(term)
        forms = [(form, term) for term in terms for form in (term.source, *term.aliases)]
        titles = (form for form, term in forms if term.kind is TermKind.TITLE)
        self._no_names = (
            set(BEGINNINGS.split())
            | set(HONORIFICS.split())
            | {word for title in titles for word in title.split()[-1:]}
        )
        self._read: dict[str, tuple[Term, bool]] = {}
        self._exact: dict[str, Term] = {}
        self._folded: dict[str, Term] = {}
        for form, term in forms:
            self._exact.setdefault(normal_spelling(form), term)
            self._folded.setdefault(normal_spelling(form).casefold(), term)
        alternatives = "|".join(_by_first_letter(forms))
        first = {letter for form, _term in forms for letter in _cases(form[0])}
        self._beginnings = re.compile(
            rf"[{re.escape(''.join(sorted(first)))}](?:(?<!{WORD}.)|(?<={UNSPACED}))"
        )
        self._pattern = re.compile(
            rf"(?:(?<!{WORD})(?<![a-z0-9][.@])|(?={UNSPACED}))(?P<form>{alternatives})(?![.@][a-z0-9])"
            rf"(?!(?<=部)[门队])(?!(?<=会)议)(?:(?<={UNSPACED})|(?:e?s)?(?:(?!{WORD})|(?=\d+{UNSPACED})))",
        )

    def find(self, text: str) -> Iterator[Mention]:
        """Yield the mentions in a text."""
        for match in self._matches(text):
            form = match["form"]
            term, is_single_name = self._read.get(form) or self._meaning(form)
            if not is_single_name or self._stands_alone(match):
                yield Mention(term=term, span=Span(*match.span("form")))
            if term.kind is TermKind.TITLE and (not form.isascii() or " of " in form):
                yield from self._organizations_within(match, term)

    def _matches(self, text: str) -> Iterator[re.Match[str]]:
        """Yield what the pattern finds; it is tried only where a form may begin."""
        end = 0
        for beginning in self._beginnings.finditer(text):
            start = beginning.start()
            match = self._pattern.match(text, start) if start >= end else None
            if match:
                end = match.end()
                yield match

    def _organizations_within(self, title: re.Match[str], office: Term) -> Iterator[Mention]:
        """Yield the organizations that are named within a title, and in its rendering, too.

        “Chairman of the Board” is 董事长, and has no 董事会.
        """
        start, end = title.span("form")
        # In English the office stands first, in Chinese last.
        start, end = (start + 1, end) if title["form"][0].isascii() else (start, end - 1)
        for match in self._pattern.finditer(title.string, start, end):
            term, _is_single_name = self._meaning(match["form"])
            if term.kind is TermKind.ORGANIZATION and _is_rendered_within(term, office):
                yield Mention(term=term, span=Span(*match.span("form")))

    def _meaning(self, written: str) -> tuple[Term, bool]:
        """Return the term of a form, and whether it is a person's single name; read once."""
        form = normal_spelling(written)
        term = self._exact.get(form) or self._folded[form.casefold()]
        is_single_name = term.kind is TermKind.PERSON and SINGLE_NAME.fullmatch(form) is not None
        self._read[written] = term, is_single_name
        return term, is_single_name

    def bearers(self, term: Term) -> Sequence[Term]:
        """Return all terms with this one's name, itself included."""
        return self._bearers[term.kind, normal_spelling(term.source)]

    def _stands_alone(self, match: re.Match[str]) -> bool:
        """Tell whether no other name, but at most an office, stands beside a single name."""
        text, start, end = match.string, match.start(), match.end()
        before = WORD_BEFORE.search(text, max(0, start - LONGEST_WORD), start)
        word = before[1] if before else ""
        is_name = word[:1].isupper() and word.removesuffix(".") not in self._no_names
        is_end_of_sentence = word.endswith(".") and len(word) > len("J.")
        return (not is_name or is_end_of_sentence) and not NAME_AFTER.match(text, end)


HONORIFICS = """
    Academician Chair Chairman Chairwoman Chancellor Dean Director Doctor Dr Madam Manager
    Minister Miss Mr Mrs Ms Premier President Prof Professor Provost Researcher Secretary Sir
"""
BEGINNINGS = """
    After Also Although And As At Because Before Both But By During For From Here How However
    If In Later Now Of On Or Since So That The Then There Though To Until What When Where
    Which While Who Why With
"""
"""Words with a capital at the beginning of a sentence, which are no names."""
LONGEST_WORD = 40
SINGLE_NAME = pattern(rf"{WORD}+")
WORD_BEFORE = pattern(r"([^\W\d_]+\.?)[ \u00a0]\Z")
NAME_AFTER = pattern(r"[ \u00a0-][A-Z]")


def _is_rendered_within(term: Term, title: Term) -> bool:
    rendered = title.target.casefold()
    return any(form.casefold() in rendered for form in (term.target, *term.renderings))


def _by_first_letter(forms: Iterable[tuple[str, Term]]) -> Iterator[str]:
    """Yield a pattern for the forms of each first letter, longest first: fast to rule out."""
    groups: dict[str, dict[str, int]] = {}
    for form, term in forms:
        group = groups.setdefault(form[0].lower(), {})
        group[_form_pattern(form, term)] = len(form)
    for letter, patterns in groups.items():
        longest_first = sorted(patterns, key=patterns.__getitem__, reverse=True)
        yield f"(?=(?i:{_letter(letter)}))(?:{'|'.join(longest_first)})"


def _cases(letter: str) -> str:
    """Return the letters with which a form may begin that is written with this one."""
    return "'’" if letter in "'’" else letter + letter.lower() + letter.upper()


def _letter(letter: str) -> str:
    return "['’]" if letter in "'’" else re.escape(letter)


LONG_ENOUGH_TO_IGNORE_CASE = 7
"""Letters: shorter organizations and events are acronyms, whose case tells them from words."""


def _form_pattern(form: str, term: Term) -> str:
    words = (re.sub("['’]", "['’]", re.escape(word)) for word in form.split())
    pattern = r"\s+".join(words)
    ignores_case = term.kind in (TermKind.ORGANIZATION, TermKind.EVENT)
    if ignores_case and len(form) >= LONG_ENOUGH_TO_IGNORE_CASE:
        return f"(?i:{pattern})"
    return pattern


def normal_spelling(form: str) -> str:
    """Return a form with one kind of apostrophe and of space: as forms are compared."""
    return " ".join(form.replace("’", "'").split())


class _Identical:
    """A termbase as a key: equal to itself alone, so that it need not be read to be found."""

    def __init__(self, termbase: Termbase) -> None:
        self.termbase = termbase

    def __hash__(self) -> int:
        return id(self.termbase)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Identical) and other.termbase is self.termbase


@lru_cache(maxsize=8)
def _index(key: _Identical) -> _Index:
    return _Index(key.termbase.terms)
