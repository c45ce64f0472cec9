"""Bad exchange files: each is refused with its place and a remedy, and nothing is written.

The cases stand in ``cases/exchange/<ending>.md``. ``␀`` and ``␇`` stand for the characters that
they show, ``IDENTIFIER-MARKS`` for the key of “How to come”, ``DEEP`` for deeply nested elements.
"""

import socket
from pathlib import Path

import pytest

from pubkit.errors import PubkitError
from pubkit.formats.exchange import identifier, marks_of
from pubkit.model import Entry
from pubkit.workflow.exchange import import_translations
from pubkit.workflow.initialize import initialize
from pubkit.workflow.project import Project, open_project
from tests.conftest import replace_in
from tests.formats.case_files import Case, read_cases

FILES = {"xliff.md": ".xlf", "csv.md": ".csv", "tmx.md": ".tmx", "tbx.md": ".tbx"}
CASES = [
    (suffix, case) for name, suffix in FILES.items() for case in read_cases(f"exchange/{name}")
]
STAND_INS = {
    "␀": "\0",
    "␇": "\a",
    "IDENTIFIER": identifier((None, "How to come")),
    "MARKS": str(marks_of(Entry(msgid="How to come"))),
    "DEEP": "<xliff>" + "<group>" * 300,
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return a project in which “How to come” is not translated."""
    folder = tmp_path_factory.mktemp("exchange") / "news"
    for _path in initialize(folder, created="2025-03-14 09:00+0000"):
        pass
    replace_in(folder / "locales/zh/LC_MESSAGES/welcome.po", '"如何前往"', '""')
    return open_project(folder)


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every connection a failure of the test."""

    def refuse(*_arguments: object) -> None:
        raise AssertionError("a connection was made")

    monkeypatch.setattr(socket.socket, "connect", refuse)


def import_bytes(project: Project, name: str, data: bytes) -> PubkitError:
    """Import a file and return the error that it gives."""
    path = project.config.root / name
    path.write_bytes(data)
    with pytest.raises(PubkitError) as caught:
        import_translations(project, [path], created="2025-03-14 09:00+0000")
    return caught.value


@pytest.mark.usefixtures("no_network")
@pytest.mark.parametrize(("suffix", "case"), CASES, ids=[f"{s[1:]}: {c.title}" for s, c in CASES])
def test_bad_files_are_refused(suffix: str, case: Case, project: Project) -> None:
    """The place, the words of the message and those of the remedy are as expected."""
    text = case.source
    for stand_in, meant in STAND_INS.items():
        text = text.replace(stand_in, meant)
    place, message, remedy = case.expected.split("\n")
    error = import_bytes(project, f"f{suffix}", text.encode())

    assert str(error.location).endswith(f"f{suffix}:{place}" if place else f"f{suffix}")
    assert message in error.message
    assert remedy in (error.remedy or "")


GBK = "Source,Translation\nHow to come,怎样前往\n".encode("gbk")
BAD_BYTES = {
    "f.csv": (GBK, "f.csv:2", "not UTF-8; Excel", "CSV UTF-8"),
    "g.csv": (b"\xef\xbb\xbf" + GBK, "g.csv:2", "not UTF-8", "CSV UTF-8"),
    "f.xlf": (b"<xliff>\n\xd4\xf5", "f.xlf:2:1", "0xD4 is not UTF-8", "again as UTF-8"),
    "f.tmx": (b"\xff\xfe<\0t\0\xd8", "f.tmx:1", "not UTF-16", "again as UTF-8"),
    "f.xlsx": (b"no zip", "f.xlsx", "cannot be read", "without macros"),
    "f.xlsm": (b"PK\3\4", "f.xlsm", "cannot be read", "without macros"),
    "f.po": (b'msgid "x"\n\nmsgstr', "f.po:", "", ""),
    "h.po": (
        b'msgid ""\nmsgstr ""\n"Language: ja\\n"\n\nmsgid "x"\nmsgstr "y"\n',
        "h.po",
        "“ja”",
        "--lang",
    ),
    "large.tmx": (b" " * 100_000_001, "large.tmx", "100000001 bytes", "several parts"),
}


@pytest.mark.parametrize("name", BAD_BYTES)
def test_bad_bytes_are_refused(name: str, project: Project) -> None:
    """Files in other charsets, of other kinds, or too large."""
    data, place, message, remedy = BAD_BYTES[name]
    error = import_bytes(project, name, data)

    assert f"/{place}" in str(error.location)
    assert message in error.message
    assert remedy in (error.remedy or "")


def test_there_are_enough_cases() -> None:
    """What people and programs do to exchange files is known from many of them."""
    assert len(CASES) + len(BAD_BYTES) >= 60


def test_a_long_text_is_refused(project: Project) -> None:
    """Longer than any text of a report, and than what the checks can bear."""
    text = f"Source,Translation\nHow to come,{'来' * 200_001}\n"
    error = import_bytes(project, "long.csv", text.encode())

    assert str(error.location).endswith("long.csv:2")
    assert "catalog_text" in (error.remedy or "")


def test_missing_files_are_refused(project: Project) -> None:
    """The error names the file."""
    with pytest.raises(PubkitError) as caught:
        import_translations(project, [Path("missing.xlf")], created="")
    assert "missing.xlf" in str(caught.value)
