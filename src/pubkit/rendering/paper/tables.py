"""Words and names in narrow columns of Chinese and Japanese tables stay whole on paper.

Any two ideographs may part at the end of a line, and a narrow column would part those of a name.
"""

from xml.etree.ElementTree import Element

from pubkit.rendering.paper.placement import classes

LONGEST_WORD = 4
"""Characters of a cell that stays on one line."""
MOST_COLUMNS = 8
"""So many columns of such cells fit into the measure."""

SOLID = "white-space: nowrap"


def keep_short_cells(root: Element) -> None:
    """Keep each short cell of a page in Chinese or Japanese on one line."""
    if "cjk" not in classes(root):
        return
    for row in root.iter("tr"):
        if len(row) > MOST_COLUMNS:
            continue
        for cell in row:
            if len("".join(cell.itertext()).strip()) <= LONGEST_WORD:
                cell.set("style", f"{cell.get('style', '')};{SOLID}".lstrip(";"))
