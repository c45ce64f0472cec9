"""OmegaT, in console mode, works with the memories that pubkit writes, and pubkit with its own."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from pubkit.formats.tmx import format_tmx, parse_tmx
from pubkit.model import Catalog, Entry

PROJECT = """<?xml version="1.0" encoding="UTF-8"?>
<omegat><project version="1.0">
<source_dir>__DEFAULT__</source_dir><target_dir>__DEFAULT__</target_dir>
<tm_dir>__DEFAULT__</tm_dir><glossary_dir>__DEFAULT__</glossary_dir>
<glossary_file>__DEFAULT__</glossary_file><dictionary_dir>__DEFAULT__</dictionary_dir>
<source_lang>EN</source_lang><target_lang>ZH-CN</target_lang>
<sentence_seg>false</sentence_seg>
<support_default_translations>true</support_default_translations>
<remove_tags>false</remove_tags></project></omegat>
"""
ENTRIES = (
    Entry(msgid="How to come", msgstr="如何前往", msgctxt="title"),
    Entry(msgid="Enter by the **east door** & see [a](b).", msgstr="由**东门**入馆，参见[甲](b)。"),
)


@pytest.mark.skipif(not shutil.which("omegat"), reason="needs OmegaT")
def test_omegat_translates_with_a_memory_of_pubkit(tmp_path: Path) -> None:
    """A text file comes out translated, and the memory that OmegaT exports says the same."""
    folder = tmp_path / "project"
    for name in ("source", "target", "tm/auto", "omegat", "glossary", "dictionary"):
        (folder / name).mkdir(parents=True)
    (folder / "omegat.project").write_text(PROJECT, "utf-8")
    (folder / "source/a.txt").write_text("\n\n".join(entry.msgid for entry in ENTRIES), "utf-8")
    catalog = Catalog(entries=ENTRIES, lang="zh-CN")
    memory = format_tmx([catalog], source_lang="en", version="1")
    (folder / "tm/auto/pubkit.tmx").write_bytes(memory)

    subprocess.run(
        ["omegat", str(folder), "--mode=console-translate"],
        env=os.environ | {"HOME": str(tmp_path), "_JAVA_OPTIONS": f"-Duser.home={tmp_path}"},
        capture_output=True,
        check=True,
        timeout=120,
    )

    translated = (folder / "target/a.txt").read_text("utf-8").rstrip("\n")
    assert translated == "\n\n".join(entry.msgstr for entry in ENTRIES)
    exported = (folder / "project-omegat.tmx").read_bytes()
    again = parse_tmx(exported, source_lang="en", target_lang="zh")
    assert {(e.msgid, e.msgstr) for e in again.entries} == {(e.msgid, e.msgstr) for e in ENTRIES}
