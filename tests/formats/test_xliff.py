"""XLIFF: what is written is read again, and what other tools make of it is understood."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from translate.storage.xliff2 import Xliff2File

from pubkit.errors import CatalogError
from pubkit.formats.exchange import Bitext, identifier, marks_of
from pubkit.formats.xliff import format_xliff, parse_xliff
from pubkit.model import Catalog, Entry
from tests.formats.exchanged import catalogs
from tests.formats.xliff_rules import broken_rules

NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"


def write(*entries: Entry) -> bytes:
    """Return a document with these entries as XLIFF."""
    catalog = Catalog(entries=entries, path="zh.po", lang="zh")
    return format_xliff({"report": catalog}, source_lang="en", target_lang="zh")


def read(data: bytes) -> Bitext:
    """Return the only document of a file."""
    (bitext,) = parse_xliff(data, path="f.xlf")
    return bitext


@settings(max_examples=50)
@given(catalogs)
def test_what_is_written_is_read_again(entries: list[Entry]) -> None:
    """Texts, contexts, comments and states come back; no tool has to be told of Markdown."""
    data = write(*entries)
    bitexts = parse_xliff(data, path="f.xlf")

    assert [entry for bitext in bitexts for entry in bitext.catalog.entries] == entries
    assert [bitext.document for bitext in bitexts] == ["report"] * bool(entries)
    assert all(b.marks == {e.key: marks_of(e) for e in entries} for b in bitexts)
    assert not entries or broken_rules(data) == []


def test_identifiers_depend_on_the_text_alone() -> None:
    """A paragraph that is inserted changes no other identifier."""
    one, two = Entry(msgid="One"), Entry(msgid="Two")
    before, after = write(one, two).decode(), write(one, Entry(msgid="New"), two).decode()

    assert f'id="{identifier(two.key)}"' in before
    assert f'id="{identifier(two.key)}"' in after


def test_any_name_of_a_document_comes_back() -> None:
    """XML allows fewer characters in identifiers than files in their names."""
    catalogs = {name: Catalog(entries=(Entry(msgid="A"),)) for name in ("report", "a(1)", "年报")}
    data = format_xliff(catalogs, source_lang="en", target_lang="zh")

    assert broken_rules(data) == []
    assert [bitext.document for bitext in parse_xliff(data)] == list(catalogs)


def test_codes_of_a_translation_are_those_of_its_source() -> None:
    """A tool sees which code is which, whatever their order."""
    data = write(Entry(msgid="**A** and [b](c)", msgstr="[乙](c)和**甲**")).decode()

    assert (
        '<source><pc id="c1" dataRefStart="d1" dataRefEnd="d1" type="fmt" subType="xlf:b">A</pc>'
        " and "
        '<pc id="c2" dataRefStart="d2" dataRefEnd="d3" type="link">b</pc></source>'
    ) in data
    assert (
        '<target><pc id="c2" dataRefStart="d2" dataRefEnd="d3" type="link">乙</pc>和'
        '<pc id="c1" dataRefStart="d1" dataRefEnd="d1" type="fmt" subType="xlf:b">甲</pc></target>'
    ) in data


@pytest.mark.parametrize(
    ("state", "is_fuzzy"),
    [
        ("", False),
        ('state="initial"', True),
        ('state="translated"', False),
        ('state="reviewed"', False),
        ('state="final"', False),
        ('state="initial" subState="x:mt"', True),
    ],
)
def test_states_say_whether_a_translation_is_finished(state: str, is_fuzzy: bool) -> None:
    """A tool that knows no states says nothing, and its translations count."""
    unit = f"<segment {state}><source>A</source><target>甲</target></segment>"

    assert foreign(unit).is_fuzzy == is_fuzzy


def test_an_untranslated_text_says_no_state() -> None:
    """Else a tool without states would leave "initial" beside what it fills in."""
    data = write(Entry(msgid="A")).replace(b"</source>", "</source><target>甲</target>".encode())

    assert read(data).catalog.entries == (Entry(msgid="A", msgstr="甲"),)


# ---------------------------------------------------------------- other tools


def foreign(unit: str, *, attributes: str = "", version: str = "2.0") -> Entry:
    """Return the entry of a unit that another tool wrote."""
    data = (
        f'<xliff xmlns="{NAMESPACE}" version="{version}" srcLang="en" trgLang="zh">'
        f'<file id="f" original="source/report.md" {attributes}>'
        f'<unit id="1">{unit}</unit></file></xliff>'
    )
    (entry,) = read(data.encode()).catalog.entries
    return entry


def segment(source: str, target: str) -> str:
    """Return a segment of two texts, which may have inline elements."""
    return f"<segment><source>{source}</source><target>{target}</target></segment>"


DATA = '<originalData><data id="d1">**</data><data id="d2">](a)</data></originalData>'


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ('<pc id="1" dataRefStart="d1" dataRefEnd="d1">A</pc>', "**A**"),
        ('<sc id="1" dataRef="d1"/>A<ec startRef="1" dataRef="d1"/>', "**A**"),
        ('[A<ph id="1" dataRef="d2"/>', "[A](a)"),
        ('<mrk id="m" type="term">A <mrk id="n">b</mrk></mrk> c', "A b c"),
        ('<sm id="s" type="comment"/>A<em startRef="s"/>', "A"),
        ('<pc id="9" type="fmt" subType="xlf:b">A</pc>', "**A**"),
        ('A<ph id="9" type="fmt" subType="xlf:lb"/>B', "A\\\nB"),
        ('<pc id="9" type="fmt" subType="xlf:u">A</pc>', "A"),
        ('A<cp hex="001B"/>', "A\x1b"),
        ("A<![CDATA[ <b> c]]>", "A <b> c"),
    ],
)
def test_inline_elements_become_text(source: str, text: str) -> None:
    """All that XLIFF 2 has, also what a tool adds by itself."""
    assert foreign(DATA + segment(source, "甲")).msgid == text


@pytest.mark.parametrize("code", ["D7FF", "E000", "10FFFF"])
def test_any_character_may_be_written_as_a_number(code: str) -> None:
    """The last ones before and after the surrogates, and the last of all."""
    assert foreign(segment(f'A<cp hex="{code}"/>', "甲")).msgid == f"A{chr(int(code, 16))}"


@pytest.mark.parametrize("code", ["D800", "DFFF", "110000", "-1", "x", "F" * 5000])
def test_a_number_of_no_character_is_refused(code: str) -> None:
    """Half of a surrogate pair is none."""
    with pytest.raises(CatalogError, match="is not the number of a character"):
        foreign(segment(f'A<cp hex="{code}"/>', "甲"))


def test_segments_are_joined_to_their_unit() -> None:
    """What stands between them counts, too."""
    unit = (
        segment("One.", "一。")
        + "<ignorable><source> </source></ignorable>"
        + segment("Two.", "二。")
    )

    assert foreign(unit) == Entry(msgid="One. Two.", msgstr="一。 二。")


def test_segments_may_change_their_order() -> None:
    """A tool says with numbers which translation comes first."""
    unit = segment("One.", "一。") + segment("Two.", "二。")
    unit = unit.replace("<target>一", '<target order="2">一').replace(
        "<target>二", '<target order="1">二'
    )

    assert foreign(unit).msgstr == "二。一。"


@pytest.mark.parametrize("order", ["0", "3", "x", "9" * 5000])
def test_an_order_that_cannot_be_is_none(order: str) -> None:
    """A place among the segments is one of theirs."""
    unit = segment("One.", "一。") + segment("Two.", "二。")
    unit = unit.replace("<target>一", f'<target order="{order}">一')

    assert foreign(unit).msgstr == "一。二。"


def test_a_half_translated_unit_is_fuzzy() -> None:
    """Nothing is lost, and nobody takes it for finished."""
    unit = segment("One. ", "一。") + "<segment><source>Two.</source></segment>"

    assert (foreign(unit).msgstr, foreign(unit).is_fuzzy) == ("一。Two.", True)


def test_layout_is_no_text_unless_a_file_says_so() -> None:
    """Some tools indent what is in an element."""
    unit = segment("\n   A\n   b\n", "甲")

    assert foreign(unit).msgid == "A b"
    assert foreign(unit, attributes='xml:space="preserve"').msgid == "\n   A\n   b\n"


def test_what_is_not_to_be_translated_is_left_alone() -> None:
    """A unit, or the group around it."""
    unit = f'<unit id="1" translate="no">{segment("A", "甲")}</unit>'
    group = f'<group id="g" translate="no"><unit id="2">{segment("B", "乙")}</unit></group>'
    head = f'<xliff xmlns="{NAMESPACE}" version="2.1" srcLang="en"><file id="f">'

    assert read(f"{head}{unit}{group}</file></xliff>".encode()).catalog.entries == ()


def test_notes_of_other_tools_are_comments() -> None:
    """A reviewer wrote them."""
    notes = "<notes><note>Looks odd\nhere</note></notes>"

    assert foreign(notes + segment("A", "甲")).translator_comments == ("Looks odd", "here")


OLD = """<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
<file original="report.md" source-language="en" target-language="zh-CN"><body><group>
<trans-unit id="1">
<source>A <g id="1" ctype="bold">b</g> <bpt id="2">**</bpt>c<ept id="2">**</ept></source>
<target state="needs-review-translation">甲</target><note from="Ann">Why?</note></trans-unit>
<trans-unit id="2"><source>B</source><target state="final">乙</target></trans-unit>
<trans-unit id="3" translate="no"><source>C</source></trans-unit></group></body></file></xliff>"""


def test_xliff_1_2_is_read() -> None:
    """Many tools write nothing newer."""
    bitext = read(OLD.encode())

    assert (bitext.document, bitext.catalog.lang, bitext.source_lang) == (
        "report.md",
        "zh-CN",
        "en",
    )
    assert bitext.catalog.entries == (
        Entry(msgid="A b **c**", msgstr="甲", flags=("fuzzy",), translator_comments=("Why?",)),
        Entry(msgid="B", msgstr="乙"),
    )


# ---------------------------------------------------------------- peers


def test_translate_toolkit_reads_what_is_written() -> None:
    """A peer finds texts and states."""
    data = write(
        Entry(msgid="Plain text", msgstr="文字", extracted_comments=("Caption",)),
        Entry(msgid="Old", msgstr="旧", flags=("fuzzy",)),
        Entry(msgid="New"),
    )
    units = Xliff2File.parsefile(BytesIO(data)).units

    assert [(unit.source, unit.target or "") for unit in units] == [
        ("Plain text", "文字"),
        ("Old", "旧"),
        ("New", ""),
    ]
    assert [unit.istranslated() for unit in units] == [True, False, False]


def test_what_translate_toolkit_saves_is_read() -> None:
    """A peer fills in a translation and leaves everything else as it was."""
    entries = (Entry(msgid="A [b](c)", msgstr="甲[乙](c)", msgctxt="title"), Entry(msgid="New"))
    store = Xliff2File.parsefile(BytesIO(write(*entries)))
    store.units[1].target = "新"
    bitext = read(bytes(store))

    assert bitext.catalog.entries == (entries[0], replace(entries[1], msgstr="新"))
    assert set(bitext.marks) == {entry.key for entry in entries}


def test_a_changed_source_is_refused() -> None:
    """The translation would come under a text for which it was not made."""
    data = write(Entry(msgid="Five deans", msgstr="五位院长")).replace(b"Five", b"Six")

    with pytest.raises(CatalogError, match="has been changed") as caught:
        read(data)
    assert str(caught.value.location) == "f.xlf:4"


def test_the_report_is_exchanged(request: pytest.FixtureRequest) -> None:
    """A real document breaks no rule of the standard, with its links, notes and emphasis."""
    from pubkit.formats.po import read_catalog

    path = Path(request.config.rootpath) / "locales/zh/LC_MESSAGES/report.po"
    data = format_xliff({"report": read_catalog(path)}, source_lang="en", target_lang="zh")

    assert broken_rules(data) == []
