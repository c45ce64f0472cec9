"""Translation memories: what tools write is read, and what is written tools can read."""

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from translate.storage import factory

from pubkit.errors import CatalogError
from pubkit.formats.tmx import format_tmx, parse_tmx
from pubkit.model import Catalog, Entry

HEADER = '<header creationtool="x" segtype="sentence" adminlang="en" srclang="en" datatype="{}"/>'


def memory(units: str, *, datatype: str = "html", version: str = "1.4", doctype: str = "") -> bytes:
    """Return a memory with these units."""
    head = HEADER.format(datatype)
    return f'{doctype}<tmx version="{version}">{head}<body>{units}</body></tmx>'.encode()


def unit(source: str, target: str, *, more: str = "", lang: str = "zh") -> str:
    """Return a unit of two texts, which may have markup."""
    texts = f'<tuv xml:lang="en"><seg>{source}</seg></tuv>'
    return f'<tu>{more}{texts}<tuv xml:lang="{lang}"><seg>{target}</seg></tuv></tu>'


def read(data: bytes, target_lang: str = "zh") -> tuple[Entry, ...]:
    """Return the English entries of a memory."""
    return parse_tmx(data, path="m.tmx", source_lang="en", target_lang=target_lang).entries


@pytest.mark.parametrize("lang", ["zh", "ZH", "zh-CN", "zh_CN", "zh-Hans", "zh-Hans-CN", "zh-SG"])
def test_variants_of_a_language_are_found(lang: str) -> None:
    """Tools name the region or the script, each in its own spelling."""
    assert [entry.msgstr for entry in read(memory(unit("Yes", "是", lang=lang)))] == ["是"]


@pytest.mark.parametrize("lang", ["zh-TW", "zh-Hant", "ja", "x-klingon"])
def test_other_languages_are_no_match(lang: str) -> None:
    """Traditional characters are another written language; the error names what is there."""
    with pytest.raises(CatalogError, match=f"it has: en, {lang}"):
        read(memory(unit("Yes", "是", lang=lang)))


def test_the_exact_tag_is_preferred() -> None:
    """Of two regions the one that was asked for counts, wherever it stands."""
    texts = unit("Yes", "是的", lang="zh-SG").replace(
        "</tu>", '<tuv xml:lang="zh"><seg>是</seg></tuv></tu>'
    )

    assert [entry.msgstr for entry in read(memory(texts))] == ["是"]


def test_old_memories_name_the_language_otherwise() -> None:
    """TMX 1.1 has ``lang`` in place of ``xml:lang``."""
    units = unit("Yes", "是").replace("xml:lang", "lang")

    assert read(memory(units, version="1.1")) == (Entry(msgid="Yes", msgstr="是"),)


