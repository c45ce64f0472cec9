"""Figures are moved as a person at a layout desk would move them."""

from xml.etree.ElementTree import Element, SubElement, fromstring

import pytest

from pubkit.rendering.paper.placement import PageEnds, Rectangle, Sheet, pages_that_stay, prepare

FIGURE = '<div class="figures of-1"><figure/></div>'


def outline(root: Element) -> str:
    """Return the blocks of the article as letters: t text, h heading, digits for figures."""
    article = next(root.iter("article"))
    letters = {"p": "t", "blockquote": "t", "h2": "h"}
    return "".join(letters.get(block.tag) or str(len(block)) for block in article)


def article_of(blocks: str) -> Element:
    """Return a page with these blocks: t text, h heading, 1 a figure, e the end mark."""
    kinds = {"t": "<p>text</p>", "h": "<h2>head</h2>", "1": FIGURE, "e": '<p class="end"/>'}
    return fromstring(  # noqa: S314
        "<body><article>" + "".join(kinds[block] for block in blocks) + "</article></body>"
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("t1t1t", "tt2t"),
        ("t1tt1t", "ttt2t"),
        ("t1ttt1t", "t1ttt1t"),
        ("t1t1t1t1t", "tt2tt2t"),
        ("t1t1t1t", "tt2t1t"),
        ("t1h1t", "t1h1t"),
        ("t1tht1t1", "t1thtt2"),
        ("11", "2"),
    ],
)
def test_single_figures_with_little_text_between_stand_together(before: str, after: str) -> None:
    """They wait for the next figure, but never leave their section."""
    root = article_of(before)
    prepare(root)

    assert after == outline(root)


def test_figures_side_by_side_keep_their_order() -> None:
    """The lower number stands first."""
    root = article_of("1t1")
    for number, figure in enumerate(root.iter("figure")):
        figure.set("id", f"figure-{number}")
    prepare(root)

    assert [figure.get("id") for figure in root.iter("figure")] == ["figure-0", "figure-1"]


def fill_page_end(root: Element, sheets: list[Sheet]) -> bool:
    """Mend what can be mended at once, and tell whether anything was."""
    return PageEnds(root).mend(sheets) is not None


def sheets_of(root: Element, *, end: float, **places: Rectangle) -> list[Sheet]:
    """Return two pages of 900 pixels: two blocks on the first, which ends there, then the rest."""
    ids = [block.get("id", "") for block in next(root.iter("article"))]
    first = dict.fromkeys(ids[:2], (0.0, end - 4, 500.0, end))
    second = dict.fromkeys(ids[2:], (0.0, 100.0, 500.0, 390.0))
    return [Sheet(first, 900), Sheet(second | places, 900)]


@pytest.mark.parametrize(
    ("blocks", "end", "after"),
    [
        ("tt1tt", 600, "ttt1t"),
        ("tt1tt", 880, "tt1tt"),
        ("tt1ht", 600, "tt1ht"),
        ("tt1e", 600, "tt1t"),
        ("tth1t", 600, "tth1t"),
    ],
)
def test_figure_pushed_over_a_page_end_lets_text_go_first(
    blocks: str, end: float, after: str
) -> None:
    """Text fills the hole, unless there is none, or the section ends."""
    root = article_of(blocks)
    prepare(root)
    fill_page_end(root, sheets_of(root, end=end))

    assert after == outline(root)


def test_figure_does_not_go_behind_the_end_mark() -> None:
    """Chinese texts end with （完）, and nothing of them follows it."""
    root = article_of("tt1t")
    SubElement(root[0][-1], "span", {"class": "end-mark"})
    prepare(root)
    fill_page_end(root, sheets_of(root, end=600))

    assert outline(root) == "tt1t"


@pytest.mark.parametrize(
    ("blocks", "top", "after"),
    [
        ("tt1ht", 550, "t1tht"),
        ("tt1e", 550, "t1tt"),
        ("tt1ht", 700, "tt1ht"),
        ("th1ht", 550, "th1ht"),
        ("t11ht", 550, "t2ht"),
    ],
)
def test_figure_before_a_heading_goes_before_the_text_that_ends_the_page(
    blocks: str, top: float, after: str
) -> None:
    """If it fits there, and not beyond a heading or another picture."""
    root = article_of(blocks)
    prepare(root)
    sheets = sheets_of(root, end=800)
    sheets[0].anchors["block-1"] = (0, top, 500, 800)  # type: ignore[index]
    fill_page_end(root, sheets)

    assert after == outline(root)


