"""From a finished edition to what members get."""

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from pubkit.distribution.campaign import Parcel
from pubkit.errors import DeliveryError
from pubkit.workflow.letters import make_parcel
from pubkit.workflow.project import open_project
from pubkit.workflow.render import language_setting, prepare
from tests.conftest import replace_in

PDF = b"%PDF-1.7 small"
CATALOG = "locales/zh/LC_MESSAGES/welcome.po"


def parcel(
    folder: Path,
    *,
    lang: str = "zh",
    pdf: bytes = PDF,
    faulty: tuple[Parcel, ...] = (),
    note: str = "",
) -> Parcel:
    """Return an edition of the project's document as members get it."""
    project = open_project(folder)
    (source,) = project.reports(("welcome",))
    page = prepare(project, source, setting=language_setting(project, lang), lang=lang)
    path = f"build/{lang}/welcome.pdf"
    return make_parcel(project, page, pdf=pdf, pdf_path=path, faulty=faulty, note=note)


def test_parcel_freezes_an_edition(project: Path) -> None:
    """Its digest, its letters for both kinds of members, and its texts."""
    made = parcel(project)

    assert made.attachment == "welcome.zh.pdf"
    assert made.pdf_digest == sha256(PDF).hexdigest()
    assert made.named != made.unnamed
    assert made.named.subject == made.texts[0]
    assert made.named.subject in made.named.text
    assert "untranslated" not in made.named.html


def test_large_pdf_needs_a_place_on_the_web(project: Path) -> None:
    """Where there is one, the letter has a link."""
    pdf = b"x" * 6_000_000
    with pytest.raises(DeliveryError, match="8210 kB") as refused:
        parcel(project, pdf=pdf)
    assert "largest_kilobytes" in (refused.value.remedy or "")

    replace_in(project / "pubkit.toml", "[project]", '[project]\nbase_url = "https://n.example"')
    made = parcel(project, pdf=pdf)
    assert made.attachment == ""
    assert "https://n.example/zh/welcome.pdf" in made.named.text


def test_letter_that_is_not_translated_is_refused(project: Path) -> None:
    """A member never reads words that nobody has put into their language."""
    templates = project / "templates"
    templates.mkdir(exist_ok=True)
    (templates / "letter.subject.j2").write_text('{{ label("Fresh news") }}')
    with pytest.raises(DeliveryError, match="Fresh news") as refused:
        parcel(project)

    assert refused.value.location is not None
    assert refused.value.location.path.endswith("zh/LC_MESSAGES/templates.po")


def test_correction_names_what_changed_and_nothing_else(project: Path) -> None:
    """In the language of the edition; a note of the office stands beside it."""
    old = parcel(project)
    title = old.texts[0]
    replace_in(project / CATALOG, f'msgstr "{title}"', f'msgstr "{title}（新）"')
    corrected = parcel(project, faulty=(old,), note="谨此致歉。")

    assert f"{title}（新）" in corrected.named.text
    assert "谨此致歉。" in corrected.named.text
    assert "您此前收到的新闻稿有误" in corrected.named.text
    assert corrected.named.subject == f"更正：{title}（新）"
    assert "有误" not in parcel(project).named.text


def test_readers_of_different_editions_are_told_no_list(project: Path) -> None:
    """What changed for one has not changed for the other; the note holds for both."""
    first = parcel(project)
    second = replace(first, texts=("另一个标题", *first.texts[1:]), pdf_digest="2" * 64)

    corrected = parcel(project, faulty=(first, second), note="谨此致歉。")

    assert "谨此致歉。" in corrected.named.text
    assert "另一个标题" not in corrected.named.text
    assert "另一个标题" in parcel(project, faulty=(second,)).named.text
