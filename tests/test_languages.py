"""Any language is one line of settings and one command away."""

import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from pubkit.formats.po import read_catalog, write_catalog
from tests.conftest import Run, replace_in

TRANSLATIONS = {
    "ja": {
        "Riverside Library opens its night reading room": "リバーサイド図書館、夜間閲覧室を開設",
        "How to come": "ご来館方法",
        "The night reading room has 120 seats.": "夜間閲覧室の座席数は120席",
    },
    "ar": {
        "Riverside Library opens its night reading room": "مكتبة ريفرسايد تفتتح قاعة ليلية",
        "How to come": "كيفية الوصول",
        "The night reading room has 120 seats.": "تضم قاعة القراءة الليلية 120 مقعدًا",
    },
}


@pytest.fixture(params=TRANSLATIONS)
def third(request: pytest.FixtureRequest, run: Run, project: Path) -> tuple[str, Path]:
    """Return a third language, added to a project and translated in part."""
    lang = str(request.param)
    replace_in(project / "pubkit.toml", '["en", "zh"]', f'["en", "zh", "{lang}"]')
    assert run("extract", cwd=project).code == 0
    path = project / f"locales/{lang}/LC_MESSAGES/welcome.po"
    catalog = read_catalog(path)
    entries = tuple(
        replace(entry, msgstr=TRANSLATIONS[lang].get(entry.msgid, "")) for entry in catalog.entries
    )
    write_catalog(replace(catalog, entries=entries), path)
    return lang, project


def test_extraction_makes_catalogs_and_names_for_a_new_language(
    third: tuple[str, Path],
) -> None:
    """The labels are translated already, the names wait for their renderings."""
    lang, project = third
    folder = project / f"locales/{lang}/LC_MESSAGES"
    labels = {entry.msgid: entry.msgstr for entry in read_catalog(folder / "templates.po").entries}
    names = [entry.msgid for entry in read_catalog(folder / "names.po").entries]

    assert labels["Press release"]
    assert "Lin Wei" in names


def test_edition_in_a_new_language_is_set_in_its_script_and_direction(
    third: tuple[str, Path], run: Run
) -> None:
    """Page and PDF hold the translations; what is open is marked as English."""
    lang, project = third
    outcome = run("render", "--lang", lang, cwd=project)
    page = (project / f"build/{lang}/welcome.html").read_text("utf-8")
    fonts = subprocess.run(
        ["pdffonts", project / f"build/{lang}/welcome.pdf"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    assert outcome.code == 0
    assert "is a draft" in outcome.err
    assert re.search(rf'<html[^>]* lang="{lang}"', page)
    assert ('dir="rtl"' in page) == (lang == "ar")
    assert all(text in page for text in TRANSLATIONS[lang].values())
    assert '<span class="untranslated" lang="en">' in page
    assert {"ja": "CJK-JP", "ar": "Arab"}[lang] in fonts
