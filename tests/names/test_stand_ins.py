"""What stands in the place of a person who is missing; which of two forms is the right one."""

import pytest

from pubkit.model import Termbase
from pubkit.names.persons.cast import Cast
from pubkit.names.persons.comparison import compare_persons
from pubkit.names.persons.found import find_persons
from pubkit.names.persons.kinds import FaultKind
from pubkit.names.persons.survey import survey_names
from pubkit.names.persons.texts import Compact

Texts = list[tuple[str, str]]


def faults(texts: Texts, *, into_chinese: bool = True) -> list[list[tuple[FaultKind, str]]]:
    """Return the faults of each text of a document that has no termbase."""
    found = find_persons(texts, Cast(()), into_chinese=into_chinese)
    cast = Cast(one.person for one in found)
    compared = (
        compare_persons(english, Compact(chinese), cast, into_chinese=into_chinese)
        for english, chinese in texts
    )
    return [[(fault.kind, fault.found) for fault in one.faults] for one in compared]


def test_of_two_forms_that_read_alike_each_is_told() -> None:
    """Nobody can tell which is right, and either may be the slip."""
    texts = [
        ("Xie Tingfang, Deputy Director, opened it.", "副主任解庭芳宣布开幕。"),
        ("Xie Tingfang, Deputy Director, closed it.", "副主任解婷芳宣布闭幕。"),
    ]
    assert faults(texts) == [
        [(FaultKind.INCONSISTENT, "解庭芳")],
        [(FaultKind.INCONSISTENT, "解婷芳")],
    ]


def test_form_that_the_document_has_oftener_is_right_also_if_later() -> None:
    """A short mention rendered in full counts, though it does not name the person in full."""
    texts = [
        ("It was found by Yin Shuo, a student.", "发现者是学生尹朔。"),
        ("“I saw it,” Yin said.", "尹硕说：“我看见了。”"),
        ("Yin Shuo, a student, in the control room.", "学生尹硕在控制室。"),
    ]
    assert [bool(found) for found in faults(texts)] == [True, False, False]


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("The panel is led by Elena Petrova, President.", "专家组由主席叶莲娜·彼得罗娃领衔。"),
        ("Tenzin Drolkar, a judge, will join her.", "法官丹增卓嘎将参与授课。"),
        ("The title went to Peter Kipkorir.", "冠军由选手彼得·基普科里尔夺得。"),
        ("Authorization Method", "授权方式"),
        ("He said no. He went home. He Jun, Mayor, agreed.", "他说不，他回家了。市长何军同意。"),
    ],
)
def test_right_names_have_no_fault(english: str, chinese: str) -> None:
    """Names by sound are let pass where something like them stands, and words are no names."""
    assert faults([(english, chinese)]) == [[]]
    assert faults([(english, chinese)], into_chinese=False) == [[]]


def test_heading_has_no_person_inside_a_word() -> None:
    """权 is a surname, but not in 授权."""
    assert survey_names([("授权方式", "")], Termbase(lang="en"), into_chinese=False) == []
