"""The termbase: names.po read as terms.

::

    #. aliases: PKUSZ
    #. renderings: 北大深研院
    #. forbidden: 北大深圳学院
    msgctxt "organization"
    msgid "Peking University Shenzhen Graduate School"
    msgstr "北京大学深圳研究生院"

It refuses to contradict itself: one source form has one agreed rendering, unless a qualifier in
the context (``person: Shenzhen University``) tells two bearers of the name apart; and no rendering
is both accepted and forbidden.
"""

from collections.abc import Iterable
from difflib import get_close_matches

from pubkit.errors import Location, TermbaseError
from pubkit.messages import gettext as _
from pubkit.model import Catalog, Entry, Term, Termbase, TermKind
from pubkit.names.mentions import normal_spelling

UNCERTAIN = "UNCERTAIN"


def make_termbase(catalog: Catalog) -> Termbase:
    """Read a catalog of names as a termbase; fuzzy entries are not agreed and have no target.

    Raises:
        TermbaseError: An entry's context is not a kind of term, or two entries contradict.
    """
    terms = tuple(_term(entry, catalog) for entry in catalog.live_entries)
    _verify_forms(terms, catalog)
    return Termbase(lang=catalog.lang or "", terms=terms, path=catalog.path)


def _term(entry: Entry, catalog: Catalog) -> Term:
    kind, _colon, qualifier = (entry.msgctxt or "").partition(":")
    term = Term(
        kind=_kind(kind.strip(), entry, catalog),
        qualifier=qualifier.strip() or None,
        source=entry.msgid,
        target="" if entry.is_fuzzy else entry.msgstr.strip(),
        aliases=_forms("aliases:", entry, catalog),
        renderings=_forms("renderings:", entry, catalog),
        forbidden=_forms("forbidden:", entry, catalog),
        is_uncertain=any(UNCERTAIN in comment for comment in entry.translator_comments),
        line=entry.line,
    )
    _verify_term(term, entry, catalog)
    return term


def _location(line: int, catalog: Catalog) -> Location:
    return Location(catalog.path or "names.po", line)


def _verify_term(term: Term, entry: Entry, catalog: Catalog) -> None:
    """Refuse a rendering of nothing but spaces, and one both accepted and forbidden."""
    if entry.msgstr and not entry.msgstr.strip():
        raise TermbaseError(
            _("The rendering of “{form}” is blank").format(form=term.source),
            location=_location(term.line, catalog),
            remedy=_('Write the agreed rendering into msgstr, or leave it empty: msgstr ""'),
        )
    both = {term.target, *term.renderings} & set(term.forbidden)
    if both:
        raise TermbaseError(
            _("“{form}” is both agreed and forbidden").format(form=min(both)),
            location=_location(term.line, catalog),
            remedy=_("Take it out of “#. forbidden:”, or agree on another rendering"),
        )


def _kind(word: str, entry: Entry, catalog: Catalog) -> TermKind:
    kinds = [kind.value for kind in TermKind]
    if word in kinds:
        return TermKind(word)
    nearest = get_close_matches(word, kinds, n=1)
    raise TermbaseError(
        _("“{word}” is not a kind of term").format(word=word),
        location=_location(entry.line, catalog),
        remedy=_('Write msgctxt "{kind}" above the msgid; kinds: {kinds}').format(
            kind=nearest[0] if nearest else TermKind.PERSON, kinds=", ".join(kinds)
        ),
    )


def _forms(label: str, entry: Entry, catalog: Catalog) -> tuple[str, ...]:
    """Return the forms listed in the comments that begin with the label."""
    stripped = (comment.strip() for comment in entry.extracted_comments)
    lists = [line.removeprefix(label) for line in stripped if line.startswith(label)]
    forms = tuple(form.strip() for listed in lists for form in listed.split(";") if form.strip())
    if lists and not forms:
        raise TermbaseError(
            _("“#. {label}” of “{form}” lists nothing").format(label=label, form=entry.msgid),
            location=_location(entry.line, catalog),
            remedy=_("Write forms behind it, separated by “; ”, or delete the comment"),
        )
    return forms


def _verify_forms(terms: Iterable[Term], catalog: Catalog) -> None:
    """Refuse two renderings of one form; bearers told apart by a qualifier may have two."""
    agreed: dict[tuple[TermKind, str | None, str], Term] = {}
    for term in terms:
        if not term.target:
            continue
        for form in (term.source, *term.aliases):
            other = agreed.setdefault((term.kind, term.qualifier, normal_spelling(form)), term)
            if other.target != term.target:
                raise TermbaseError(
                    _(
                        "“{form}” has two renderings: {one} (line {line}) "
                        "and {two} (line {other_line})"
                    ).format(
                        form=form,
                        one=other.target,
                        line=other.line,
                        two=term.target,
                        other_line=term.line,
                    ),
                    location=_location(term.line, catalog),
                    remedy=_(
                        "Keep one, or tell two bearers of one name apart by a qualifier: "
                        'msgctxt "{kind}: Shenzhen University"'
                    ).format(kind=term.kind),
                )