@pytest.mark.parametrize("charset", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_charsets_of_the_standard_are_read(charset: str) -> None:
    """With a byte order mark and without one, as old tools on Windows write them."""
    assert read(memory(unit("Yes", "是")).decode().encode(charset))[0].msgstr == "是"


def test_equal_units_are_kept_in_order() -> None:
    """A memory is no catalog: the caller chooses among several translations of one text."""
    units = unit("Yes", "是") + "\n" + unit("Yes", "对")

    assert [(entry.msgstr, entry.line) for entry in read(memory(units))] == [("是", 1), ("对", 2)]


@pytest.mark.parametrize(
    ("segment", "text"),
    [
        ('a <bpt i="1">&lt;b&gt;</bpt>c<ept i="1">&lt;/b&gt;</ept>.', "a **c**."),
        ('a <bpt i="1">&lt;span x="y"&gt;</bpt>c<ept i="1">&lt;/span&gt;</ept>.', "a c."),
        ('a <hi type="x">c</hi>.', "a c."),
        ("one<ph>&lt;br/&gt;</ph>two", "one two"),
        ("Dear <ph>{name}</ph>,", "Dear {name},"),
        ("Dear <ph>%s</ph>,", "Dear %s,"),
        (r"a<it pos='begin'>{\b </it>b<it pos='end'>}</it>", "ab"),
        ("<ph>&lt;img alt='<sub>text</sub>'/&gt;</ph>b", "b"),
        (" two  spaces\nkept ", " two  spaces\nkept "),
        ("<![CDATA[a & b]]>", "a & b"),
    ],
)
def test_codes_become_text(segment: str, text: str) -> None:
    """Marks that Markdown has are kept, tags of other formats are not."""
    assert read(memory(unit(segment, "是")))[0].msgid == text


def test_codes_of_markdown_are_kept() -> None:
    """The memory says that its texts are Markdown, so the codes are parts of them."""
    segment = '<bpt i="1">[</bpt>a<ept i="1">](https://example.org)</ept>'

    assert read(memory(unit(segment, "是"), datatype="x-markdown"))[0].msgid == (
        "[a](https://example.org)"
    )


@pytest.mark.parametrize(
    ("prop", "context"),
    [
        ('<prop type="x-context">title</prop>', "title"),
        ('<prop type="x-Context">6192823041, 2098120</prop>', None),
        ('<prop type="file">a.md</prop>', None),
    ],
)
def test_contexts_are_kept_where_they_are_words(prop: str, context: str | None) -> None:
    """Others write the digest of the neighbours, which no catalog knows."""
    assert read(memory(unit("Yes", "是", more=prop)))[0].msgctxt == context


def test_drafts_and_notes_are_kept() -> None:
    """What is not confirmed stays to be reviewed."""
    more = '<note>By Ann</note><prop type="x-ConfirmationLevel">Draft</prop>'
    (entry,) = read(memory(unit("Yes", "是", more=more)))

    assert (entry.is_fuzzy, entry.translator_comments) == (True, ("By Ann",))


@pytest.mark.parametrize(
    ("data", "place", "message"),
    [
        (memory("<tu><tuv><seg>a</seg></tuv></tu>"), "m.tmx:1", "does not say its language"),
        (memory('<tu><tuv xml:lang="en"/></tu>'), "m.tmx:1", "has no text"),
        (memory(unit("a" * 200_001, "b")), "m.tmx:1", "200001 characters"),
        (memory(unit("&nbsp;", "b"), doctype='<!DOCTYPE tmx SYSTEM "t">'), "m.tmx:1", "&nbsp;"),
        (memory("", doctype='<!DOCTYPE tmx [<!ENTITY x "y">]>'), "m.tmx:1", "entities"),
        (memory("<tu>\n</body>"), "m.tmx:2:8", "no well-formed XML"),
        (b"<xliff/>", "m.tmx:1", "its root element is “xliff”"),
        (memory(unit("Yes", "\xff")).replace(b"\xc3\xbf", b"\xff"), "m.tmx:1:", "not UTF-8"),
    ],
)
def test_bad_memories_are_refused_with_their_place(data: bytes, place: str, message: str) -> None:
    """Nothing of a memory that cannot be trusted is taken."""
    with pytest.raises(CatalogError, match=message) as caught:
        read(data)
    assert str(caught.value.location).startswith(place)
    assert caught.value.remedy


def test_no_unit_is_no_fault() -> None:
    """A new memory is empty."""
    assert read(memory("")) == ()


# ---------------------------------------------------------------- writing


def write(*entries: Entry) -> bytes:
    """Return a memory with these entries."""
    catalog = Catalog(entries=entries, lang="zh", path="zh.po")
    return format_tmx([catalog], source_lang="en", version="1")


xml_text = st.text(
    st.sampled_from(" \n\t<&>\"'*[]~你\U00020bb7\u202e")
    | st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"),
    min_size=1,
    max_size=12,
).filter(str.strip)


@settings(max_examples=50)
@given(xml_text, xml_text, st.none() | xml_text.filter(lambda text: not text.isdigit()))
def test_what_is_written_is_read_again(msgid: str, msgstr: str, msgctxt: str | None) -> None:
    """Every character that XML can hold comes back, spaces at the ends included."""
    entry = Entry(msgid=msgid, msgstr=msgstr, msgctxt=msgctxt and f"c{msgctxt}")

    assert read(write(entry)) == (entry,)


def test_only_what_is_finished_is_written() -> None:
    """Drafts, gaps and texts of yesterday are no memory; equal pairs stand once."""
    done = Entry(msgid="Yes", msgstr="是")
    others = (
        Entry(msgid="No", msgstr="不", flags=("fuzzy",)),
        Entry(msgid="Why"),
        Entry(msgid="Old", msgstr="旧", is_obsolete=True),
    )

    assert read(write(done, *others, done)) == (done,)


def test_a_character_that_xml_lacks_is_refused() -> None:
    """The error names the entry of the catalog."""
    with pytest.raises(CatalogError, match=r"U\+0007") as caught:
        write(Entry(msgid="a", msgstr="\a", line=7))
    assert str(caught.value.location) == "zh.po:7"


def test_translate_toolkit_reads_what_is_written() -> None:
    """A peer finds the same texts and contexts."""
    file = BytesIO(write(Entry(msgid="A **b** <c>", msgstr="甲 **乙**", msgctxt="title")))
    file.name = "memory.tmx"
    (found,) = factory.getobject(file).units

    assert (found.source, found.target) == ("A **b** <c>", "甲 **乙**")
    assert found.getcontext() == "title"
