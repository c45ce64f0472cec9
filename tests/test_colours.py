"""Whether a text can be read on its ground."""

import pytest

from pubkit.colours import (
    ACCENT,
    INK,
    MUTE,
    PAPER,
    PAPER_IN_THE_DARK,
    TINT,
    TINT_IN_THE_DARK,
    contrast,
    is_colour,
    least_contrast,
    readable,
)
from tests.conftest import REPOSITORY

TEMPLATES = REPOSITORY / "src/pubkit/rendering/templates"


@pytest.mark.parametrize(
    ("colour", "ground", "ratio"),
    [("#000", "#ffffff", 21.0), ("#767676", "#fff", 4.54), ("#FF0000", "#fff", 4.0)],
)
def test_contrast_is_that_of_the_guidelines(colour: str, ground: str, ratio: float) -> None:
    """The order of the two does not matter."""
    assert contrast(colour, ground) == pytest.approx(ratio, abs=0.01)
    assert contrast(ground, colour) == contrast(colour, ground)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("#8c1d24", True), ("#FFF", True), ("8c1d24", False), ("#8c1d2", False), ("red", False)],
)
def test_colour_is_red_green_and_blue_in_hexadecimal(text: str, is_one: bool) -> None:
    """Names and functions are not."""
    assert is_one == is_colour(text)


@pytest.mark.parametrize("grounds", [(PAPER, TINT), (PAPER_IN_THE_DARK, TINT_IN_THE_DARK)])
@pytest.mark.parametrize("colour", ["#f0a3a0", "#8c1d24", "#ffff00", "#777777"])
def test_readable_shade_is_readable_on_all_grounds(colour: str, grounds: tuple[str, ...]) -> None:
    """One that is readable already stays as it is."""
    shade = readable(colour, grounds)

    assert least_contrast(shade, grounds) >= 4.5
    assert shade == readable(shade, grounds)


def test_grounds_and_inks_are_those_of_the_style_sheets() -> None:
    """What is checked is what is printed and shown."""
    tokens = (TEMPLATES / "tokens.css").read_text()
    dark = (TEMPLATES / "screen.css").read_text()

    assert f"--tint: {TINT};" in tokens
    assert "--paper: #fff;" in tokens
    assert f"--ink: {INK};" in tokens
    assert f"--mute: {MUTE};" in tokens
    assert f"--accent: {ACCENT};" in tokens
    assert f"--tint: {TINT_IN_THE_DARK};" in dark
    assert f"--paper: {PAPER_IN_THE_DARK};" in dark
