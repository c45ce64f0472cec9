"""Translations whose texts are spelt otherwise today stay as finished as they were."""

import pytest

from pubkit.model import Catalog, Entry
from pubkit.translation import update_catalog
from pubkit.translation.respelling import respell_catalog


def catalog(*pairs: tuple[str, str], flags: tuple[str, ...] = ()) -> Catalog:
    """Return a catalog of another program."""
    entries = (Entry(msgid=msgid, msgstr=msgstr, flags=flags) for msgid, msgstr in pairs)
    return Catalog(entries=tuple(entries), lang="zh")


def template(*msgids: str) -> Catalog:
    """Return the messages of a page."""
    return Catalog(entries=tuple(Entry(msgid=msgid, references=("a.md",)) for msgid in msgids))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(("_Not_ so", "不_是_"), ("*Not* so", "不_是_"), id="emphasis"),
        pytest.param((r"a\_b", "甲"), ("a_b", "甲"), id="an escape"),
        pytest.param(("[a][0] b", "[甲][0]乙"), ("[a](x.md) b", "[甲](x.md)乙"), id="a link"),
        pytest.param(("Threads", "线程"), ("[Threads](t.md)", "[线程](t.md)"), id="contents"),
        pytest.param(("> One\n> two\n", "> 一\n> 二\n"), ("One two", "一二"), id="a quotation"),
        pytest.param(("* One\ntwo\n", "* 一\n二\n"), ("One two", "一二"), id="a list item"),
        pytest.param(("One\ntwo\n", "一\n二\n"), ("One two", "一二"), id="lines"),
    ],
)
def test_a_translation_that_fits_stays_finished(old: tuple[str, str], new: tuple[str, str]) -> None:
    """It is written as the text of today is, and nothing is left over."""
    updated = update_catalog(catalog(old), template(new[0]), lang="zh")
    entry = updated.entries[0]

    assert new == (entry.msgid, entry.msgstr)
    assert entry.is_translated
    assert len(updated.entries) == 1


def test_a_fuzzy_translation_stays_fuzzy() -> None:
    """A spelling is no review."""
    updated = update_catalog(
        catalog(("_Not_ so", "不"), flags=("fuzzy",)), template("*Not* so"), lang="zh"
    )

    assert updated.entries[0].is_fuzzy
    assert updated.entries[0].msgstr == "不"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(("See [it][0]", "见它"), "See [it](x.md)", id="the link is lost"),
        pytest.param(("See [it](a.md)", "见[它](a.md)"), "See [it](b.md)", id="it leads elsewhere"),
    ],
)
def test_a_translation_that_does_not_fit_becomes_fuzzy(old: tuple[str, str], new: str) -> None:
    """The translator sees the text that was translated."""
    entry = update_catalog(catalog(old), template(new), lang="zh").entries[0]

    assert entry.is_fuzzy
    assert entry.previous_msgid == old[0]


def test_a_whole_table_is_divided_into_its_cells() -> None:
    """Nobody knows whether its rows are in the same order: each cell waits for a look at it."""
    table = "| Name | Place |\n|---|---|\n| One | Here |\n"
    translated = "| 名称 | 位置 |\n|---|---|\n| 一 | 这里 |\n"
    updated = update_catalog(
        catalog((table, translated)), template("Name", "Place", "One", "Here"), lang="zh"
    )
    live, obsolete = updated.entries[:4], updated.entries[4:]

    assert [entry.msgstr for entry in live] == ["名称", "位置", "一", "这里"]
    assert all(entry.is_fuzzy and entry.previous_msgid is None for entry in live)
    assert all("Origin: a table" in entry.extracted_comments[-1] for entry in live)
    assert [(entry.msgid, entry.is_obsolete) for entry in obsolete] == [(table, True)]


def test_a_table_with_another_number_of_cells_is_not_divided() -> None:
    """Which cell is missing, nobody knows."""
    table = "| Name | Place |\n|---|---|\n| One | Here |\n"
    updated = respell_catalog(catalog((table, "| 名称 |\n|---|\n")), template("Name", "Place"))

    assert updated == catalog((table, "| 名称 |\n|---|\n"))


def test_one_translation_serves_a_heading_and_the_contents() -> None:
    """The heading has its own spelling; that of the contents is added."""
    updated = update_catalog(
        catalog(("Threads", "线程")), template("[Threads](t.md)", "Threads"), lang="zh"
    )

    assert [entry.msgstr for entry in updated.entries] == ["[线程](t.md)", "线程"]


def test_respelling_twice_is_respelling_once() -> None:
    """The second time there is nothing to do, and old bytes are written."""
    messages = template("*Not* so", "[a](x.md)", "Q1", "Q2", "New")
    old = catalog(("_Not_ so", "不"), ("a", "甲"), ("> Q1\n>\n> Q2", "> 一\n>\n> 二"))
    once = respell_catalog(old, messages)

    assert respell_catalog(once, messages) == once
    updated = update_catalog(old, messages, lang="zh")
    assert update_catalog(updated, messages, lang="zh") == updated


def test_equal_words_in_another_context_are_another_text() -> None:
    """A translator was asked for two translations."""
    old = Catalog(entries=(Entry(msgid="_a_ b", msgctxt="verb", msgstr="甲"),), lang="zh")

    assert respell_catalog(old, template("*a* b")) == old
