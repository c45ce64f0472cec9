"""Termbases: names.po as TBX and back, and what other tools make of names."""

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from translate.storage import factory

from pubkit.errors import CatalogError
from pubkit.formats.exchange import Bitext, marks_of
from pubkit.formats.tbx import format_tbx, parse_tbx
from pubkit.model import Catalog, Entry, TermKind
from tests.formats.exchanged import lines, xml_texts

PKUSZ = Entry(
    msgctxt="organization",
    msgid="Peking University Shenzhen Graduate School",
    msgstr="北京大学深圳研究生院",
    extracted_comments=(
        "aliases: PKUSZ",
        "renderings: 北大深研院; 深研院",
        "forbidden: 北大深圳学院",
    ),
)


def write(*entries: Entry) -> bytes:
    """Return a termbase with these names."""
    catalog = Catalog(entries=entries, path="names.po", lang="zh")
    return format_tbx(catalog, source_lang="en", target_lang="zh")


def read(data: bytes | str) -> Bitext:
    """Return the names of a termbase."""
    data = data.encode() if isinstance(data, str) else data
    return parse_tbx(data, path="n.tbx", source_lang="en", target_lang="zh")


names = xml_texts.map(lambda text: text.translate({9: " ", 10: " ", 13: " "})).filter(str.strip)
forms = st.lists(
    names.map(str.strip).filter(lambda text: text and ";" not in text),
    min_size=1,
    max_size=2,
    unique=True,
)


@st.composite
def terms(draw: st.DrawFn) -> Entry:
    """Draw an entry of names.po."""
    msgstr = draw(st.just("") | names)
    lists = (
        f"{label}: {'; '.join(draw(forms))}"
        for label in ("aliases", "renderings", "forbidden")
        if draw(st.booleans())
    )
    qualifier = draw(st.just("") | st.just(": Shenzhen University"))
    return Entry(
        msgctxt=draw(st.sampled_from(TermKind)).value + qualifier,
        msgid=draw(names),
        msgstr=msgstr,
        extracted_comments=tuple(lists),
        translator_comments=tuple(draw(st.lists(lines, max_size=2))),
        flags=("fuzzy",) if msgstr and draw(st.booleans()) else (),
    )


@settings(max_examples=40)
@given(st.lists(terms(), max_size=3, unique_by=lambda entry: entry.key))
def test_what_is_written_is_read_again(entries: list[Entry]) -> None:
    """Kinds, qualifiers, all forms, what is uncertain and what is fuzzy come back."""
    bitext = read(write(*entries))

    assert list(bitext.catalog.entries) == entries
    assert bitext.marks == {entry.key: marks_of(entry) for entry in entries}


DCA = """<tbx style="dca" type="TBX-Basic" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2">
<text><body>
<conceptEntry id="c1"><descrip type="subjectField">organization</descrip>
<langSec xml:lang="zh-CN"><termSec><term>北京大学深圳研究生院</term></termSec>
<termSec><term>北大深圳学院</term>
<termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></termSec></langSec>
<langSec xml:lang="en-US"><termSec><term>PKUSZ</term>
<termNote type="administrativeStatus">admittedTerm-admn-sts</termNote></termSec>
<termSec><term>Peking University
Shenzhen Graduate School</term>
<termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></termSec></langSec>
</conceptEntry></body></text></tbx>"""
DCT = """<tbx style="dct" type="TBX-Basic" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"
xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic"><text><body>
<conceptEntry id="c1"><min:subjectField>organization</min:subjectField>
<langSec xml:lang="en"><termSec><term>Peking University Shenzhen Graduate School</term></termSec>
<termSec><term>PKUSZ</term>
<min:administrativeStatus>admittedTerm-admn-sts</min:administrativeStatus></termSec></langSec>
<langSec xml:lang="zh"><termSec><term>北京大学深圳研究生院</term></termSec>
<termSec><term>北大深圳学院</term>
<min:administrativeStatus>supersededTerm-admn-sts</min:administrativeStatus></termSec></langSec>
</conceptEntry></body></text></tbx>"""
NTIG = """<martif type="TBX"><text><body><termEntry><descripGrp>
<descrip type="subjectField">organization</descrip></descripGrp>
<langSet xml:lang="en"><ntig><termGrp><term>Peking University Shenzhen Graduate School</term>
</termGrp></ntig><ntig><termGrp><term>PKUSZ</term>
<termNote type="administrativeStatus">admitted</termNote></termGrp></ntig></langSet>
<langSet xml:lang="zh"><ntig><termGrp><term>北京大学深圳研究生院</term></termGrp></ntig>
<ntig><termGrp><term>北大深圳学院</term>
<termNote type="administrativeStatus">deprecated</termNote></termGrp></ntig></langSet>
</termEntry></body></text></martif>"""


@pytest.mark.parametrize("data", [DCA, DCT, NTIG], ids=["DCA", "DCT", "ntig"])
def test_termbases_of_other_tools_are_read(data: str) -> None:
    """Both styles of TBX 3, and what else TBX 2 allows."""
    assert read(data).catalog.entries == (
        Entry(
            msgctxt=PKUSZ.msgctxt,
            msgid=PKUSZ.msgid,
            msgstr=PKUSZ.msgstr,
            extracted_comments=("aliases: PKUSZ", "forbidden: 北大深圳学院"),
        ),
    )


def test_other_subjects_leave_the_kind_open() -> None:
    """The names that the project has tell it; else it is a term."""
    assert read(DCA.replace("organization", "education")).catalog.entries[0].msgctxt is None


def test_concepts_of_other_languages_are_left_aside() -> None:
    """What has no English term cannot be found in an English source."""
    section = '<langSec xml:lang="de"><termSec><term>A</term></termSec></langSec>'
    other = f"<conceptEntry>{section}</conceptEntry>"

    assert len(read(DCA.replace("</body>", f"{other}</body>")).catalog.entries) == 1


@pytest.mark.parametrize(
    ("data", "place", "message"),
    [
        (DCA.replace("en-US", "fr"), "n.tbx", "no term in en"),
        (DCA.replace(">PKUSZ", ">PKU; SZ"), "n.tbx:3", "semicolon"),
        (write(PKUSZ).decode().replace("Peking", "Beijing"), "n.tbx:18", "has been changed"),
        (DCA.replace("</body>", ""), "n.tbx:", "no well-formed XML"),
        (DCA.replace("tbx", "tbxx"), "n.tbx:1", "root element"),
    ],
)
def test_bad_termbases_are_refused(data: str, place: str, message: str) -> None:
    """The error says where and what to do."""
    with pytest.raises(CatalogError, match=message) as caught:
        read(data)
    assert str(caught.value.location).startswith(place)
    assert caught.value.remedy


def test_translate_toolkit_reads_what_is_written() -> None:
    """A peer finds term and rendering."""
    file = BytesIO(write(PKUSZ))
    file.name = "names.tbx"
    (unit,) = factory.getobject(file).units

    assert (unit.source, unit.target) == (PKUSZ.msgid, PKUSZ.msgstr)