def test_figure_that_nearly_fits_becomes_lower() -> None:
    """A little, once, and only if no text can go first."""
    root = article_of("tt1e")
    figure = next(root.iter("figure"))
    figure.append(Element("img"))
    prepare(root)
    sheets = sheets_of(root, end=620, **{"picture-0": (0, 100, 500, 370)})

    assert fill_page_end(root, sheets)
    fill_page_end(root, sheets)

    assert figure[0].get("style") == "max-height: 236.0px"


def test_figure_that_is_much_too_high_stays() -> None:
    """No picture is cut to a strip."""
    root = article_of("tt1e")
    next(root.iter("figure")).append(Element("img"))
    prepare(root)
    sheets = sheets_of(root, end=800, **{"picture-0": (0, 100, 500, 370)})

    assert not fill_page_end(root, sheets)


@pytest.mark.parametrize(
    ("blocks", "end", "height"),
    [
        ("t1e", 880, "max-height: 236.0px"),
        ("t1e", 800, None),
        ("t1t", 880, None),
        ("tte", 880, None),
    ],
)
def test_address_alone_on_a_page_makes_pictures_before_it_lower(
    blocks: str, end: float, height: str | None
) -> None:
    """If little is missing, and if nothing of the text stands beside it."""
    root = article_of(blocks)
    SubElement(root, "footer", {"class": "about"})
    for figure in root.iter("figure"):
        SubElement(figure, "img")
    prepare(root)
    places: dict[str, Rectangle] = {"foot-0": (0, 120, 500, 140)}
    first, last = sheets_of(root, end=end, **places)
    last.anchors["block-2"] = (0, 110, 500, 120)  # type: ignore[index]
    first.anchors["picture-0"] = (0, 0, 500, 270)  # type: ignore[index]
    fill_page_end(root, [first, last])
    styles = {picture.get("style") for picture in root.iter("img")}

    assert styles == ({height} if "1" in blocks else set())


@pytest.mark.parametrize(
    ("blocks", "with_address"), [("tte", [False, True]), ("tth", [False, True]), ("tht", None)]
)
def test_address_alone_on_a_page_gets_the_end_of_the_text_for_company(
    blocks: str, with_address: list[bool] | None
) -> None:
    """The last block goes with it, unless nothing would be left before it, or text is there."""
    root = article_of(blocks[:2])
    if blocks == "tht":
        root = article_of(blocks)
    elif blocks.endswith("e"):
        SubElement(root[0], "p", {"class": "end"})
    SubElement(root, "footer", {"class": "about"})
    prepare(root)
    first, last = sheets_of(root, end=880, **{"foot-0": (0, 120, 500, 140)})
    fill_page_end(root, [first, last])
    styles = [block.get("style") == "break-before: page" for block in root[0]]

    assert (styles[:2] == with_address) if with_address else not any(styles)


@pytest.mark.parametrize(("room", "number"), [(100, 1), (300, 0)])
def test_page_stays_if_what_follows_it_is_higher_than_the_white_at_its_foot(
    room: int, number: int
) -> None:
    """Otherwise, what is moved could have been what did not fit there."""
    first = Sheet({"block-0": (0, 0, 500, 900 - room)}, 900)
    second = Sheet({"block-1": (0, 50, 500, 250), "block-2": (0, 260, 500, 800)}, 900)

    assert pages_that_stay(["block-0", "block-1"], "block-2", [first, second]) == number


def test_page_before_a_block_that_begins_the_next_one_does_not_stay() -> None:
    """Something else may fit there now; but the page before it stays."""
    sheets = [Sheet({f"block-{n}": (0, 0, 500, 880)}, 900) for n in range(4)]

    assert pages_that_stay(["block-0", "block-1", "block-2"], "block-3", sheets) == 2


@pytest.mark.parametrize("is_whole", [True, False])
def test_end_of_a_document_is_mended_when_all_pages_are_known(is_whole: bool) -> None:
    """Holes are mended at once."""
    root = article_of("tte")
    SubElement(root, "footer", {"class": "about"})
    prepare(root)
    sheets = sheets_of(root, end=880, **{"foot-0": (0, 120, 500, 140)})

    assert (PageEnds(root).mend(sheets, is_whole=is_whole) is not None) is is_whole
