"""Catalogs as other tools write them: an edit of one entry leaves all other bytes as they were."""

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from translate.storage import pypo

from pubkit.formats.po import format_catalog, parse_catalog
from pubkit.model import Catalog, Entry

CASES = Path(__file__).parent / "cases" / "po"
FILES = sorted([*CASES.glob("good/*.po"), *CASES.glob("tools/*.po")])
MARK = b"\xef\xbb\xbf"

needs_gettext = pytest.mark.skipif(not shutil.which("msgcat"), reason="needs GNU gettext")
needs_omegat = pytest.mark.skipif(not shutil.which("omegat"), reason="needs OmegaT")


def edited(entry: Entry) -> Entry:
    """Return the entry with other texts, as a translator or an update would leave it."""
    if entry.msgid_plural is None:
        return replace(entry, msgstr=f"新{entry.msgstr}" if entry.is_fuzzy else "", flags=())
    return replace(entry, msgstr_plural=tuple("" for _form in entry.msgstr_plural))


def check_that_edits_stay_in_their_place(data: bytes) -> None:
    """Edit each entry alone, and compare everything before and behind it."""
    catalog = parse_catalog(data)
    assert format_catalog(catalog) == data
    blocks = list(catalog.blocks.values())
    offset = 1 if catalog.header else 0
    for place, entry in enumerate(catalog.entries):
        entries = (*catalog.entries[:place], edited(entry), *catalog.entries[place + 1 :])
        text = format_catalog(replace(catalog, entries=entries)).decode()
        before = "".join(blocks[: place + offset])
        behind = "".join(blocks[place + offset + 1 :]) + catalog.tail

        assert text.startswith(before)
        assert text.endswith(behind)
        rest = text[len(before) : len(text) - len(behind)]
        assert parse_catalog((before + rest).encode()).entries[place] == edited(entry)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_edit_of_one_entry_touches_no_other(path: Path) -> None:
    """Poedit, Lokalize, Weblate, Notepad, Windows: all other entries keep their bytes."""
    check_that_edits_stay_in_their_place(path.read_bytes().removeprefix(MARK))


@needs_gettext
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
@pytest.mark.parametrize(
    "options",
    [(), ("--width=50",), ("--no-wrap",), ("--sort-output", "--add-location=file"), ("--indent",)],
    ids=" ".join,
)
def test_files_of_msgcat_keep_their_bytes(path: Path, options: tuple[str, ...]) -> None:
    """However GNU gettext wraps and sorts, its lines stay."""
    data = path.read_bytes().removeprefix(MARK)
    done = subprocess.run(["msgcat", *options, "-"], input=data, capture_output=True, check=True)

    check_that_edits_stay_in_their_place(done.stdout)


@needs_gettext
def test_file_of_msgmerge_keeps_its_bytes(tmp_path: Path) -> None:
    """What msgmerge made fuzzy or obsolete, with previous texts, is kept as it wrote it."""
    template = tmp_path / "report.pot"
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    template.write_text(header + 'msgid "Yu Shuhong opened the newest laboratory."\nmsgstr ""\n')
    command = ["msgmerge", "--previous", "-q", CASES / "good" / "report.po", template]
    done = subprocess.run(command, capture_output=True, check=True)

    assert b"#~ msgid" in done.stdout
    assert b"#| msgid" in done.stdout
    check_that_edits_stay_in_their_place(done.stdout)


@pytest.mark.parametrize("path", FILES[-5:], ids=lambda path: path.stem)
@pytest.mark.parametrize("width", [0, 77, -1])
def test_files_of_translate_toolkit_keep_their_bytes(path: Path, width: int) -> None:
    """What Weblate's library writes is read, and its wrapping stays."""
    store = pypo.pofile(width=width)
    store.parse(path.read_bytes().removeprefix(MARK))
    for unit in store.units[1:3]:
        unit.target = unit.target  # which makes the library write it anew

    check_that_edits_stay_in_their_place(bytes(store))


OMEGAT = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<omegat><project version="1.0">
<source_dir>__DEFAULT__</source_dir><target_dir>__DEFAULT__</target_dir>
<tm_dir>__DEFAULT__</tm_dir><glossary_dir>__DEFAULT__</glossary_dir>
<glossary_file>__DEFAULT__</glossary_file><dictionary_dir>__DEFAULT__</dictionary_dir>
<source_lang>EN-US</source_lang><target_lang>ZH-CN</target_lang>
<sentence_seg>false</sentence_seg>
<support_default_translations>true</support_default_translations>
<remove_tags>false</remove_tags>
</project></omegat>
"""


@needs_omegat
def test_file_of_omegat_keeps_its_bytes(tmp_path: Path) -> None:
    """A catalog that went through OmegaT is read with the same translations, and kept."""
    for folder in ("source", "target", "omegat", "tm", "glossary", "dictionary"):
        (tmp_path / folder).mkdir()
    (tmp_path / "omegat.project").write_text(OMEGAT)
    original = CASES / "tools" / "poedit.po"
    shutil.copy(original, tmp_path / "source" / "report.po")
    config = f"--config-dir={tmp_path / 'config'}"
    subprocess.run(
        ["omegat", tmp_path, "--mode=console-translate", config],
        capture_output=True,
        check=True,
        timeout=120,
    )
    data = (tmp_path / "target" / "report.po").read_bytes()

    check_that_edits_stay_in_their_place(data)
    assert finished(parse_catalog(data)) >= finished(parse_catalog(original.read_bytes()))


def finished(catalog: Catalog) -> set[tuple[str, str]]:
    """Return the texts of the finished live entries."""
    entries = (entry for entry in catalog.live_entries if entry.is_translated)
    return {(entry.msgid, entry.msgstr) for entry in entries if not entry.msgid_plural}


def test_mark_is_a_character_elsewhere() -> None:
    """U+FEFF inside a text is kept; only one at the beginning of the file goes."""
    data = 'msgid ""\nmsgstr "charset=UTF-8\\n"\n\nmsgid "a\ufeffb"\nmsgstr "\ufeff乙"\n'.encode()

    assert parse_catalog(MARK + data).entries[0].msgid == "a\ufeffb"
    check_that_edits_stay_in_their_place(data)
