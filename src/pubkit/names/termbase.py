"""The termbase: names.po read as terms.

::

    #. aliases: PKUSZ
    #. renderings: 北大深研院
    msgctxt "organization"
    msgid "Peking University Shenzhen Graduate School"
    msgstr "北京大学深圳研究生院"

It refuses to contradict itself: one source form has one agreed rendering, unless a qualifier in
the context (``person: Shenzhen University``) tells two bearers of the name apart.
"""

from collections.abc import Iterable
from difflib import get_close_matches

from pubkit.errors import Location, TermbaseError
from pubkit.messages import gettext as _
from pubkit.model import Catalog, Entry, Term, Termbase, TermKind

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
    return Term(
        kind=_kind(kind.strip(), entry, catalog),
        qualifier=qualifier.strip() or None,
        source=entry.msgid,
        target="" if entry.is_fuzzy else entry.msgstr.strip(),
        aliases=_forms("aliases:", entry.extracted_comments),
        renderings=_forms("renderings:", entry.extracted_comments),
        is_uncertain=any(UNCERTAIN in comment for comment in entry.translator_comments),
        line=entry.line,
    )


def _kind(word: str, entry: Entry, catalog: Catalog) -> TermKind:
    kinds = [kind.value for kind in TermKind]
    if word in kinds:
        return TermKind(word)
    nearest = get_close_matches(word, kinds, n=1)
    raise TermbaseError(
        _("“{word}” is not a kind of term").format(word=word),
        location=Location(catalog.path or "names.po", entry.line),
        remedy=_('Write msgctxt "{kind}" above the msgid; kinds: {kinds}').format(
            kind=nearest[0] if nearest else TermKind.PERSON, kinds=", ".join(kinds)
        ),
    )


def _forms(label: str, comments: Iterable[str]) -> tuple[str, ...]:
    """Return the forms listed in the comments that begin with the label."""
    stripped = (comment.strip() for comment in comments)
    lists = (line.removeprefix(label) for line in stripped if line.startswith(label))
    forms = (form.strip() for listed in lists for form in listed.split(";"))
    return tuple(form for form in forms if form)


def _verify_forms(terms: Iterable[Term], catalog: Catalog) -> None:
    agreed: dict[tuple[TermKind, str], Term] = {}
    for term in terms:
        if term.qualifier or not term.target:
            continue
        for form in (term.source, *term.aliases):
            other = agreed.setdefault((term.kind, form), term)
            if other.target != term.target:
                raise TermbaseError(
                    _("“{form}” has two renderings: {one} (line {line}) and {two}").format(
                        form=form, one=other.target, line=other.line, two=term.target
                    ),
                    location=Location(catalog.path or "names.po", term.line),
                    remedy=_(
                        "Keep one, or tell two bearers of one name apart by a qualifier: "
                        'msgctxt "{kind}: Shenzhen University"'
                    ).format(kind=term.kind),
                )
