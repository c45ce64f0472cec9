"""What pubkit says: found in its code, translated whole, and said in the user's language."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from string import Formatter
from types import ModuleType

import pytest

from pubkit import messages
from pubkit.cli.summaries import summaries
from pubkit.formats.po import read_catalog
from pubkit.messages import LOCALES
from pubkit.model import Entry
from tests.conftest import REPOSITORY

SOURCES = sorted((REPOSITORY / "src/pubkit").rglob("*.py"))
CATALOGS = sorted(LOCALES.glob("*/LC_MESSAGES/pubkit.po"))


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Speak English again after each test."""
    yield
    messages.speak([])


# ---------------------------------------------------------------- the template


def load_script(name: str) -> ModuleType:
    """Import a script, whose name has no suffix."""
    loader = SourceFileLoader(name.replace("-", "_"), str(REPOSITORY / "scripts" / name))
    spec = spec_from_loader(loader.name, loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    return module


def said(entries: Iterable[Entry]) -> set[tuple[str, str | None]]:
    """Return the messages, wherever and in whatever order they stand in the code."""
    return {(entry.msgid, entry.msgid_plural) for entry in entries}


def test_template_has_the_messages_of_the_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever changes a message runs `make messages`."""
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    found = load_script("update-messages").make_messages()

    assert said(found.entries) == said(read_catalog(LOCALES / "pubkit.pot").entries)


# ---------------------------------------------------------------- the code


@cache
def formatted_messages() -> tuple[tuple[str, ast.Call, list[ast.expr]], ...]:
    """Return each `_("…").format(…)` of the code: its place, the call, and the message's forms."""
    return tuple(_formatted_messages())


def _formatted_messages() -> Iterator[tuple[str, ast.Call, list[ast.expr]]]:
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.Call(
                    func=ast.Attribute(
                        attr="format",
                        value=ast.Call(func=ast.Name(id="_" | "ngettext"), args=forms),
                    )
                ):
                    yield f"{path.name}:{node.lineno}", node, forms[:2]


def fields_of(message: str) -> set[str]:
    """Return the names between the braces of a message."""
    return {name for _text, name, _format, _kind in Formatter().parse(message) if name is not None}


def test_messages_are_filled_in_by_plain_names() -> None:
    """A translator sees what stands in a place, and cannot reach into values."""
    names = {
        place: fields_of(ast.literal_eval(form))
        for place, _call, forms in formatted_messages()
        for form in forms
    }

    assert len(names) > 50
    assert [place for place, found in names.items() if not all(map(str.isidentifier, found))] == []


def test_messages_get_every_value_that_they_name() -> None:
    """No message fails when it is said at last."""
    wrong = [
        place
        for place, call, forms in formatted_messages()
        for form in forms
        if all(keyword.arg for keyword in call.keywords)
        and not fields_of(ast.literal_eval(form)) <= {keyword.arg for keyword in call.keywords}
    ]

    assert wrong == []


def test_messages_are_looked_up_when_they_are_said() -> None:
    """Only commands, imported after the language is chosen, speak while they are imported."""
    program = """
import pkgutil
from importlib import import_module
from pubkit import messages

def refuse(*forms):
    raise AssertionError(forms)

messages.gettext = messages.ngettext = refuse
for module in pkgutil.walk_packages(["src/pubkit"], "pubkit."):
    is_command = module.name.startswith("pubkit.cli.sending.")
    if not is_command and not module.name.endswith(("_command", "__main__")):
        import_module(module.name)
"""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=REPOSITORY, capture_output=True, text=True
    )

    assert done.stderr == ""


# ---------------------------------------------------------------- the catalogs


def texts(entry: Entry) -> list[tuple[str, str]]:
    """Return each translation of an entry with the form of the message that it renders."""
    if not entry.msgid_plural:
        return [(entry.msgid, entry.msgstr)]
    return [(entry.msgid_plural, text) for text in entry.msgstr_plural]


PAIRS = [pair for path in CATALOGS for entry in read_catalog(path).entries for pair in texts(entry)]


