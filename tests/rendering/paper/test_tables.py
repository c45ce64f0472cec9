"""Words and names in narrow columns stay whole."""

from collections.abc import Callable

import pytest

from ..conftest import LaidOut, Texts

LONG = "南方科技大学创新研究院材料科学与工程系先进材料与成像技术联合实验室，位于深圳市南山区"


@pytest.mark.parametrize("columns", [2, 6])
def test_short_cell_of_a_chinese_table_stays_on_one_line(
    lay_out: Callable[..., LaidOut], columns: int
) -> None:
    """Heads and names are whole beside long cells, which are broken."""
    rows = [["负责人", "联系电话"], ["---"] * 2, ["俞书宏", "欧阳明高"]]
    longs = ["各参会单位名称及所在地区的说明", "---", LONG * 2]
    table = "\n".join(
        "| " + " | ".join([*row, *[long] * columns]) + " |"
        for row, long in zip(rows, longs, strict=True)
    )
    laid = lay_out(Texts(body=f"导语。\n\n{table}\n\n结语。\n", lang="zh"))
    lines = [line.text.strip() for line in laid.lines if line.tag in ("th", "td")]

    assert {"负责人", "联系电话", "俞书宏", "欧阳明高"} <= set(lines)
    assert LONG * 2 not in lines
