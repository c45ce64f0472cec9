"""Pages end where a reader can stop: over documents of many lengths."""

import random
from collections.abc import Callable, Iterator

import pytest

from ..conftest import LaidOut, Texts

ENGLISH = "The first conference of deans was held and many spoke of materials at length. "
CHINESE = "会议由北京大学深圳研究生院与材料科学与工程学院联合主办，来自各地的院长和教师参加。"
PICTURES = ("pictures/hall.jpg", "pictures/tall.png")
LINE = 24.0
LARGEST_HOLE = 4 * LINE


def report(seed: int, sentence: str) -> str:
    """Return a report with sections, pictures, quotations and lists in any order."""
    chance = random.Random(seed)

    def blocks() -> Iterator[str]:
        for _section in range(chance.randint(2, 4)):
            yield "## A heading"
            for _block in range(chance.randint(2, 6)):
                yield sentence * chance.randint(1, 9)
                kind = chance.random()
                if kind < 0.45:
                    number = chance.choice((1, 1, 2, 2, 3, 4))
                    yield "\n\n".join(
                        f"![A]({chance.choice(PICTURES)})\nCaption" for _picture in range(number)
                    )
                elif kind < 0.55:
                    yield f"> {sentence}\n>\n> — Yu Shuhong"
                elif kind < 0.62:
                    yield f"- {sentence}\n- {sentence}"

    return "\n\n".join([sentence * 3, *blocks()]) + "\n"


def widows(laid: LaidOut) -> list[str]:
    """Return the paragraphs of which a single line stands on a page, and others elsewhere."""
    found = []
    blocks = (line.block for line in laid.lines if line.block and line.tag == "p")
    for block in dict.fromkeys(blocks):
        pages = [line.page for line in laid.lines if line.block == block and line.tag == "p"]
        if len(set(pages)) > 1 and 1 in {pages.count(page) for page in pages}:
            found.append(block)
    return found


def headings_at_the_foot(laid: LaidOut) -> list[int]:
    """Return the pages of which the last line is a heading."""
    last = [laid.on(page)[-1] for page in range(len(laid.feet)) if laid.on(page)]
    return [line.page for line in last if line.tag in ("h2", "h3", "h4")]


def holes(laid: LaidOut) -> list[float]:
    """Return how much white stands at the foot of pages before a row of pictures."""
    return [
        foot - end
        for foot, end, following in zip(laid.feet, laid.ends, laid.firsts[1:], strict=False)
        if "figures" in following
    ]


@pytest.mark.parametrize(("lang", "seed"), [("en", 0), ("en", 1), ("zh", 0)])
def test_page_ends_with_text_that_goes_on(
    lay_out: Callable[..., LaidOut], lang: str, seed: int
) -> None:
    """No heading at a foot, no line alone, no hole before pictures, no address alone."""
    sentence = CHINESE if lang == "zh" else ENGLISH
    laid = lay_out(Texts(body=report(seed, sentence), lang=lang))
    last = laid.on(len(laid.feet) - 1)

    assert headings_at_the_foot(laid) == []
    assert widows(laid) == []
    assert [hole for hole in holes(laid) if hole > LARGEST_HOLE] == []
    assert any(line.block and line.tag in ("p", "li", "figcaption") for line in last)
