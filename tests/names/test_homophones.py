"""Names in pinyin that a document writes with other characters than it usually does."""

import pytest

from pubkit.names.organizations.homophones import other_spellings

ENGLISH = (
    "Lanyu Airlines flies to Cork.",
    "The crew of Lanyu Airlines met.",
    "About Lanyu Airlines",
)


@pytest.mark.parametrize(
    ("chinese", "found"),
    [
        (("岚屿航空飞往科克。", "岚屿航空机组开会。", "关于岚峪航空"), [(2, "岚峪", "岚屿")]),
        (("岚屿航空飞往科克。", "岚屿航空机组开会。", "关于岚屿航空"), []),
        # As often one as the other: nobody can tell which is right.
        (
            ("岚屿航空飞往科克。", "机组开会。", "关于岚峪航空"),
            [(0, "岚屿", "岚峪"), (2, "岚峪", "岚屿")],
        ),
        # Characters that happen to be read so, before something else.
        (("岚屿航空飞往科克。", "机组开会。", "关于蓝鱼"), []),
    ],
)
def test_other_spellings_are_found(
    chinese: tuple[str, ...], found: list[tuple[int, str, str]]
) -> None:
    """The rarer one is shown, with the usual one."""
    spellings = other_spellings(ENGLISH, chinese)

    assert found == [
        (number, chinese[number][span.start : span.end], usual)
        for number, _name, span, usual in spellings
    ]


def test_persons_are_left_to_others() -> None:
    """A given name may be written in two ways: there are two people."""
    english = ("Wang Lanyu Foundation", "Li Lanyu Foundation")

    assert list(other_spellings(english, ("王岚屿基金会", "李兰玉基金会"))) == []
