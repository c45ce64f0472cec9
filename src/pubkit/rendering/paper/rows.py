"""How large pictures are on paper: a row has one height, and nobody is cut in half.

The pictures of a row share its width by their shapes, so that they have the same height without
being cropped. A picture that would leave white at its side has its caption there.
"""

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from pubkit.patterns import pattern
from pubkit.rendering.paper.placement import classes
from pubkit.rendering.theme import MEASURE

GAP = 11.34
"""Between pictures of a row: 4 mm."""
NARROWEST, WIDEST = 0.7, 2.2
"""Shapes, width by height, beyond which a picture in a row is cropped."""
HIGHEST = {2: 198.0, 3: 130.0}
"""Points, by number of pictures."""
FULL_WIDTH = 1.6
"""A single picture of this shape or a wider one fills the measure."""
RATIO = pattern(r"--ratio:\s*([\d.]+)")


def shape_rows(root: Element) -> None:
    """Give each picture of which the shape is known its place in its row."""
    for row in root.iter("div"):
        figures = row.findall("figure")
        ratios = [float(found[1]) for f in figures if (found := RATIO.search(f.get("style", "")))]
        if "figures" not in classes(row) or not ratios or len(ratios) != len(figures):
            continue
        if len(figures) > 1:
            _share_width(figures, ratios)
        elif ratios[0] < (1.3 if "hero" in classes(row) else FULL_WIDTH):
            row.set("class", f"{row.get('class', '')} beside")


def _share_width(figures: Sequence[Element], ratios: Sequence[float]) -> None:
    shapes = [min(max(ratio, NARROWEST), WIDEST) for ratio in ratios]
    width = MEASURE - GAP * (len(shapes) - 1)
    height = min(width / sum(shapes), HIGHEST.get(len(shapes), HIGHEST[3]))
    for figure, shape in zip(figures, shapes, strict=True):
        figure.set("style", f"flex: none; width: {width * shape / sum(shapes):.2f}pt")
        for picture in figure.iter("img"):
            picture.set("style", f"height: {height:.2f}pt")
