"""The spacing of a catalog whose house nobody knows."""

import pytest

from pubkit.checks.runner import check_catalog
from pubkit.checks.typography.house import infer_spacing
from pubkit.model import Catalog, Entry

SPACED = "在 git 仓库中运行 make 命令"
TIGHT = "在git仓库中运行make命令"


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ([SPACED] * 10, "ignore"),
        ([SPACED] * 7 + [TIGHT] * 3, "ignore"),
        ([SPACED] * 3 + [TIGHT] * 7, "ignore"),
        ([SPACED] + [TIGHT] * 9, "tight"),
        ([TIGHT] * 10, "tight"),
        ([SPACED] * 2, "tight"),
        (["Run make in a git repository"] * 10, "tight"),
        ([], "tight"),
    ],
)
def test_spacing_is_that_of_many_places(texts: list[str], expected: str) -> None:
    """A house that often spaces may do so; a few spaces are slips."""
    assert infer_spacing(texts) == expected


def test_catalog_that_spaces_is_left_alone_unless_the_house_is_tight() -> None:
    """What is given is stronger than what is found."""
    entries = tuple(Entry(msgid=f"Run make {n}", msgstr=f"{SPACED}{n}") for n in range(10))
    catalog = Catalog(entries=entries, lang="zh")

    found = {finding.check for finding in check_catalog(catalog, source_lang="en")}
    assert "spacing" not in found
    found = {one.check for one in check_catalog(catalog, source_lang="en", spacing="tight")}
    assert "spacing" in found


SLIPS = {
    "quotes": ('打开"设置"页', "打开“设置”页"),
    "brackets": ("选择目录(可选)", "选择目录（可选）"),
    "punctuation-width": ("先保存, 再关闭", "先保存，再关闭"),
    "ellipsis": ("正在读取文件...", "正在读取文件……"),
    "dash": ("只有一个目标 -- 快", "只有一个目标——快"),
    "title-marks": ("读取<文件>的内容", "读取《文件》的内容"),
}


@pytest.mark.parametrize("check", SLIPS)
@pytest.mark.parametrize(("slips", "is_found"), [(9, False), (2, True)])
def test_a_form_of_many_texts_is_no_slip(check: str, slips: int, *, is_found: bool) -> None:
    """What a catalog does throughout is the manner of its house; what it does twice is not."""
    slip, standard = SLIPS[check]
    texts = [slip] * slips + [standard] * (12 - slips)
    entries = tuple(
        Entry(msgid="*Read* it — “now” (please)…", msgctxt=str(number), msgstr=text)
        for number, text in enumerate(texts)
    )

    found = check_catalog(Catalog(entries=entries, lang="zh"), source_lang="en")
    assert (check in {finding.check for finding in found}) == is_found


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("卫生宏 (hygienic macros) 可用", False),
        ("卫生宏 (干净的宏) 可用", True),
        ("参见 make(1) 。", False),
        ("参见手册 。", True),
    ],
)
def test_house_that_spaces_sets_latin_apart(text: str, *, is_found: bool) -> None:
    """Brackets around Latin words, and marks behind them, stand apart as the words do."""
    entries = (
        *(Entry(msgid=f"Run make {n} times", msgstr=f"运行 make {n} 次") for n in range(10)),
        Entry(msgid="See the macros (hygienic ones) of make(1).", msgstr=text),
    )
    found = check_catalog(Catalog(entries=entries, lang="zh"), source_lang="en")
    assert bool({"spacing", "brackets"} & {finding.check for finding in found}) == is_found


COMMANDS = ("bisect", "checkout", "fetch", "rebase", "stash", "submodule")


def findings_of(texts: list[str], *, is_manual: bool) -> set[str]:
    """Return the checks that find something in a catalog that spaces, a manual or not."""
    words = [name for name in COMMANDS for _ in range(25)] if is_manual else ["ABC"] * 150
    kept = (
        Entry(msgid=f"Use {word} now", msgctxt=str(n), msgstr=f"先使用 {word} 一次，再看结果。")
        for n, word in enumerate(words)
    )
    entries = tuple(
        Entry(msgid="Read it now, please: it is good.", msgctxt=f"x{n}", msgstr=text)
        for n, text in enumerate(texts)
    )
    found = check_catalog(Catalog(entries=(*kept, *entries), lang="zh"), source_lang="en")
    return {finding.check for finding in found}


@pytest.mark.parametrize(
    ("check", "slip"), [("punctuation-width", "先保存, 再关闭。"), ("spacing", "先保存。 再关闭。")]
)
@pytest.mark.parametrize(
    ("number", "is_manual", "is_found"), [(10, True, False), (3, True, True), (10, False, True)]
)
def test_manual_has_the_manners_of_many_hands(
    check: str, slip: str, number: int, *, is_manual: bool, is_found: bool
) -> None:
    """What a twentieth of a manual does is the manner of one of its translators."""
    assert (check in findings_of([slip] * number, is_manual=is_manual)) == is_found


@pytest.mark.parametrize(
    ("text", "is_manual", "is_found"),
    [
        ("可以从 测试版 安装软件。", True, False),
        ("可以从测试版 安装软件。", True, True),
        ("可以从 测试版 安装软件。", False, True),
    ],
)
def test_manual_sets_a_term_apart(text: str, *, is_manual: bool, is_found: bool) -> None:
    """Spaces on both sides of a term stand for quotation marks; one alone is a slip."""
    assert ("spacing" in findings_of([text], is_manual=is_manual)) == is_found
