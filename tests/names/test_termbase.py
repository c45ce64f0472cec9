"""names.po read as terms, and refused where it contradicts itself."""

import pytest

from pubkit.errors import TermbaseError
from pubkit.model import Catalog, Entry, Term, TermKind
from pubkit.names.termbase import make_termbase


def make(*entries: Entry) -> tuple[Term, ...]:
    """Return the terms of a catalog with these entries."""
    return make_termbase(Catalog(entries=entries, lang="zh", path="names.po")).terms


def entry(context: str, msgid: str, msgstr: str, *comments: str, line: int = 0) -> Entry:
    """Return an entry of names.po."""
    return Entry(
        msgctxt=context, msgid=msgid, msgstr=msgstr, extracted_comments=comments, line=line
    )


def test_entry_becomes_a_term() -> None:
    """Aliases and renderings stand in the extracted comments."""
    (term,) = make(
        entry(
            "organization", "Graduate School", "研究生院", "aliases: GS; G.S.", "renderings: 院 ;"
        )
    )

    assert term == Term(
        kind=TermKind.ORGANIZATION,
        source="Graduate School",
        target="研究生院",
        aliases=("GS", "G.S."),
        renderings=("院",),
    )


def test_comment_about_aliases_is_no_list() -> None:
    """Only a comment that begins with the word lists forms."""
    (term,) = make(entry("person", "Pan Feng", "潘锋", "has no aliases: ask him"))

    assert term.aliases == ()


def test_fuzzy_entry_is_not_agreed() -> None:
    """Its rendering is a proposal."""
    (term,) = make(Entry(msgctxt="person", msgid="Pan Feng", msgstr="潘峰", flags=("fuzzy",)))

    assert term.target == ""


def test_obsolete_entry_is_no_term() -> None:
    """What was taken out stays out."""
    assert make(Entry(msgctxt="person", msgid="A", msgstr="甲", is_obsolete=True)) == ()


@pytest.mark.parametrize(
    ("comments", "is_uncertain"), [(("UNCERTAIN: ask the office",), True), (("checked",), False)]
)
def test_uncertain_rendering_is_marked(comments: tuple[str, ...], is_uncertain: bool) -> None:
    """A translator's comment says that someone has to confirm it."""
    (term,) = make(Entry(msgctxt="person", msgid="A", msgstr="甲", translator_comments=comments))

    assert is_uncertain == term.is_uncertain


@pytest.mark.parametrize("context", ["persn", "", "Person", "persons: x"])
def test_unknown_kind_is_refused(context: str) -> None:
    """The error names the line and the kinds."""
    with pytest.raises(TermbaseError) as refused:
        make(entry(context, "A", "甲", line=5))

    assert str(refused.value.location) == "names.po:5"
    assert "person, title, organization, place, event, term" in str(refused.value.remedy)


def test_context_is_needed() -> None:
    """An entry without context is of no kind."""
    with pytest.raises(TermbaseError):
        make(Entry(msgid="A", msgstr="甲"))


def test_two_renderings_of_one_form_are_refused() -> None:
    """One form has one rendering, be it an alias."""
    with pytest.raises(TermbaseError, match=r"A.*甲.*line 1.*乙") as refused:
        make(
            entry("person", "A", "甲", line=1),
            entry("person", "B", "乙", "aliases: A", line=2),
        )

    assert str(refused.value.location) == "names.po:2"


def test_qualifier_tells_two_bearers_of_a_name_apart() -> None:
    """Two persons may share a romanised name; kinds may share a form."""
    terms = make(
        entry("person", "Zhang Wei", "张伟"),
        entry("person: Shenzhen University", "Zhang Wei", "张薇"),
        entry("place", "Zhang Wei", "张围"),
    )

    assert [term.qualifier for term in terms] == [None, "Shenzhen University", None]
