"""The set-up and the program agree on what a machine needs."""

import re

from pubkit.rendering.machine import PANGO_PACKAGES, SUBSET_PACKAGE
from pubkit.rendering.typefaces import packages_for
from tests.conftest import REPOSITORY


def test_doctor_and_set_up_install_the_same_packages() -> None:
    """What `pubkit doctor` asks for is what `make render` installs."""
    script = (REPOSITORY / "scripts/set-up").read_text("utf-8")
    needed = {*PANGO_PACKAGES, SUBSET_PACKAGE, *packages_for(["en", "zh"])}

    assert [name for name in needed if not re.search(rf"\b{name}\b", script)] == []


def test_ci_runs_what_the_readme_says() -> None:
    """Nobody's machine is special."""
    assert "make test" in (REPOSITORY / ".ci/run").read_text("utf-8")
    assert "make test" in (REPOSITORY / "README.md").read_text("utf-8")
