"""Translations that come from elsewhere: other documents, catalogs and memories."""

from pathlib import Path

import pytest

from pubkit.formats.po import read_catalog
from pubkit.model import Entry
from tests.conftest import Run, replace_in

ZH = "locales/zh/LC_MESSAGES"
SENTENCE = "The harbour office opens a new reading room for sailors in May."
CHINESE = "港务局将于五月为海员开设新的阅览室。"
DOCUMENT = f"---\ntitle: News\ndate: 2025-05-01\n---\n\n{SENTENCE}\n"
HEADER = 'msgid ""\nmsgstr "Language: {lang}\\nContent-Type: text/plain; charset=UTF-8\\n"\n\n'
CATALOG = HEADER + f'msgid "{SENTENCE}"\nmsgstr "{CHINESE}"\n'
TMX = f"""<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4"><header creationtool="x" creationtoolversion="1" segtype="paragraph"
 o-tmf="x" adminlang="en" srclang="en" datatype="plaintext"/><body><tu>
<tuv xml:lang="en-GB"><seg>{SENTENCE}</seg></tuv>
<tuv xml:lang="{{lang}}"><seg>{CHINESE}</seg></tuv></tu></body></tmx>
"""


@pytest.fixture
def news(project: Path) -> Path:
    """Return a project with a second document, which nobody has extracted yet."""
    (project / "source" / "news.md").write_text(DOCUMENT, "utf-8")
    return project


def translation(project: Path, name: str = "news") -> Entry:
    """Return the entry of the sentence."""
    entries = read_catalog(project / ZH / f"{name}.po").live_entries
    return next(entry for entry in entries if entry.msgid.startswith("The harbour"))


def test_text_that_moved_from_another_document_stays_translated(run: Run, news: Path) -> None:
    """Its words were reviewed where they stood before."""
    source = (news / "source/welcome.md").read_text("utf-8")
    paragraph = "Members of the Friends may bring one guest."
    assert paragraph in source
    replace_in(news / "source/news.md", SENTENCE, paragraph)
    run("extract", cwd=news)
    entries = read_catalog(news / ZH / "news.po").live_entries
    (moved,) = (entry for entry in entries if entry.msgid == paragraph)

    assert moved.is_translated


def test_catalog_that_is_named_is_trusted(run: Run, news: Path, tmp_path: Path) -> None:
    """It belongs to the house: what is finished there is finished here."""
    old = tmp_path / "old.po"
    old.write_text(CATALOG.format(lang="zh_CN"), "utf-8")
    outcome = run("extract", "--memory", str(old), cwd=news)

    assert outcome.code == 0
    assert (translation(news).msgstr, translation(news).is_fuzzy) == (CHINESE, False)


def test_memory_that_is_named_proposes(run: Run, news: Path) -> None:
    """Its translations are fuzzy, with their origin; a second run changes nothing."""
    (news / "old.tmx").write_text(TMX.format(lang="zh-CN"), "utf-8")
    replace_in(news / "pubkit.toml", "[project]", '[memory]\nfiles = ["old.tmx"]\n\n[project]')
    run("extract", cwd=news)
    again = run("extract", cwd=news)

    assert translation(news).is_fuzzy
    assert translation(news).extracted_comments[-1] == "Origin: old.tmx"
    assert again.out == ""


def test_memory_in_capitals_is_a_memory(run: Run, news: Path) -> None:
    """Windows writes ``OLD.TMX``; that makes it no catalog of the house."""
    (news / "OLD.TMX").write_text(TMX.format(lang="zh-CN"), "utf-8")
    run("extract", "--memory", "OLD.TMX", cwd=news)

    assert translation(news).is_fuzzy


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("old.po", CATALOG.format(lang="de"), "“de”"),
        ("old.po", 'msgid "a\n', "old.po:1"),
        ("old.tmx", TMX.format(lang="de"), "it has: de, en-GB"),
        ("old.tmx", "<tmx", "old.tmx"),
    ],
)
def test_memory_of_no_use_is_refused(
    run: Run, news: Path, name: str, content: str, message: str
) -> None:
    """Who names a file wants it to be used; nothing is written then."""
    (news / name).write_text(content, "utf-8")
    outcome = run("extract", "--memory", name, cwd=news)

    assert (outcome.code, outcome.out) == (2, "")
    assert message in outcome.err
    assert not (news / ZH / "news.po").exists()


def test_damaged_catalog_of_another_document_does_not_disturb(run: Run, news: Path) -> None:
    """Its translator is at work; extraction of this document goes on without it."""
    (news / ZH / "welcome.po").write_bytes(b'msgid "a\n')
    outcome = run("extract", "news", cwd=news)

    assert outcome.code == 0
    assert (news / ZH / "news.po").exists()
