"""Every language has its families, and stacks that end where they should."""

import pytest
from babel.localedata import locale_identifiers

from pubkit.errors import RenderingError
from pubkit.rendering.typefaces import (
    BUNDLED_FACES,
    FOLDER,
    Typeface,
    packages_for,
    print_faces,
    screen_stylesheet,
    typeface_for,
)


@pytest.mark.parametrize(
    ("lang", "serif"),
    [
        ("en", "Pubkit Serif"),
        ("vi", "Pubkit Serif"),
        ("ru", "Pubkit Serif"),
        ("zh", "Noto Serif CJK SC"),
        ("zh-CN", "Noto Serif CJK SC"),
        ("zh-Hant", "Noto Serif CJK TC"),
        ("zh-TW", "Noto Serif CJK TC"),
        ("zh-HK", "Noto Serif CJK HK"),
        ("ja", "Noto Serif CJK JP"),
        ("ko", "Noto Serif CJK KR"),
        ("ar", "Noto Naskh Arabic"),
        ("he", "Noto Serif Hebrew"),
        ("sr-Latn", "Pubkit Serif"),
    ],
)
def test_typeface_for_language_is_of_its_script(lang: str, serif: str) -> None:
    """The script decides, and for Chinese the territory."""
    assert serif == typeface_for(lang).serif


def test_typeface_chosen_by_publisher_wins_in_either_spelling() -> None:
    """A choice for zh holds for zh-CN, and for no other language."""
    kai = Typeface(serif="LXGW WenKai", sans="LXGW WenKai")

    assert kai == typeface_for("zh-CN", {"zh": kai})
    assert kai != typeface_for("zh-TW", {"zh": kai})


def test_typeface_for_nearly_every_language_of_cldr_is_known() -> None:
    """Only a few scripts without an agreed family ask the publisher."""
    unknown = {}
    for name in locale_identifiers():
        try:
            typeface_for(name.replace("_", "-"))
        except RenderingError as error:
            unknown[name.partition("_")[0]] = error.remedy

    assert len(unknown) < 10
    assert all("pubkit.toml" in str(remedy) for remedy in unknown.values())


def test_packages_for_languages_are_those_of_debian() -> None:
    """A Latin edition needs no package; two Chinese ones need one."""
    assert packages_for(["en", "fr"]) == []
    assert packages_for(["en", "zh", "zh-TW", "ar"]) == ["fonts-noto-cjk", "fonts-noto-core"]


def test_print_faces_put_the_own_family_first() -> None:
    """Quotation marks of each language come from its own family."""
    sheet = print_faces({"en", "zh-CN"}).stylesheet

    assert ':lang(en) { --serif: "Pubkit Serif", "Noto Serif CJK SC"' in sheet
    assert ':lang(zh-CN) { --serif: "Noto Serif CJK SC", "Pubkit Serif"' in sheet
    assert "serif;" not in sheet.replace('serif";', "")


def test_print_faces_name_files_that_exist() -> None:
    """Every bundled face has its file: one per family, weight and style."""
    named = {face.file for face in BUNDLED_FACES}

    assert named == {path.name for path in FOLDER.glob("*.otf")}


def test_screen_stylesheet_ends_in_generic_families() -> None:
    """A Latin stack names no Chinese family, whose quotation marks browsers would take."""
    english, chinese = screen_stylesheet(["en", "zh"]).splitlines()

    assert "CJK" not in english
    assert english.endswith("sans-serif }")
    assert ':lang(zh-CN) { --serif: "Noto Serif CJK SC"' in chinese


def test_stylesheet_with_hostile_family_keeps_its_shape() -> None:
    """A family name from the settings cannot leave its quotation marks."""
    hostile = Typeface(serif='x"; } </style>', sans="y\\")

    assert '"x; } /style"' in screen_stylesheet(["en"], {"en": hostile})
