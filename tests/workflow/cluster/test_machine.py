"""What makes the bytes of an edition, compared between machines."""

import tomllib

from pubkit.workflow.cluster.font_files import find_font_files
from pubkit.workflow.cluster.machine import (
    INDIFFERENT,
    LIBRARIES,
    MISSING,
    describe_machine,
    differences,
    has_other_fonts,
)
from tests.conftest import REPOSITORY


def test_machine_is_described_by_what_is_there() -> None:
    """Nothing that makes a page is unknown here, and the same machine differs in nothing."""
    machine = describe_machine(["Noto Sans"])

    assert machine["Pango"] > "1"
    assert machine["weasyprint"].startswith("70.")
    assert MISSING not in {machine["HarfBuzz"], machine["FreeType"], machine["pikepdf"]}
    assert any(name.startswith("font NotoSans") for name in machine)
    assert differences(machine, describe_machine(["Noto Sans"])) == ()


def test_machine_with_another_version_differs() -> None:
    """What is missing differs as well."""
    own = {"Pango": "1.50", "HarfBuzz": "6"}

    assert differences(own, {"Pango": "1.52"}) == (
        ("Pango", "1.50", "1.52"),
        ("HarfBuzz", "6", MISSING),
    )


def test_other_fonts_are_no_difference_but_are_sent() -> None:
    """Fonts are files; versions are not."""
    own, other = {"Pango": "1", "font A.ttf": "0"}, {"Pango": "1", "font A.ttf": "1"}

    assert differences(own, other) == ()
    assert has_other_fonts(own, other)
    assert has_other_fonts(own, {"Pango": "1"})
    assert not has_other_fonts(own, own | {"Pango": "2"})


def test_no_file_has_a_family_that_nobody_has() -> None:
    """Fontconfig would name the nearest one."""
    assert find_font_files(["No such family"]) == ()


def test_each_library_is_compared_or_makes_no_edition() -> None:
    """Whoever adds a dependency decides whether it makes bytes."""
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["project"]
    needed = {
        line.split(";")[0].split(">")[0].split("<")[0].strip().replace(".", "-")
        for line in project["dependencies"]
    }

    assert needed <= {*LIBRARIES, *INDIFFERENT}
    assert not INDIFFERENT & set(LIBRARIES)
