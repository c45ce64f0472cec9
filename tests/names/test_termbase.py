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


@pytest.mark.parametrize("label", ["aliases", "renderings", "forbidden"])
def test_empty_list_of_forms_is_refused(label: str) -> None:
    """Somebody meant to write something there."""
    with pytest.raises(TermbaseError, match=f"{label}:.* of “A” lists nothing") as refused:
        make(entry("person", "A", "甲", f"{label}: ;;", line=4))

    assert str(refused.value.location) == "names.po:4"
    assert refused.value.remedy


def test_blank_rendering_is_refused() -> None:
    """Spaces look like an agreement to every tool; nothing at all waits for one."""
    with pytest.raises(TermbaseError, match="“A” is blank") as refused:
        make(entry("person", "A", "  ", line=4))

    assert str(refused.value.location) == "names.po:4"
    assert [term.target for term in make(entry("person", "A", ""))] == [""]


def test_forbidden_forms_are_read() -> None:
    """They stand in an extracted comment, as aliases and renderings do."""
    (term,) = make(entry("term", "terminal", "终端", "forbidden: 终端机; 端子"))

    assert term.forbidden == ("终端机", "端子")


def test_form_both_agreed_and_forbidden_is_refused() -> None:
    """A translator could not obey."""
    with pytest.raises(TermbaseError, match="“终端” is both agreed and forbidden") as refused:
        make(entry("term", "terminal", "终端", "forbidden: 端子; 终端", line=9))

    assert str(refused.value.location) == "names.po:9"


def test_apostrophes_do_not_hide_a_contradiction() -> None:
    """Texts are searched for either."""
    with pytest.raises(TermbaseError, match="two renderings"):
        make(entry("place", "Xi'an", "西安"), entry("place", "Xi’an", "希安"))


def test_one_alias_of_two_qualified_persons_is_fine() -> None:
    """The qualifier tells them apart; within one qualifier, a form is one person's."""
    make(
        entry("person: Cardiology", "Zhang Wei", "张伟", "aliases: Wei"),
        entry("person: Radiology", "Zhang Wei", "张薇", "aliases: Wei"),
    )
    with pytest.raises(TermbaseError, match="“Wei” has two renderings"):
        make(
            entry("person: Cardiology", "Zhang Wei", "张伟", "aliases: Wei"),
            entry("person: Cardiology", "Li Wei", "李薇", "aliases: Wei"),
        )
