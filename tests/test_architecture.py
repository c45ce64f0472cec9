"""The floors and rooms of the code, and what must never happen in them."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

SOURCE = REPOSITORY / "src"
MODULES = sorted((SOURCE / "pubkit").rglob("*.py"))
TREES = {path.relative_to(SOURCE): ast.parse(path.read_text("utf-8")) for path in MODULES}

IMPORTERS = {
    "_cffi_backend": ("pubkit/rendering/loading",),
    "babel": ("pubkit/localize.py",),
    "budoux": ("pubkit/rendering/phrases.py",),
    "cffi": ("pubkit/rendering/loading",),
    "click": ("pubkit/cli",),
    "cssselect2": ("pubkit/rendering/loading",),
    "dask": ("pubkit/workflow/cluster/connection.py",),
    "distributed": ("pubkit/workflow/cluster",),
    "dns": ("pubkit/distribution/domain_records.py",),
    "flufl": ("pubkit/distribution/returns/notices.py",),
    "email_validator": ("pubkit/distribution/addresses.py",),
    "jinja2": ("pubkit/rendering/templating",),
    "lxml": ("pubkit/formats/xml.py",),
    "markdown_it": ("pubkit/formats/markdown",),
    "markupsafe": ("pubkit/rendering",),
    "mdit_py_plugins": ("pubkit/formats/markdown",),
    "PIL": ("pubkit/rendering/pictures.py", "pubkit/rendering/printed_pictures.py"),
    "nh3": ("pubkit/formats/markdown/inline_html.py",),
    "openpyxl": ("pubkit/formats/tables/workbook.py",),
    "pikepdf": ("pubkit/formats/pdf",),
    "pypandoc": ("pubkit/formats/manuscripts/pandoc.py",),
    "pypdfium2": ("pubkit/formats/pdf",),
    "rapidfuzz": ("pubkit/translation",),
    "rich": ("pubkit/cli",),
    "sqlalchemy": ("pubkit/distribution/databases.py", "pubkit/distribution/ledger"),
    "weasyprint": (
        "pubkit/rendering/composition.py",
        "pubkit/rendering/pagination.py",
        "pubkit/rendering/faces/configuration.py",
        "pubkit/rendering/lines",
        "pubkit/rendering/loading",
        "pubkit/rendering/marks.py",
        "pubkit/rendering/pdf.py",
        "pubkit/rendering/machine.py",
        "pubkit/rendering/repetition.py",
        "pubkit/rendering/resources.py",
        "pubkit/rendering/style_sheets.py",
    ),
    "pydyf": ("pubkit/rendering/lines/drawing.py",),
    "tinycss2": ("pubkit/rendering/loading",),
    "segno": ("pubkit/rendering/qr.py",),
    "uharfbuzz": ("pubkit/rendering/faces/subsetting.py",),
    "yaml": ("pubkit/formats/frontmatter.py",),
}
"""Each foreign library, and the only rooms that know it."""


def imports(tree: ast.AST) -> Iterator[str]:
    """Yield the names of all modules that a module imports, wherever the import stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def calls(tree: ast.AST) -> Iterator[str]:
    """Yield the names of all functions that a module calls, and of all attributes that it reads."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id
        elif isinstance(node, ast.Attribute):
            yield ast.unparse(node)


CALLS = {path: frozenset(calls(tree)) for path, tree in TREES.items()}


def stands_in(path: Path, rooms: tuple[str, ...]) -> bool:
    """Tell whether a module is one of these, or in one of these folders."""
    return any(path.is_relative_to(room) for room in rooms)


def test_floors_import_only_from_those_below() -> None:
    """The contract stands in pyproject.toml and names every room."""
    found = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-logo", "--no-cache"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )

    assert found.returncode == 0, found.stdout + found.stderr


def test_foreign_libraries_have_one_importer() -> None:
    """A library can be replaced in one room, without a search through the house."""
    known = {*sys.stdlib_module_names, "pubkit"}
    found = {
        (library, str(path))
        for path, tree in TREES.items()
        for name in imports(tree)
        if (library := name.partition(".")[0]) not in known
    }

    assert (
        sorted(
            (library, path)
            for library, path in found
            if not stands_in(Path(path), IMPORTERS.get(library, ()))
        )
        == []
    )
    assert set(IMPORTERS) == {library for library, _path in found}


def test_names_come_from_the_module_that_defines_them() -> None:
    """Importing from the root would make a circle of the whole package."""
    allowed = {"messages", "errors", "caches"}
    wrong = [
        f"{path}: {alias.name}"
        for path, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module == "pubkit" or node.level)
        for alias in node.names
        if alias.name not in allowed
    ]

    assert wrong == []


@pytest.mark.parametrize(
    "name",
    [
        *("print", "input", "exit", "sys.exit", "os.environ", "os.getenv", "sys.stdout"),
        *("sys.argv", "datetime.now", "date.today", "datetime.today", "time.time"),
    ],
)
def test_only_the_command_line_talks_to_the_world(name: str) -> None:
    """A library that prints, exits, or reads the environment or the clock cannot be reused."""
    users = [str(path) for path, names in CALLS.items() if name in names]

    assert [user for user in users if not user.startswith("pubkit/cli/")] == []


def test_one_room_makes_what_is_laid_out() -> None:
    """A page or style sheet that is made without the fetcher reads whatever it names."""
    makers = {"HTML", "CSS", "Attachment", "URLFetcher", "default_url_fetcher", "write_pdf"}
    makers |= {f"weasyprint.{name}" for name in makers}
    users = [
        str(path)
        for path, tree in TREES.items()
        if any(name.startswith("weasyprint") for name in imports(tree))
        and makers & {*CALLS[path], *_instantiated(tree)}
    ]

    assert users == ["pubkit/rendering/resources.py"]


def _instantiated(tree: ast.AST) -> Iterator[str]:
    """Yield the names of all classes that a module makes an object of, or derives from."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            yield from map(ast.unparse, node.bases)


