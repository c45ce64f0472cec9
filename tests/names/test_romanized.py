"""Persons' names in English, and where Chinese has them."""

import pytest

from pubkit.names.persons.finding.romanized import (
    Quality,
    RomanizedName,
    Style,
    find_han_names,
    find_names,
    find_surname_mentions,
    locate,
    reads_as,
    romanize,
)


def found(text: str) -> list[str]:
    """Return the names found in a text."""
    return [name.text for name in find_names(text)]


def named(text: str, name: str) -> RomanizedName:
    """Return one of the names found in a text."""
    return next(one for one in find_names(text) if one.text == name)


@pytest.mark.parametrize(
    ("text", "style", "surname"),
    [
        ("Pan Feng", Style.PINYIN, "Pan"),
        ("Chen Xiaoqiang", Style.PINYIN, "Chen"),
        ("LI Wei", Style.PINYIN, "LI"),
        ("Lü Zhiyuan", Style.PINYIN, "Lü"),
        ("Ouyang Jing’an", Style.PINYIN, "Ouyang"),
        ("Yuchi Heng", Style.PINYIN, "Yuchi"),
        ("Xiaoqiang Chen", Style.PINYIN, "Chen"),
        ("Cai Xin Le", Style.PINYIN, "Cai"),
        ("Cheung Wing-lam", Style.CANTONESE, "Cheung"),
        ("Raymond Chau Wai-lun", Style.CANTONESE, "Chau"),
        ("Tsai Yu-hsuan", Style.TAIWAN, "Tsai"),
        ("Goh Boon Teck", Style.OVERSEAS, "Goh"),
        ("Park Seo-yeon", Style.KOREAN, "Park"),
        ("Nguyen Thi Minh Chau", Style.VIETNAMESE, "Nguyen"),
        ("Kenji Tanabe", Style.JAPANESE, "Tanabe"),
        ("Margaret O’Sullivan", Style.WESTERN, "O’Sullivan"),
        ("Anneke van der Houten", Style.WESTERN, "van der Houten"),
    ],
)
def test_a_name_is_found_whatever_its_spelling(text: str, style: Style, surname: str) -> None:
    """Each tradition's grammar finds its names and tells the surname."""
    name = named(f"“We are glad,” said Professor {text}, Dean of Engineering.", text)

    assert (name.style, name.surname) == (style, surname)


@pytest.mark.parametrize(
    "text",
    [
        "The Spring Festival begins in Hong Kong and Xi'an.",
        "They travelled from Shan Xi to He Nan on the Long March.",
        "Sun Microsystems and Li Ning Co. met at Sun Yat-sen University.",
        "Zhang Heng Road leads to the Tang Dynasty City.",
        "The film Bu Wang Chu Xin opens in Da Nang.",
        "Long Island and Can Do are no names.",
        "The Heart Centre opened its Department of Cardiology.",
        "Kung Fu and Feng Shui are popular.",
        "Wen Wei Po and Ta Kung Pao wrote of Chow Tai Fook.",
        "The Lu Xun Literature Prize went to San Francisco.",
        "Goldman Sachs said it would stay.",
    ],
)
def test_no_name_is_found_where_nobody_is_named(text: str) -> None:
    """Places, organizations and phrases that only look like names are left alone."""
    assert found(text) == []


def test_names_beside_offices_do_not_swallow_them() -> None:
    """The span of a name holds neither the office before it nor a possessive."""
    assert found("Vice President Shan Wenjun thanked Dean Qin Yue's team.") == [
        "Shan Wenjun",
        "Qin Yue",
    ]


def test_a_weak_name_is_found_beside_a_sure_one() -> None:
    """Two persons joined by “and” vouch for one another."""
    assert found("Wang Xiaoming and Mo Fei") == ["Wang Xiaoming", "Mo Fei"]


def test_the_order_of_the_document_decides_between_two_surnames() -> None:
    """``Yu Pan`` can be read both ways."""
    text = "Yu Pan, Director"

    assert find_names(text, surname_first=True)[0].surname == "Yu"
    assert find_names(text, surname_first=False)[0].surname == "Pan"


def test_a_known_name_needs_less_evidence() -> None:
    """What is a person elsewhere in the document is one here, too."""
    text = "It was Adaeze Nwosu that it began with"

    assert found(text) == []
    assert [name.text for name in find_names(text, known=["Adaeze Nwosu"])] == ["Adaeze Nwosu"]


def test_a_surname_alone_is_found_after_an_office_and_before_a_verb() -> None:
    """Only where it is not part of another name."""
    persons = find_names("Ren Siyuan, President")
    text = "President Ren spoke. Ren said so. Ren Wei did not. Mr. Ren's plan."

    spans = [name.span.start for name in find_surname_mentions(text, persons)]

    assert spans == [10, 21, 55]


