"""A project on disk: what is read once, and when it is read again."""

from pathlib import Path

from pubkit.workflow.project import Project, open_project

NAMES = 'msgid ""\nmsgstr "Language: zh\\nContent-Type: text/plain; charset=UTF-8\\n"\n\n'
NAME = 'msgctxt "person"\nmsgid "{name}"\nmsgstr "潘锋"\n'


def _project(folder: Path) -> Project:
    (folder / "pubkit.toml").write_text(
        '[project]\nsource_language = "en"\nlanguages = ["en", "zh"]\n'
        '[publisher]\nname = "P"\nurl = "https://p.example"\n',
        "utf-8",
    )
    return open_project(folder)


def _save(project: Project, text: str) -> None:
    path = project.catalog_path("names", "zh")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def test_agreed_names_are_read_once(tmp_path: Path) -> None:
    """As long as nobody changes the file, which every document asks for."""
    project = _project(tmp_path)
    _save(project, NAMES + NAME.format(name="Pan Feng"))

    assert project.termbase("zh") is project.termbase("zh")


def test_agreed_names_are_read_again_when_they_have_changed(tmp_path: Path) -> None:
    """A file that is there now, another name, no file any more."""
    project = _project(tmp_path)
    assert not project.termbase("zh").terms
    _save(project, NAMES + NAME.format(name="Pan Feng"))
    assert project.termbase("zh").terms[0].source == "Pan Feng"
    _save(project, NAMES + NAME.format(name="Pan Fei"))
    assert project.termbase("zh").terms[0].source == "Pan Fei"
    project.catalog_path("names", "zh").unlink()
    assert not project.termbase("zh").terms
