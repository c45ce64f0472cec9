"""Other organizations in the place of agreed ones, and what only looks like them."""

import pytest

from pubkit.checks.runner import check_catalog
from pubkit.model import Catalog, Entry, Term, Termbase, TermKind

TERMS = (
    ("Lake District Savings Bank", "湖区储蓄银行", ("LDSB",), ("银行",)),
    ("International Reef Monitoring Network", "国际珊瑚礁监测网", ("IRMN",), ()),
    ("Qingwan University", "青湾大学", (), ("大学",)),
    ("Institute of Glass Science", "玻璃科学研究院", ("IGS",), ("研究院",)),
)
INTO_CHINESE = Termbase(
    lang="zh",
    terms=tuple(
        Term(
            kind=TermKind.ORGANIZATION,
            source=source,
            target=target,
            aliases=aliases,
            renderings=renderings,
        )
        for source, target, aliases, renderings in TERMS
    ),
)
INTO_ENGLISH = Termbase(
    lang="en",
    terms=(
        Term(
            kind=TermKind.ORGANIZATION,
            source="世界路跑协会",
            target="World Road Running Association",
            renderings=("WRRA",),
        ),
        Term(
            kind=TermKind.ORGANIZATION,
            source="青湾大学",
            target="Qingwan University",
            renderings=("the university",),
        ),
    ),
)


def _found(source: str, target: str, termbase: Termbase) -> list[tuple[str, str]]:
    catalog = Catalog(entries=(Entry(msgid=source, msgstr=target),), lang=termbase.lang)
    return [
        (one.check, target[one.span.start : one.span.end] if one.span else "")
        for one in check_catalog(catalog, termbase)
        if "organization" in one.check
    ]


@pytest.mark.parametrize(
    ("source", "target", "found"),
    [
        (
            "The find was reported to the International Reef Monitoring Network (IRMN).",
            "团队向国际珊瑚礁检测网（IRMN）上报了这一发现。",
            [("wrong-organization", "国际珊瑚礁检测网")],
        ),
        (
            "The find was reported to the International Reef Monitoring Network (IRMN).",
            "团队向国际珊瑚礁监测网（IRMN）上报了这一发现。",
            [],
        ),
        (
            "The Institute of Glass Science (IGS) paid for it, and the institute runs it.",
            "玻璃工艺研究院（IGS）出资，研究院负责运行。",
            [("wrong-organization", "玻璃工艺研究院")],
        ),
        (
            "The Institute of Glass Science (IGS) paid for it, and the institute runs it.",
            "玻璃科学研究院（IGS）出资，研究院负责运行。",
            [],
        ),
        (
            "She studied at Qingwan University.",
            "她曾就读于青原师范学院。",
            [("wrong-organization", "青原师范学院")],
        ),
        ("She studied at Qingwan University.", "她曾留学海外。", [("missing-organization", "")]),
    ],
)
def test_chinese_name_in_the_place_of_another(
    source: str, target: str, found: list[tuple[str, str]]
) -> None:
    """What stands in the place of an organization is shown; if nothing does, it is missing."""
    assert _found(source, target, INTO_CHINESE) == found


@pytest.mark.parametrize(
    ("source", "target", "found"),
    [
        (
            "世界路跑协会（WRRA）派代表实地核验。",
            "The World Running Association (WRRA) sent a delegate to check the course.",
            [("wrong-organization", "World Running Association")],
        ),
        (
            "世界路跑协会（WRRA）派代表实地核验。",
            "The World Road Running Association (WRRA) sent a delegate to check the course.",
            [],
        ),
        (
            "她毕业于青湾大学。",
            "She graduated from Qinghai University.",
            [("wrong-organization", "Qinghai University")],
        ),
        (
            "她毕业于青湾大学。",
            "She graduated from a local university.",
            [("missing-organization", "")],
        ),
        ("她毕业于青湾大学。", "She graduated from Qingwan University.", []),
    ],
)
def test_english_name_in_the_place_of_another(
    source: str, target: str, found: list[tuple[str, str]]
) -> None:
    """What stands in the place of an organization is shown; if nothing does, it is missing."""
    assert _found(source, target, INTO_ENGLISH) == found
