"""Terms are found where they are meant, and only there."""

from functools import partial

import pytest

from pubkit.model import Term, Termbase, TermKind
from pubkit.names.mentions import find_mentions, term_hints
from tests.conftest import count_calls


def make(kind: TermKind, source: str, target: str = "x", *aliases: str) -> Term:
    """Return a term."""
    return Term(kind=kind, source=source, target=target, aliases=aliases)


TERMBASE = Termbase(
    lang="zh",
    terms=(
        make(TermKind.PERSON, "Pan Feng", "潘锋", "Pan"),
        make(TermKind.PERSON, "Yu Shuhong", "俞书宏"),
        make(TermKind.TITLE, "Dean", "院长"),
        make(TermKind.TITLE, "Chief Librarian", "馆长"),
        make(TermKind.TITLE, "Rector of the University of Ili", "伊犁大学校长"),
        make(TermKind.ORGANIZATION, "University of Ili", "伊犁大学"),
        make(TermKind.TITLE, "黎河医院院长", "President of Lihe Hospital"),
        make(TermKind.ORGANIZATION, "黎河医院", "Lihe Hospital"),
        make(TermKind.ORGANIZATION, "Peking University", "北京大学", "PKU"),
        make(TermKind.ORGANIZATION, "Peking University Press", "北京大学出版社"),
        make(TermKind.ORGANIZATION, "PAN", "波兰科学院"),
        make(TermKind.ORGANIZATION, "School of Materials", "材料学院"),
        make(TermKind.ORGANIZATION, "King's College", "国王学院"),
        make(TermKind.PLACE, "Xi’an", "西安"),
        make(TermKind.PLACE, "C++ Street (East)", "街"),
        make(TermKind.TERM, "term without rendering", ""),
    ),
)


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("Pan Feng spoke.", ["Pan Feng"]),
        ("Pan\u00a0Feng spoke.", ["Pan\u00a0Feng"]),
        ("Pan  Feng spoke.", ["Pan  Feng"]),
        ("Pan Feng’s report, Pan Feng's report", ["Pan Feng", "Pan Feng"]),
        ("Pan Fengyi spoke.", []),
        ("XPan Feng spoke.", []),
        ("the deans", []),
        ("see www.PKU.example or press@PKU.example", []),
        ("PKU-led research. PKU.", ["PKU", "PKU"]),
        ("the Deans", ["Dean"]),
        ("Peking University Press and Peking University", None),
        ("PEKING UNIVERSITY", ["PEKING UNIVERSITY"]),
        ("school of materials", ["school of materials"]),
        ("PKU and pku", ["PKU"]),
        ("King’s College, King's College", ["King’s College", "King's College"]),
        ("Xi'an, Xi’an", ["Xi'an", "Xi’an"]),
        ("in C++ Street (East)", ["C++ Street (East)"]),
        ("“Pan Feng”", ["Pan Feng"]),
        ("**Pan Feng**", ["Pan Feng"]),
        ("与Pan Feng会面", ["Pan Feng"]),
        (
            "Kim, Rector of the University of Ili",
            ["Rector of the University of Ili", "University of Ili"],
        ),
        ("黎河医院院长发言", ["黎河医院院长", "黎河医院"]),
        ("", []),
    ],
)
def test_forms_are_found(text: str, forms: list[str] | None) -> None:
    """Whole words, either apostrophe, any space; organizations in any case if they are long."""
    found = [
        text[mention.span.start : mention.span.end] for mention in find_mentions(text, TERMBASE)
    ]

    assert found == (["Peking University Press", "Peking University"] if forms is None else forms)


@pytest.mark.parametrize(
    ("text", "is_mentioned"),
    [
        ("Professor Pan spoke.", True),
        ("Dr. Pan spoke.", True),
        ("the Chief Librarian Pan", True),
        ("Then Pan spoke.", True),
        ("It was in Shenzhen. Pan spoke.", True),
        ("Pan said so.", True),
        ("as Pan said", True),
        ("(Pan)", True),
        ("Yu Pan spoke.", False),
        ("Pan Lin spoke.", False),
        ("Pan-Asian trade", False),
        ("J. Pan spoke.", False),
    ],
)
def test_single_name_counts_where_it_stands_alone(text: str, is_mentioned: bool) -> None:
    """A surname is not mentioned within another person's name."""
    names = [mention.term.source for mention in find_mentions(text, TERMBASE)]

    assert is_mentioned == ("Pan Feng" in names)


def test_case_tells_an_acronym_from_a_name() -> None:
    """``PAN`` is the academy, ``Pan`` the person."""
    sources = [mention.term.source for mention in find_mentions("PAN met Pan.", TERMBASE)]

    assert sources == ["PAN", "Pan Feng"]


def test_chinese_names_need_no_spaces() -> None:
    """In a source without spaces, a name is found within the text."""
    termbase = Termbase(
        lang="en",
        terms=(make(TermKind.PERSON, "潘锋", "Pan Feng"), make(TermKind.TITLE, "院长", "Dean")),
    )
    sources = [mention.term.source for mention in find_mentions("潘锋院长作报告", termbase)]

    assert sources == ["潘锋", "院长"]


def test_hints_tell_translators_the_agreed_forms() -> None:
    """Each term once, in the order of the text; terms without rendering say nothing."""
    text = "Pan Feng, Dean at PKU, and Yu Shuhong met Pan Feng: term without rendering"

    assert term_hints(text, TERMBASE) == (
        "Name: Pan Feng = 潘锋",
        "Title: Dean = 院长",
        "Organization: Peking University = 北京大学",
        "Name: Yu Shuhong = 俞书宏",
    )


def test_empty_termbase_finds_nothing() -> None:
    """There may be no names.po yet."""
    assert find_mentions("Pan Feng", Termbase(lang="zh")) == ()


def test_hints_tell_all_bearers_of_a_name() -> None:
    """Only the translator knows which of them is meant; another name has one bearer."""
    person = TermKind.PERSON
    terms = (
        make(person, "Lin Wei", "林薇"),
        Term(kind=person, source="Lin Wei", target="林伟", qualifier="A"),
        make(person, "Lin Weimin", "林为民"),
    )
    termbase = Termbase(lang="zh", terms=terms)

    assert term_hints("Lin Wei spoke.", termbase) == (
        "Name: Lin Wei = 林薇",
        "Name: Lin Wei (A) = 林伟",
    )
    assert term_hints("Lin Weimin spoke.", termbase) == ("Name: Lin Weimin = 林为民",)
    assert [mention.term for mention in find_mentions("Lin Wei spoke.", termbase)] == [terms[0]]


def test_large_termbase_takes_linear_work() -> None:
    """Twice the names are about twice the work, not four times."""
    small, large = (count_calls(partial(_search, names)) for names in (200, 400))

    assert large < 2.5 * small


def _search(names: int) -> None:
    terms = tuple(make(TermKind.PERSON, f"Zhang Wei{number}") for number in range(names))
    text = "Zhang Weimin, Zhang Wei7 and many others came to the Zhang Wei Hall in Shenzhen. " * 3
    assert len(find_mentions(text, Termbase(lang="zh", terms=terms))) == 3
