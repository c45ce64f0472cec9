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

from pubkit.errors import CatalogError
from pubkit.formats.po import format_catalog, parse_catalog, reader
from pubkit.formats.po.reader import _Reader

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


class _TokenReader(_Reader):
    """The reader without its shortcut for ordinary entries."""

    def _read_plain_entries(self, position: int) -> int:
        return position


@pytest.mark.parametrize("seed", [200, 201])
def test_ordinary_entries_are_read_as_by_tokens(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is taken in one step is what the grammar makes of it, or is left to the grammar."""
    for data in mutants(originals(), 300, seed):
        quickly = _reading(data)
        with monkeypatch.context() as patched:
            patched.setattr(reader, "_Reader", _TokenReader)
            strictly = _reading(data)

        assert strictly == quickly, data


def _reading(data: bytes) -> object:
    """Return all that is read of a file, or what is said of its fault."""
    try:
        catalog = parse_catalog(data)
    except CatalogError as error:
        return error.message, error.location, error.remedy
    lines = [entry.line for entry in catalog.entries]
    return catalog, lines, list(catalog.blocks.items()), catalog.tail