@pytest.mark.parametrize(
    ("name", "chinese"),
    [
        ("Shan Wenbo", "馆长单文博说"),
        ("Qiu Zijin", "仇子衿"),
        ("Zeng Yiwei", "曾一苇（左）"),
        ("Lyu Xuan", "吕璇"),
        ("Lü Xuan", "呂璇"),
        ("Lu Xuan", "吕璇"),
        ("Yuchi Jiayan", "尉迟嘉言任团长"),
        ("Piao Chengzhe", "朴成哲"),
        ("Yu Pan", "潘瑜"),
        ("Zhang Jin", "张  锦"),
        ("Cheung Wing-lam", "张咏琳"),
        ("Hsieh Po-han", "谢柏翰"),
        ("Goh Teck Seng", "吴德成"),
        ("Yoon Seok-hoon", "尹锡勋"),
    ],
)
def test_the_characters_of_a_name_read_as_it(name: str, chinese: str) -> None:
    """Surnames have their own readings, ü is spelt in four ways, traditional characters count."""
    readings = locate(named(f"Dr. {name}, Director", name), chinese)

    assert readings[0].quality is Quality.FULL


@pytest.mark.parametrize(
    ("name", "chinese", "fault", "expected"),
    [
        ("Chen Xiaoqiang", "陈小刚说", "刚", "qiang"),
        ("Chen Xiaoqiang", "陈大强说", "大", "xiao"),
        ("Chen Xiaoqiang", "程小强说", "程", "chen"),
        ("Chen Xiaoqiang", "陈强说", "", "xiao"),
        ("Pan Feng", "潘锐说", "锐", "feng"),
    ],
)
def test_one_wrong_character_is_told(name: str, chinese: str, fault: str, expected: str) -> None:
    """A near reading says which character does not read so, and what should."""
    reading = locate(named(f"Dr. {name}", name), chinese)[0]

    assert reading.quality is Quality.NEAR
    assert reading.fault
    assert chinese[reading.fault.start : reading.fault.end] == fault
    assert reading.expected == expected


def test_a_reversed_name_is_not_read() -> None:
    """The surname stands first in Chinese, whatever the English order."""
    name = named("Dr. Xiaoqiang Chen", "Xiaoqiang Chen")

    assert reads_as(name, "陈小强") is Quality.FULL
    assert reads_as(name, "小强陈") is None


def test_another_person_is_not_read() -> None:
    """Nothing is found where somebody else is named."""
    assert locate(named("Dean Pan Feng", "Pan Feng"), "院长田永鸿说") == []


@pytest.mark.parametrize(
    ("name", "chinese", "part"),
    [
        ("Thomas Ashdown", "由托马斯·阿什当翻译", "托马斯·阿什当"),
        ("Margaret O’Sullivan", "玛格丽特·奥沙利文博士", "玛格丽特·奥沙利文"),
        ("Tsering Dolma", "护士次仁卓玛说", "次仁卓玛"),
        ("Gulnar Tursun", "古丽娜尔·吐尔逊医生", "古丽娜尔·吐尔逊"),
    ],
)
def test_a_transliteration_sounds_alike(name: str, chinese: str, part: str) -> None:
    """Dotted names and those of minorities are compared by sound."""
    reading = locate(named(f"Dr. {name}, Director", name), chinese)[0]

    assert (reading.text, reading.quality) == (part, Quality.TRANSLITERATION)


def test_another_western_name_does_not_sound_alike() -> None:
    """A different person's dotted name is no transliteration of this one."""
    name = named("Dr. Margaret O’Sullivan", "Margaret O’Sullivan")

    assert not any(
        reading.quality.is_confirmed for reading in locate(name, "亨里克·林德奎斯特博士")
    )


def test_mongols_have_one_name() -> None:
    """It is found by what it is made of, and read by its sound."""
    [name] = find_names("The first prize went to Sarantuya, a student.")

    assert locate(name, "一等奖得主萨仁图雅")[0].text == "萨仁图雅"


def test_japanese_surnames_are_read_by_what_they_are_made_of() -> None:
    """No list has every surname: ``Mizushima`` is water and island."""
    name = named("Dr. Takeshi Mizushima", "Takeshi Mizushima")

    assert locate(name, "指挥水岛武")[0].text == "水岛武"
    assert locate(name, "指挥田中武") == []


def test_chinese_names_are_found_beside_offices_and_in_lists() -> None:
    """An office, a verb of speech or a mark beside them tells."""
    text = "董事长单仲谋、行长曾婧怡和首席风险官尉迟婉出席。单仲谋说，一切顺利。"

    assert [name.text for name in find_han_names(text)] == [
        "单仲谋",
        "曾婧怡",
        "尉迟婉",
        "单仲谋",
    ]


def test_ordinary_chinese_words_are_no_names() -> None:
    """Words that begin with a surname are not taken for persons."""
    assert find_han_names("周四，时间和方法都很成功，于是大家高兴地说：安全第一。") == []


@pytest.mark.parametrize(
    ("han", "spelt"),
    [
        ("潘锋", "Pan Feng"),
        ("单仲谋", "Shan Zhongmou"),
        ("吕思齐", "Lyu Siqi"),
        ("欧阳静安", "Ouyang Jing'an"),
        ("托马斯·阿什当", ""),
    ],
)
def test_a_han_name_is_spelt_in_pinyin(han: str, spelt: str) -> None:
    """As in a passport; a transliteration is not spelt back."""
    assert romanize(han) == spelt
