"""What plainly agrees has no difference for the careful readers either."""

from pathlib import Path

import pytest

from pubkit import read_catalog
from pubkit.facts.comparison import compare_carefully
from pubkit.facts.plain.agreement import agree_plainly
from pubkit.formats.markdown import read_prose

CASES = Path(__file__).parent.parent / "checks" / "cases"
FACTS = ("number", "date", "time", "weekday", "currency", "unit", "percent", "ordinal", "phone")


@pytest.mark.parametrize("name", FACTS)
def test_plain_agreement_is_agreement(name: str) -> None:
    """The quick walk may give up on a text, but passes no fault."""
    for path in (CASES / f"{name}.po", CASES / f"{name}.en.po"):
        is_into_chinese = path.name == f"{name}.po"
        for entry in read_catalog(path).live_entries:
            texts = [read_prose(text).text for text in (entry.msgid, entry.msgstr)]
            english, chinese = texts if is_into_chinese else texts[::-1]
            if agree_plainly(english, chinese, is_into_chinese=is_into_chinese):
                assert not compare_carefully(*texts, is_into_chinese=is_into_chinese), texts


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("The press has three halls.", "印刷厂有三个车间。"),
        (
            "Sales rose by 12.5 percent to RMB 3.4 billion in 2024.",
            "2024年销售额增长12.5%，达34亿元。",
        ),
        ("It opens at 9 a.m. on Friday, May 9.", "5月9日（星期五）上午9时开幕。"),
        ("Call +86 20 5550 0177.", "电话：020-55500177"),
        ("more than 2,300 guests from 18 countries", "来自18个国家的2300余名来宾"),
        ("No figure at all", "没有数字"),
    ],
)
def test_usual_forms_agree_plainly(english: str, chinese: str) -> None:
    """Most texts need no careful reading."""
    assert agree_plainly(english, chinese, is_into_chinese=True)
    assert agree_plainly(english, chinese, is_into_chinese=False)


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("three halls", "四个车间"),
        ("12.5 percent", "15.2%"),
        ("RMB 3.4 billion", "3.4亿元"),
        ("at 9 p.m.", "上午9时"),
        ("on May 9", "5月6日"),
        ("the 12th fair", "第十三届博览会"),
        ("more than 20 years", "不到20年"),
        ("nearly 20 years", "20多年"),
        ("KY-9", "KY-8"),
        ("26 universities", "各高校"),
    ],
)
def test_differing_texts_do_not_agree_plainly(english: str, chinese: str) -> None:
    """Whatever differs is left to the careful readers."""
    assert not agree_plainly(english, chinese, is_into_chinese=True)
