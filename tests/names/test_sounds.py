"""Names that Chinese imitates the sound of: what fits, part by part, and what does not."""

import pytest

from pubkit.model import Span
from pubkit.names.romanization.likeness import HEARD_WRONG, fit
from pubkit.names.romanization.sounds import misfit


@pytest.mark.parametrize(
    ("word", "right", "wrong"),
    [
        ("Petrova", "彼得罗娃", "彼得罗夫"),
        ("Petrov", "彼得罗夫", "彼得罗娃"),
        ("Castellani", "卡斯泰拉尼", "卡斯特罗"),
        ("Ferrandini", "费兰迪尼", "费尔南多"),
        ("Wainscott", "温斯科特", "敏斯科特"),
        ("Lindqvist", "林德奎斯特", "林德奎斯刚"),
        ("Kipkorir", "基普科里尔", "基普勇里尔"),
        ("Wojcik", "沃伊齐克", "沃伊齐"),
        ("Delacroix", "德拉克鲁瓦", "德拉维涅"),
        ("Johansson", "约翰松", "约翰内斯"),
        ("Sandberg", "桑德贝里", "桑德斯"),
        ("McGregor", "麦格雷戈", "麦格雷"),
        ("Nwosu", "恩沃苏", "恩沃勇"),
        ("Yıldırım", "耶尔德勒姆", "耶尔德兹"),
        ("Novák", "诺瓦克", "诺瓦"),
        ("Tsering", "次仁", "次旺"),
        ("Tsering", "才让", "卓玛"),
        ("Nurgul", "努尔古丽", "阿依古丽"),
        ("Sarantuya", "萨仁图雅", "萨仁高娃"),
        ("Abdurehim", "阿卜杜热依木", "阿卜杜热西提"),
    ],
)
def test_a_word_is_heard_in_its_characters_alone(word: str, right: str, wrong: str) -> None:
    """Another end, another name and a sound that nobody says are told apart from the right form."""
    assert misfit(word, right) < HEARD_WRONG <= misfit(word, wrong)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Anneke van der Houten", "策展人安妮克·范德胡滕说"),
        ("Ahmad Faizal bin Ismail", "艾哈迈德·法伊扎尔·本·伊斯梅尔计划"),
        ("Jean-Pierre Moreau", "由皮埃尔·莫罗主持"),
        ("Thomas F. Ashdown", "指挥托马斯·阿什当与乐团"),
        ("Losang Tsering", "洛桑次仁"),
        ("Khalid Al-Mansoori", "哈立德·曼苏里介绍"),
    ],
)
def test_a_name_fits_though_words_are_joined_or_left_out(name: str, text: str) -> None:
    """Particles and initials may be left out, and words may be one part."""
    start = next(place for place, sign in enumerate(text) if sign in "安艾皮托洛哈")
    end = next((place for place, sign in enumerate(text) if sign in "说计主与介"), len(text))

    assert fit(name, text, Span(start, end)).is_right


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Luca Ferrandini", "卢卡·费尔南多"),
        ("Elena Petrova", "叶莲娜·彼得罗夫"),
        ("Losang Tsering", "洛桑次旺"),
        ("Nurgul Tursun", "阿依古丽·图尔逊"),
        ("Priya Deshmukh", "德什穆克·普丽娅"),
    ],
)
def test_one_wrong_part_spoils_a_name(name: str, form: str) -> None:
    """Each part has to be the sound of its word."""
    assert fit(name, form, Span(0, len(form))).is_wrong
