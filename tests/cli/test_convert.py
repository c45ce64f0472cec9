"""``pubkit convert``: a preview first, then a file in UTF-8 and the old one beside it."""

from pathlib import Path

import pytest

from tests.conftest import Run

CASE = Path(__file__).parents[1] / "formats" / "cases" / "po" / "tools" / "poedit.po"
TEXT = CASE.read_text("utf-8")
OLD = TEXT.replace("=UTF-8", "=GBK").encode("gbk")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return the path of a catalog from a Chinese Windows."""
    path = tmp_path / "my report.po"
    path.write_bytes(OLD)
    return path


def test_error_of_the_reader_names_the_command(path: Path, run: Run) -> None:
    """Whoever meets such a file is told what to type, spaces quoted."""
    checked = run("check", path.name, cwd=path.parent)

    assert checked.code == 2
    assert "pubkit convert 'my report.po'" in checked.err


def test_preview_writes_nothing(path: Path, run: Run) -> None:
    """The texts are shown in each encoding that fits, and the file stays."""
    shown = run("convert", path.name, cwd=path.parent)

    assert shown.code == 0
    assert "gb18030" in shown.out
    assert "课题组负责人俞书宏表示" in shown.out
    assert "euc-kr" in shown.out
    assert "Nothing was written" in shown.err
    assert path.read_bytes() == OLD


def test_choice_is_written_and_the_old_file_kept(path: Path, run: Run) -> None:
    """The file is UTF-8 then, and what it was lies beside it."""
    written = run("convert", path.name, "--from", "gbk", "--write", cwd=path.parent)

    assert written.code == 0
    assert written.out == "my report.po\n"
    assert path.read_bytes().decode() == TEXT
    assert (path.parent / "my report.po.bak").read_bytes() == OLD
    again = run("convert", path.name, "--from", "utf-8", "--write", cwd=path.parent)
    assert "in UTF-8 already" in again.err


@pytest.mark.parametrize("encoding", ["gb18030", "windows-1251", "latin-1"])
@pytest.mark.parametrize("text", [TEXT, "\ufeff" + TEXT, 'msgid "a"\nmsgstr "欢迎光临"\n'])
def test_file_in_utf8_is_never_read_in_another_encoding(
    path: Path, run: Run, encoding: str, text: str
) -> None:
    """Good text would come out as nonsense; the other files of the run are converted."""
    good = path.with_name("good.po")
    good.write_text(text, "utf-8")

    written = run("convert", good.name, path.name, "--from", encoding, "--write", cwd=path.parent)

    assert (written.code, written.out) == (0, "my report.po\n")
    assert "good.po: in UTF-8 already" in written.err
    assert good.read_text("utf-8") == text
    assert path.read_bytes() != OLD


def test_second_conversion_changes_nothing(path: Path, run: Run) -> None:
    """Whoever runs the command again is told that the file is UTF-8 by now."""
    command = ("convert", path.name, "--from", "gb18030", "--write")
    run(*command, cwd=path.parent)

    again = run(*command, cwd=path.parent)

    assert (again.code, again.out) == (0, "")
    assert "in UTF-8 already" in again.err
    assert path.read_bytes().decode() == TEXT


def test_old_file_of_a_project_is_kept_among_its_backups(
    path: Path, project: Path, run: Run
) -> None:
    """A project has a place for what was replaced."""
    catalog = project / "locales" / "zh" / "LC_MESSAGES" / "old.po"
    catalog.write_bytes(OLD)

    assert run("convert", str(catalog), "--from", "gb18030", "--write", cwd=project).code == 0

    (copy,) = (project / ".pubkit" / "backup" / "locales/zh/LC_MESSAGES").glob("old.*.po")
    assert copy.read_bytes() == OLD


@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        (("--write",), 2, "--write needs --from"),
        (("--from", "big5"), 2, "What stands here is nothing in big5"),
        (("--from", "utf-16", "--write"), 2, "no byte order mark"),
        (("--from", "klingon"), 2, "klingon"),
    ],
)
def test_wrong_choice_is_refused(
    path: Path, run: Run, options: tuple[str, ...], code: int, message: str
) -> None:
    """What does not fit, or was not chosen, is not written."""
    refused = run("convert", path.name, *options, cwd=path.parent)

    assert (refused.code, message in refused.err) == (code, True)
    assert path.read_bytes() == OLD
    assert len(list(path.parent.iterdir())) == 1


def test_bad_file_leaves_all_others_alone(path: Path, run: Run) -> None:
    """Nothing is written before everything has been read."""
    (path.parent / "bad.po").write_bytes(b'msgid "\xff')

    refused = run("convert", path.name, "bad.po", "--from", "gbk", "--write", cwd=path.parent)

    assert refused.code == 2
    assert "bad.po:1:8" in refused.err
    assert path.read_bytes() == OLD