def test_checks_touch_no_files() -> None:
    """A check sees an entry and nothing else."""
    forbidden = {"open", "Path", "pathlib", "os", "read_text", "read_bytes", "pubkit.config"}
    users = [
        str(path)
        for path, tree in TREES.items()
        if path.is_relative_to("pubkit/checks") and forbidden & {*CALLS[path], *imports(tree)}
    ]

    assert users == []


def test_no_pattern_repeats_a_group_possessively() -> None:
    """Python before 3.11.5 mistakes ``(…)*+``, though not ``[…]*+``."""
    users = [
        f"{path}: {node.value!r}"
        for path, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str | bytes)
        and re.search(r"(?<!\\)\)[*+?]\+", _as_text(node.value))
    ]

    assert users == []


def _as_text(literal: str | bytes) -> str:
    return literal if isinstance(literal, str) else literal.decode("latin-1")


def test_modules_are_named_after_what_they_know() -> None:
    """What is in no room in particular is found in none."""
    empty_words = {"utils", "util", "helpers", "helper", "common", "core", "misc"}

    assert not empty_words & {path.stem for path in MODULES}


PAPER = (
    *("weasyprint", "fontTools", "uharfbuzz", "cffi", "pikepdf", "pypdfium2", "PIL"),
    *("polib", "importlib.metadata", "pubkit.rendering.pdf", "pubkit.formats.pdf.reader"),
)
"""What lays pages out and reads them back."""
NOT_IMPORTED = {
    "render": (*PAPER, "rapidfuzz", "jinja2", "pubkit.checks", "pubkit.workflow.site"),
    "extract": (*PAPER, "jinja2", "pubkit.checks", "pubkit.rendering.page", "pubkit.jail"),
    "status": (*PAPER, "jinja2", "pubkit.rendering.page", "pubkit.jail"),
    "check": (*PAPER, "jinja2", "rapidfuzz", "yaml", "markdown_it", "pubkit.rendering"),
    "names": (*PAPER, "jinja2", "pubkit.checks", "pubkit.rendering.page"),
    "export": (*PAPER, "jinja2", "pubkit.checks", "openpyxl", "lxml"),
    "import": (*PAPER, "jinja2", "pubkit.checks", "openpyxl", "lxml", "pypandoc"),
    "convert": (*PAPER, "jinja2", "yaml", "markdown_it", "pubkit.checks", "pubkit.translation"),
    "explain": (*PAPER, "jinja2", "yaml", "markdown_it", "rapidfuzz", "pubkit.workflow.project"),
    "init": (*PAPER, "jinja2", "rapidfuzz", "pubkit.checks", "pubkit.rendering.page"),
}
"""What no command imports before it knows that it needs it."""
HEAVY = ("weasyprint", "rich", "rapidfuzz", "fontTools", "pikepdf", "pypdfium2", "PIL", "polib")


def test_checking_imports_nothing_heavy() -> None:
    """Translators run it often, perhaps on machines without Pango."""
    program = (
        "import sys; import pubkit.cli.check_command;"
        f"print(*[name for name in {HEAVY} if name in sys.modules])"
    )
    found = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert found.stdout.split() == []


@pytest.mark.parametrize("command", NOT_IMPORTED)
def test_commands_import_only_what_they_use(command: str) -> None:
    """Whoever asks for little waits for little."""
    program = (
        f"import sys, pubkit.cli.program, pubkit.cli.{command}_command;"
        f"print(*[name for name in {NOT_IMPORTED[command]} if name in sys.modules])"
    )
    found = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert found.stdout.split() == []


def test_modules_say_what_they_know() -> None:
    """Every module begins with a sentence about itself."""
    silent = [str(path) for path, tree in TREES.items() if not ast.get_docstring(tree)]

    assert [path for path in silent if not path.endswith("__init__.py")] == []


def test_functions_are_short() -> None:
    """Nine of ten functions have fewer than 25 lines of code, and half of them fewer than ten."""
    lengths = sorted(
        _length(node)
        for tree in TREES.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
    )

    assert lengths[len(lengths) // 2] < 10
    assert lengths[len(lengths) * 9 // 10] < 25
    assert lengths[-1] <= 40


def _length(function: ast.FunctionDef) -> int:
    """Return the lines of a function's body without its docstring."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0
