"""The reader against GNU msgfmt and msgcat, on good and on damaged files.

``python -m benchmarks.catalogs`` compares a million of these.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from benchmarks.catalogs.comparison import compare
from benchmarks.catalogs.fuzz import originals
from benchmarks.catalogs.gettext import Gettext, make_library
from benchmarks.catalogs.mutators import mutants

from pubkit.formats.po import format_catalog, parse_catalog

CASES = Path(__file__).parent / "cases" / "po"
GOOD = sorted([*CASES.glob("good/*.po"), *CASES.glob("tools/*.po")])

pytestmark = pytest.mark.skipif(not shutil.which("msgfmt"), reason="needs GNU gettext")


@pytest.fixture(scope="module")
def gettext(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gettext]:
    """Return GNU gettext, loaded once where a C compiler is there."""
    folder = tmp_path_factory.mktemp("gettext")
    gettext = Gettext(folder, make_library(folder))
    yield gettext
    gettext.close()


@pytest.mark.parametrize("seed", range(100, 104))
def test_reader_agrees_with_gettext_on_mutants(seed: int, gettext: Gettext) -> None:
    """What gettext reads is read the same; what it refuses is refused."""
    for data in mutants(originals(), 400, seed):
        verdict = compare(data, gettext, with_msgcat=False)

        assert not verdict.is_fault, (verdict, data)


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_reader_agrees_with_gettext_on_good_files(path: Path, gettext: Gettext) -> None:
    """Unusual files that gettext reads are read, comments and all, and written back."""
    data = path.read_bytes()

    assert parse_catalog(data).entries
    assert compare(data, gettext).kind == "both read it, and alike"


def test_mutants_are_of_all_kinds(gettext: Gettext) -> None:
    """Enough of them are good, and enough are bad, for the comparison to say something."""
    kinds = [
        compare(data, gettext, with_msgcat=False).kind for data in mutants(originals(), 100, 1)
    ]

    assert kinds.count("both read it, and alike") > 15
    assert kinds.count("both refuse it") > 30


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_every_byte_is_written_back(path: Path) -> None:
    """Whatever tool wrote it, an unchanged file keeps its bytes, but for a byte order mark."""
    data = path.read_bytes()

    assert format_catalog(parse_catalog(data)) == data.removeprefix(b"\xef\xbb\xbf")
