"""Organizations found by their head words, and what stands for them."""

import pytest

from pubkit.names.acronyms import is_in_disorder, is_transposed
from pubkit.names.agreed_forms import form_items
from pubkit.names.organizations.heads import head_of, renderings_of
from pubkit.names.organizations.introductions import wrong_introductions
from pubkit.names.organizations.phrases import find_han_organizations, find_organizations
from pubkit.names.organizations.short_forms import is_referred_to
from pubkit.names.units import read_characters, read_words


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Xie Bo, Dean of the School of Arts at Busan Daesung Hospital,",
            ["School of Arts", "Busan Daesung Hospital"],
        ),
        ("The Museum of the Salt Coast opened.", ["Museum of the Salt Coast"]),
        ("Chair of the Three Rivers Book Fair Committee", ["Three Rivers Book Fair Committee"]),
        ("The University announced that two universities will merge.", []),
        ("Professor Shan Weihan, President of Yunhe University", ["Yunhe University"]),
        ("President Zeng and Company Secretary Zha Lin spoke.", []),
        ("Spring Festival, Harbour Road, New Year", []),
    ],
)
def test_english_names_are_found_by_their_heads(text: str, names: list[str]) -> None:
    """Two capitalised words at least, without the office before them."""
    assert names == [phrase.text for phrase in find_organizations(text)]


def test_chinese_names_are_found_by_their_heads() -> None:
    """Where they begin is a guess, where they end is not."""
    found = find_han_organizations("他毕业于青禾师范大学，现任教育基金会秘书长，来自62所大学。")

    assert [(phrase.text[-4:], phrase.head) for phrase in found] == [
        ("师范大学", "大学"),
        ("育基金会", "基金会"),
    ]


@pytest.mark.parametrize(
    ("head", "chinese", "renderings"),
    [
        ("university", "北京大学与哈佛", ["大学", "哈佛"]),
        ("society", "中国红十字会会长", ["会"]),
        ("society", "大会会议", []),
        ("hospital", "河畔诊所", []),
    ],
)
def test_heads_are_rendered_by_some_words(head: str, chinese: str, renderings: list[str]) -> None:
    """One character counts at the end of a name only."""
    assert renderings == renderings_of(head, chinese)


def test_head_is_what_a_name_ends_in() -> None:
    """The longest one that is known."""
    assert [head_of(name) for name in ("北京大学深圳研究生院", "浩康控股有限公司", "潘锋")] == [
        "研究生院",
        "有限公司",
        "",
    ]


@pytest.mark.parametrize(
    ("name", "text", "is_meant"),
    [
        ("浙江大学", "浙大是一所综合性大学", True),
        ("浙江大学", "该校现有学生三万人", True),
        ("浙江大学", "学校将举行典礼", True),
        ("河畔综合医院", "医院已迁入新楼", True),
        ("河畔综合医院", "省人民医院已迁入新楼", False),
        ("材料科学与工程学院", "材料学院成立", True),
        ("海丝银行", "全行网点照常营业", True),
        ("海丝银行", "来宾参观了港口", False),
    ],
)
def test_chinese_short_forms(name: str, text: str, is_meant: bool) -> None:
    """A head by itself, a pointer, or characters of the name from its first to its head."""
    forms = [(form_items(name, read_characters), name)]

    assert is_meant is is_referred_to(read_characters(text), forms)


@pytest.mark.parametrize(
    ("name", "text", "is_meant"),
    [
        ("Yunhe University", "The university has 30,000 students.", True),
        ("Kaiyue Photonics Holdings Limited", "Kaiyue sold its plant.", True),
        ("Yunhe University", "Its students met at the bank.", False),
    ],
)
def test_english_short_forms(name: str, text: str, is_meant: bool) -> None:
    """A head after “the”, or the first word of the name."""
    assert is_meant is is_referred_to(read_words(text), [(form_items(name, read_words), name)])


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("浩康控股有限公司（以下简称“浩康”）", []),
        ("浩康控股有限公司（以下简称“浩泰”）", ["浩泰"]),
        ("北京大学第三医院（简称“北医三院”）", []),
        ("浩康控股有限公司（以下简称“公司”）", []),
        ("国际商业机器公司（简称“IBM”）", []),
    ],
)
def test_chinese_short_name_is_made_of_the_full_one(text: str, wrong: list[str]) -> None:
    """Each of its characters stands in the full name, or it is a mere head."""
    assert wrong == [short for _span, short in wrong_introductions(text, in_chinese=True)]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Canglan Bank Co., Ltd. (“Canglan Bank” or the “Bank”)", []),
        ("Canglan Bank Co., Ltd. (“Canglan Fund”)", ["Canglan Fund"]),
        ("Harcourt Kline Holdings (the “Company”)", []),
        ("East Harbour Philharmonic Orchestra (“EHPO”)", []),
    ],
)
def test_english_short_name_is_made_of_the_full_one(text: str, wrong: list[str]) -> None:
    """Of its words, its initials, or a mere head."""
    assert wrong == [short for _span, short in wrong_introductions(text, in_chinese=False)]


def test_acronyms_in_disorder() -> None:
    """Neighbours exchanged; in longer ones, one letter other, too many or too few."""
    assert is_transposed("YGP", "YPG")
    assert not is_transposed("GYP", "YPG")
    assert is_in_disorder("PKUZ", "PKUSZ")
    assert not is_in_disorder("WTO", "WHO")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Xiamen University and Fudan Hospital agreed.", ["Xiamen University", "Fudan Hospital"]),
        ("The Museum of Art and Design agreed.", ["Museum of Art and Design"]),
        ("It left the Lanting Museum on Wednesday.", ["Lanting Museum"]),
    ],
)
def test_english_names_end_before_others(text: str, names: list[str]) -> None:
    """Neither a day nor another organization is a part of a name."""
    assert [phrase.text for phrase in find_organizations(text)] == names
