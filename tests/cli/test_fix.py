"""``pubkit check --fix`` as its users meet it."""

from pathlib import Path

import pytest

from tests.conftest import Run, replace_in

ZH = "locales/zh/LC_MESSAGES/welcome.po"
NAMES = "locales/zh/LC_MESSAGES/names.po"
SLIPS = {
    "河畔图书馆自1911年起向所有人出借图书。": "河畔图书馆自１９１１年起，，向所有人出借图书.",
    "请携带读者证，由**东门**入馆。": "请携带读者证,由**东门**入馆 。",
    "馆长林薇博士说：“一座": "馆长林薇博士说: “一座",
}


def _spoil(folder: Path) -> tuple[str, str]:
    """Put slips into the project's catalog; returns its text with and without them."""
    right = (folder / ZH).read_text("utf-8")
    for good, bad in SLIPS.items():
        replace_in(folder / ZH, good, bad)
    return (folder / ZH).read_text("utf-8"), right


def test_fix_mends_the_catalogs_of_a_project(run: Run, project: Path) -> None:
    """Marks, widths and spaces become right; all other bytes stay; the old file is kept."""
    _bad, right = _spoil(project)
    outcome = run("check", "--fix", cwd=project)

    assert outcome.code == 0
    assert f"{ZH}: 3 fixed" in outcome.err + outcome.out
    assert (project / ZH).read_text("utf-8") == right.replace("年起向", "年起，向")


def test_fix_a_second_time_fixes_nothing(run: Run, project: Path) -> None:
    """What is mended stays so, and the file is not even written."""
    _spoil(project)
    run("check", "--fix", cwd=project)
    before = (project / ZH).stat()
    outcome = run("check", "--fix", cwd=project)
    after = (project / ZH).stat()

    assert "fixed" not in outcome.err + outcome.out
    assert (before.st_mtime_ns, before.st_ino) == (after.st_mtime_ns, after.st_ino)


def test_check_without_fix_writes_nothing(run: Run, project: Path) -> None:
    """The report only says what could be mended."""
    bad, _right = _spoil(project)
    outcome = run("check", cwd=project)

    assert "pubkit check --fix" in outcome.err + outcome.out
    assert (project / ZH).read_text("utf-8") == bad


def test_fix_mends_files_anywhere(run: Run, project: Path, tmp_path: Path) -> None:
    """A file outside any project is mended with the agreed names that go with it."""
    bad, right = _spoil(project)
    (tmp_path / "zh.po").write_text(bad, "utf-8")
    names = (project / NAMES).read_bytes()
    (tmp_path / "names.po").write_bytes(names)
    outcome = run("check", "zh.po", "--names", "names.po", "--fix", cwd=tmp_path)

    assert outcome.code == 0
    assert (tmp_path / "zh.po").read_text("utf-8") == right.replace("年起向", "年起，向")
    assert (tmp_path / "names.po").read_bytes() == names
    assert (project / ZH).read_text("utf-8") == bad


def test_fix_leaves_names_and_unreviewed_texts_alone(run: Run, project: Path) -> None:
    """Names are agreed by people, and a fuzzy text is not finished."""
    replace_in(project / NAMES, 'msgstr "河畔图书馆之友"', 'msgstr "河畔图书馆之友,"')
    replace_in(
        project / ZH,
        '#: source/welcome.md\nmsgid "How to come"\nmsgstr "如何前往"',
        '#: source/welcome.md\n#, fuzzy\nmsgid "How to come"\nmsgstr "如何,前往"',
    )
    before = [(project / name).read_bytes() for name in (ZH, NAMES)]
    run("check", "--fix", cwd=project)

    assert before == [(project / name).read_bytes() for name in (ZH, NAMES)]


def test_fix_obeys_the_selection(run: Run, project: Path) -> None:
    """Only what is asked for is mended."""
    _spoil(project)
    run("check", "--fix", "--select", "digits-width", cwd=project)
    text = (project / ZH).read_text("utf-8")

    assert "自1911年起，，向" in text
    assert "读者证,由" in text


@pytest.mark.parametrize("arguments", [(), (ZH,)], ids=["project", "file"])
def test_fix_refuses_a_protected_file(run: Run, project: Path, arguments: tuple[str, ...]) -> None:
    """Whoever protects a file does not want it mended; the message says how to go on."""
    bad, _right = _spoil(project)
    (project / ZH).chmod(0o444)
    outcome = run("check", *arguments, "--fix", cwd=project)

    assert outcome.code == 2
    assert ZH in outcome.err
    assert "write-protected" in outcome.err
    assert "Traceback" not in outcome.err
    assert (project / ZH).read_text("utf-8") == bad
