"""Documents made by LibreOffice, live and committed: the same text comes out of all of them."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from pubkit.formats.manuscripts import LossKind, Manuscript, arrange, read_manuscript
from pubkit.formats.manuscripts.completeness import letters
from pubkit.formats.manuscripts.pandoc import read_tree
from pubkit.formats.markdown.writing import write_body
from pubkit.workflow.manuscript_pictures import take_pictures
from tests.conftest import made_once

HERE = Path(__file__).parent
OFFICE = shutil.which("soffice")
FORMATS = ("docx", "odt")
EXPECTED = """\
Riverside Library opened its **night reading room** on Friday[^1], says the \
[library](https://library.example/news). It has 120 seats & 3 * 4 lamps.

## The room

The air has less CO₂ than out**s**ide, and no dust.

- Lamps
  - warm
- Chairs

The steps:

3. Come
4. Read

![A white table on a red carpet](pictures/library-1.png)
Figure 1: The new table.

### Who reads

| Day | Readers \\| seats | Note |
| --- | --- | --- |
| Friday | 98 |  |
| Saturday | 117 | full |

The room is open until midnight.\\
Every day.

> “A city that reads at night is a city that thinks by day.”
>
> — Dr. Lin Wei, Director

河畔图书馆的**“夜读室”**开放了。1. is no list, # no heading, [x\\](y) no link.

[^1]: From six in the evening; see *Opening hours*.
"""


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Convert the report once into each format, in a profile of its own."""
    if OFFICE is None:
        pytest.skip("LibreOffice is not installed")
    folder = made_once(tmp_path_factory, "office", _convert)
    return {name: (folder / f"library.{name}").read_bytes() for name in FORMATS}


def _convert(folder: Path) -> None:
    profile = f"-env:UserInstallation=file://{folder}/profile"
    for name in FORMATS:
        program = [OFFICE, profile, "--headless", "--convert-to", name, "--outdir", str(folder)]
        subprocess.run([*program, str(HERE / "library.fodt")], capture_output=True, check=True)


def read(data: bytes, suffix: str) -> Manuscript:
    """Return what is read of a document."""
    return arrange(read_manuscript(data, path=f"library.{suffix}", nearby=lambda _path: None))


def verify(manuscript: Manuscript) -> None:
    """Make sure that the report is taken over whole, and what is not is told."""
    placed, pictures = take_pictures(manuscript, "library")
    found = {loss.kind: loss.text for loss in placed.losses}

    assert (manuscript.title, manuscript.subtitle, manuscript.dateline, manuscript.date) == (
        "Riverside Library opens its night reading room",
        "A room for those who work by day",
        "RIVERSIDE, March 14, 2025",
        "2025-03-14",
    )
    assert write_body(placed).text == EXPECTED
    assert list(pictures) == ["pictures/library-1.png"]
    assert found[LossKind.TEXT_BOX] == "Boxed words beside the text."
    assert found[LossKind.COMMENT] == "B. Ito: Is this measured?"
    assert found[LossKind.DELETION] == "two hundred"
    assert found[LossKind.HEADER] == "Confidential draft"
    assert found[LossKind.FOOTER] == "Press Office"
    assert {LossKind.INSERTION, LossKind.MERGED_CELLS, LossKind.STYLE} <= found.keys()
    assert LossKind.OTHER_TEXT not in found


@pytest.mark.parametrize("suffix", FORMATS)
def test_report_made_by_libreoffice(converted: dict[str, bytes], suffix: str) -> None:
    """As it comes from the version that is installed."""
    verify(read(converted[suffix], suffix))


@pytest.mark.parametrize("suffix", FORMATS)
def test_committed_report(suffix: str) -> None:
    """As LibreOffice wrote it once."""
    verify(read((HERE / f"library.{suffix}").read_bytes(), suffix))


@pytest.mark.parametrize("suffix", FORMATS)
def test_pandoc_alone_takes_over_less(suffix: str) -> None:
    """What pandoc itself reads is all there, and it loses what pubkit takes over or tells."""
    data = (HERE / f"library.{suffix}").read_bytes()
    manuscript = read(data, suffix)
    whole = " ".join(
        [
            *(manuscript.title, manuscript.subtitle, manuscript.dateline),
            write_body(manuscript).text,
            *(loss.text for loss in manuscript.losses),
        ]
    )
    peer = str(read_tree(data, suffix, path="library"))
    words = set(re.findall(r"'c': '(\w+)'", peer))

    assert len(words) > 50
    assert {word for word in words if letters(word) not in letters(whole)} == set()
    assert "Confidential" not in peer
    assert "Confidential" in whole
