"""Pictures of a row share its width by their shapes and have one height."""

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element, fromstring

import pytest

from pubkit.rendering.paper.rows import GAP, MEASURE, shape_rows

from ..conftest import LaidOut, Texts


def row_of(*ratios: float | None, kind: str = "") -> Element:
    """Return a row of pictures with these shapes; None for one that nobody knows."""
    styles = ("" if ratio is None else f' style="--ratio: {ratio}"' for ratio in ratios)
    figures = "".join(f"<figure{style}><img/></figure>" for style in styles)
    root = fromstring(f'<body><div class="figures {kind}">{figures}</div></body>')  # noqa: S314
    shape_rows(root)
    return root[0]


def points(element: Element, name: str) -> float:
    """Return a length of an element's style."""
    found = re.search(rf"{name}: ([\d.]+)pt", element.get("style", ""))
    assert found
    return float(found[1])


@pytest.mark.parametrize("ratios", [(1.5, 1.5), (1.5, 0.75), (1.33, 1.5, 1.78), (1.0, 2.0, 0.8)])
def test_row_fills_the_measure_and_no_picture_is_cropped(ratios: tuple[float, ...]) -> None:
    """Each is as wide as its shape asks."""
    row = row_of(*ratios)
    widths = [points(figure, "width") for figure in row]
    heights = {points(figure[0], "height") for figure in row}

    assert sum(widths) + GAP * (len(widths) - 1) == pytest.approx(MEASURE, abs=0.1)
    assert len(heights) == 1
    assert [width / heights.copy().pop() for width in widths] == pytest.approx(ratios, rel=0.01)


def test_row_of_tall_pictures_is_not_as_high_as_they_ask() -> None:
    """Two portraits would take half the page."""
    assert points(row_of(0.66, 0.66)[0][0], "height") == 198


@pytest.mark.parametrize(
    ("ratio", "kind", "is_beside"),
    [(1.33, "of-1", True), (1.78, "of-1", False), (0.66, "hero", True), (1.5, "hero", False)],
)
def test_narrow_picture_has_its_caption_at_its_side(
    ratio: float, kind: str, is_beside: bool
) -> None:
    """Where white would be left; one that fills the measure has it below."""
    assert is_beside == ("beside" in row_of(ratio, kind=kind).get("class", "").split())


def test_row_with_a_picture_of_unknown_size_is_left_to_the_style_sheet() -> None:
    """Nothing is guessed."""
    assert row_of(1.5, None)[0].get("style") == "--ratio: 1.5"


@pytest.mark.parametrize("before", ["", "Text.\n\n"], ids=["hero", "of-1"])
def test_white_below_a_single_picture_does_not_depend_on_its_shape(
    lay_out: Callable[..., LaidOut], before: str
) -> None:
    """A panorama is lower than a picture may be; the text follows its caption all the same."""

    def white(picture: str) -> float:
        body = f"{before}![A](pictures/{picture}.png)\nCaption\n\nFollowing.\n"
        tops = {line.text.strip(): line.top for line in lay_out(Texts(body=body)).lines}
        caption = next(top for text, top in tops.items() if "Caption" in text)
        return next(top for text, top in tops.items() if "Following" in text) - caption

    assert white("panorama") == pytest.approx(white("usual"), abs=0.1)
