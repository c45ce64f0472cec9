"""Small faces draw what whole ones draw; the numbers of their glyphs are their places."""

from contextlib import suppress
from pathlib import Path

import pytest
import uharfbuzz
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pubkit.rendering.faces import subsetting
from pubkit.rendering.faces.cff import CffError, has_identity_charset
from pubkit.rendering.faces.characters import find_characters
from pubkit.rendering.faces.examination import misnumbered_files
from pubkit.rendering.faces.installed import Face, faces_of
from pubkit.rendering.faces.subsetting import make_small
from pubkit.rendering.machine import examine_machine

TEXT = "骨と直す、“引用”——葛城……１２3Abfi，。か\u309aが①한국어葛\U000e0100(见)《规》e\u0301ァー々〜"
CHARACTERS = find_characters(TEXT)
FEATURES = ("vert", "palt", "halt", "vkna", "hwid", "fwid", "trad", "ruby", "kern", "liga")


def face_of(family: str) -> Face:
    """Return the first face of a family."""
    return faces_of([family])[0]


@pytest.fixture(scope="module")
def fonts() -> tuple[uharfbuzz.Font, uharfbuzz.Font]:
    """A whole face, and one with the characters of a text."""
    face = face_of("Noto Serif CJK SC")
    small = make_small(face, CHARACTERS)
    assert small
    whole = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(face.path)), face.index)
    return uharfbuzz.Font(whole), uharfbuzz.Font(uharfbuzz.Face(small))


def shaped(
    font: uharfbuzz.Font, text: str, features: dict[str, bool], lang: str
) -> list[tuple[object, ...]]:
    """Return what is drawn for a text, and where."""
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.language = lang
    uharfbuzz.shape(font, buffer, features)
    return [
        (info.cluster, *place.position, tuple(font.get_glyph_extents(info.codepoint) or ()))
        for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    ]


@settings(max_examples=60)
@given(
    text=st.text(st.sampled_from(TEXT), min_size=1, max_size=12),
    features=st.dictionaries(st.sampled_from(FEATURES), st.booleans(), max_size=4),
    lang=st.sampled_from(["zh-cn", "zh-tw", "ja", "ko", "en"]),
)
def test_small_face_draws_what_the_whole_one_draws(
    fonts: tuple[uharfbuzz.Font, uharfbuzz.Font], text: str, features: dict[str, bool], lang: str
) -> None:
    """In every language, and with every feature that a style sheet asks for."""
    whole, small = fonts

    assert shaped(whole, text, features, lang) == shaped(small, text, features, lang)


def test_numbers_of_glyphs_are_read_from_the_face(monkeypatch: pytest.MonkeyPatch) -> None:
    """HarfBuzz keeps the old numbers if it is not told to give others."""
    face = face_of("Noto Sans CJK SC")
    wanted = subsetting._wanted(CHARACTERS)
    wanted.flags = uharfbuzz.SubsetFlags.DEFAULT
    whole = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(face.path)), face.index)
    renumbered = uharfbuzz.subset(whole, wanted).blob.data

    assert has_identity_charset(face.path.read_bytes(), index=face.index)
    assert has_identity_charset(face_of("Noto Sans").path.read_bytes())
    assert not has_identity_charset(renumbered)
    monkeypatch.setattr(subsetting, "_FLAGS", uharfbuzz.SubsetFlags.DEFAULT)
    assert make_small(face, CHARACTERS) is None


@settings(max_examples=60)
@example(place=39, value=182, length=1644)
@given(place=st.integers(0, 4000), value=st.integers(0, 255), length=st.integers(0, 40000))
def test_damaged_face_is_read_or_refused(place: int, value: int, length: int) -> None:
    """No other exception, and no loop without an end."""
    data = bytearray((make_small(face_of("Noto Sans CJK SC"), "ab") or b"")[: length + 1])
    data[place % len(data)] = value
    with suppress(CffError):
        assert has_identity_charset(bytes(data)) in (True, False)


def test_face_that_cannot_be_made_small_is_left_alone(tmp_path: Path) -> None:
    """What is no font is none; whoever needs it says so."""
    path = tmp_path / "font.otf"
    path.write_bytes(b"OTTO but no font")

    assert make_small(Face(("None",), path, 0), "ab") is None
    assert make_small(Face(("None",), tmp_path / "lost.otf", 0), "ab") is None


def test_doctor_names_fonts_that_mupdf_misreads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An edition of a font for one region has the numbers of the whole one."""
    face = face_of("Noto Sans CJK SC")
    monkeypatch.setattr(subsetting, "has_identity_charset", lambda _font: True)
    monkeypatch.setattr(subsetting, "_FLAGS", uharfbuzz.SubsetFlags.DEFAULT)
    (tmp_path / "region.otf").write_bytes(make_small(face, CHARACTERS) or b"")
    region = Face(("Region",), tmp_path / "region.otf", 0)
    monkeypatch.setattr("pubkit.rendering.faces.examination.faces_of", lambda _families: (region,))

    assert misnumbered_files(["Region"]) == (region.path,)
    told = [condition for condition in examine_machine(["zh"]) if not condition.is_met]
    assert ["region.otf" in condition.name for condition in told] == [True]


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("<p>张&#x8FDB;&mdash;</p>", "张进—"),
        ('p::before { content: "\\201C\\4e2d " }', "“中"),
        ("straße ǆ", "SẞǄ"),
        ("e\u0301 が", "éか\u3099"),
        ("", "—…“”‐•1，。"),
    ],
)
def test_characters_of_a_page_are_those_it_has_and_those_that_stand_for_them(
    page: str, found: str
) -> None:
    """As they are written, escaped, composed, in capitals, and made by the layout."""
    assert {*found} - {"ẞ"} <= find_characters(page)