@pytest.mark.parametrize("path", CATALOGS, ids=lambda path: path.parts[-3])
def test_catalog_is_finished(path: Path) -> None:
    """Every message is translated and reviewed, and none is left over."""
    template = read_catalog(LOCALES / "pubkit.pot")
    catalog = read_catalog(path)

    assert [entry.key for entry in catalog.entries] == [entry.key for entry in template.entries]
    assert [entry.msgid for entry in catalog.entries if not entry.is_translated] == []
    assert [
        entry.msgid for entry in catalog.entries if not all(map(str.strip, entry.msgstr_plural))
    ] == []


@pytest.mark.parametrize("path", CATALOGS, ids=lambda path: path.parts[-3])
def test_catalog_is_accepted_by_msgfmt(path: Path) -> None:
    """GNU gettext has nothing to say against the catalog, its header included."""
    done = subprocess.run(
        ["msgfmt", "--check", "--output-file", os.devnull, str(path)],
        capture_output=True,
        text=True,
    )

    assert done.stderr == ""


def test_translations_have_the_places_of_their_messages() -> None:
    """No value is lost on its way to the reader, no translation fails when it is filled in."""
    place = re.compile(r"\{[^{}]*\}|%\(\w+\)s")

    assert [
        pair for pair in PAIRS if set(place.findall(pair[0])) != set(place.findall(pair[1]))
    ] == []


def test_translations_keep_the_lines_of_their_messages() -> None:
    """Paragraphs, examples and indentation of the help are those of the English one."""

    def shape(text: str) -> list[int]:
        return [len(line) - len(line.lstrip()) for line in text.split("\n")]

    assert [pair for pair in PAIRS if shape(pair[0])[1:] != shape(pair[1])[1:]] == []


def test_translations_keep_what_is_typed() -> None:
    """Commands, options, files and keywords are typed alike in every language."""
    commands = rf"pubkit (?:{'|'.join(summaries())})\b"
    typed = re.compile(rf"{commands}|--[a-z]\w+|\b\w+\.(?:po|md|toml)\b|\bmsg[a-z]+\b|#[~|,]")

    assert [
        pair for pair in PAIRS if set(typed.findall(pair[0])) != set(typed.findall(pair[1]))
    ] == []


# ---------------------------------------------------------------- the language


def test_speak_chooses_a_language() -> None:
    """The region of a locale does not matter where pubkit knows none."""
    messages.speak(["zh_CN"])

    assert messages.gettext("error: ") == "错误："
    assert messages.ngettext("{errors} error, ", "{errors} errors, ", 1) == "{errors} 个错误，"


def test_speak_returns_to_english() -> None:
    """Without a language, messages are as they stand in the code."""
    messages.speak(["zh_CN"])
    messages.speak([])

    assert messages.gettext("error: ") == "error: "
    assert messages.ngettext("{errors} error, ", "{errors} errors, ", 2) == "{errors} errors, "


@pytest.mark.parametrize(
    ("languages", "message"),
    [
        (["tlh"], "error: "),
        (["tlh", "zh"], "错误："),
        (["C"], "error: "),
        (["zh_CN.UTF-8"], "错误："),
    ],
)
def test_speak_takes_the_first_language_that_is_known(languages: list[str], message: str) -> None:
    """A language that pubkit does not speak gives way to the next, and at last to English."""
    messages.speak(languages)

    assert messages.gettext("error: ") == message


def test_help_in_chinese_has_no_english_sentence() -> None:
    """The help of pubkit and of each command is translated, click's words included."""
    program = """
import click, os
from pubkit.cli.summaries import summaries
from pubkit.cli.program import make_program, speak

speak(os.environ)
program = make_program()
context = click.Context(program, info_name="pubkit")
commands = [program.get_command(context, name) for name in program.list_commands(context)]
for command in (program, *commands):
    print(command.get_help(click.Context(command, info_name=command.name)))
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | {"LANGUAGE": "zh_CN", "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
    )

    assert done.stdout.count("用法：") == len(summaries()) + 1
    assert re.findall(r"[A-Za-z]+(?: [a-z]+){3,}", done.stdout) == []
