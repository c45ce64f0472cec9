"""What English and Chinese texts say in figures, whatever their writing."""

import pytest

from pubkit.facts.chinese.reader import read_chinese
from pubkit.facts.comparison import Cause, compare
from pubkit.facts.english.reader import read_english
from pubkit.facts.numerals import chinese_number, english_number
from pubkit.facts.values import Kind, Weight

SAME = [
    ("US$3.2 million", "320万美元"),
    ("RMB 8.64 billion", "86.4亿元"),
    ("€380,000", "38万欧元"),
    ("3.42 trillion yuan", "3.42万亿元"),
    ("forty-six steps", "46步"),
    ("a hundred and twenty guests", "一百二十位来宾"),
    ("two hundred and five pages", "二百零五页"),
    ("25,000 boxes", "两万五千箱"),
    ("12,000 boxes", "1.2万箱"),
    ("38 per cent", "百分之三十八"),
    ("40 percent", "四成"),
    ("two thirds", "三分之二"),
    ("0.35 percentage points", "35个基点"),
    ("58,600 square metres", "5.86万平方米"),
    ("860 MW", "86万千瓦"),
    ("minus 20 degrees Celsius", "零下20摄氏度"),
    ("15 mg", "15毫克"),
    ("18 months", "一年半"),
    ("48 hours", "两天"),
    ("the 8th of May", "5月8日"),
    ("8 May 2024", "二〇二四年五月八日"),
    ("May 8–10", "5月8日至10日"),
    ("the 1990s", "20世纪90年代"),
    ("the nineteenth century", "19世纪"),
    ("the third quarter", "第三季度"),
    ("2:30 p.m.", "下午2时30分"),
    ("2:30 p.m.", "14:30"),
    ("noon", "中午12时"),
    ("half past nine", "9时30分"),
    ("10:15 p.m.", "晚10点一刻"),
    ("Wednesday", "星期三"),
    ("the 47th meeting", "第四十七次会议"),
    ("the 14th Five-Year Plan", "“十四五”规划"),
    ("doubled", "翻了一番"),
    ("a metre and a half", "1.5米"),
    ("a quarter of a million people", "25万人"),
    ("the fifth straight annual rise", "连续五年增长"),
    ("cut from ten days to six and a half", "由十天缩短至六天半"),
    ("6×9 inches", "6x9英寸"),
    ("at 23:13:48", "23时13分48秒"),
    ("as of 2016-03", "2016年3月"),
    ("Midnight Commander", "Midnight Commander"),
    ("a perfect fifth", "纯五度"),
    ("up to 4 HP per turn", "每回合最多4点生命值"),
    ("%<PRIdMAX> bytes in %s", "%2$s中的%1$<PRIdMAX>字节"),
    ("2,147,483,647 files", "2147483647个文件"),
    ("a 2-dimensional space", "二维空间"),
    ("88.7 million yuan, 41.2 million of it new", "8870万元，其中4120万元为新增"),
    ("3.8 times", "3.8倍"),
    ("+86 20 5550 0177", "020-55500177"),
    ("the G20", "二十国集团"),
]


@pytest.mark.parametrize(("english", "chinese"), SAME)
def test_one_fact_in_two_languages_is_one(english: str, chinese: str) -> None:
    """A value has many forms."""
    assert compare(english, chinese, is_into_chinese=True) == ()
    assert compare(chinese, english, is_into_chinese=False) == ()


@pytest.mark.parametrize(
    ("english", "chinese", "kind", "cause"),
    [
        ("US$3.2 million", "320亿美元", Kind.NUMBER, Cause.CHANGED),
        ("US$3.2 million", "320万元", Kind.CURRENCY, Cause.UNIT_CHANGED),
        ("They got US$3.2 million.", "他们得到320万。", Kind.CURRENCY, Cause.UNIT_LOST),
        ("up 38 percent", "增长38", Kind.PERCENT, Cause.UNIT_LOST),
        ("15 mg", "15克", Kind.UNIT, Cause.UNIT_CHANGED),
        ("the 8th of May", "8月5日", Kind.DATE, Cause.CHANGED),
        ("On 8 May 2024 he left.", "2023年5月8日他离开了。", Kind.DATE, Cause.CHANGED),
        ("2:30 p.m.", "上午2时30分", Kind.TIME, Cause.CHANGED),
        ("Wednesday", "星期四", Kind.WEEKDAY, Cause.CHANGED),
        ("the 47th meeting", "第四十八次会议", Kind.ORDINAL, Cause.CHANGED),
        ("26 universities came", "各高校来了", Kind.NUMBER, Cause.LOST),
        ("the universities came", "来了26所高校", Kind.NUMBER, Cause.ADDED),
        ("over 20 years", "不到20年", Kind.NUMBER, Cause.REVERSED),
        ("Call +86 20 5550 0177", "电话+85 20 5550 0177", Kind.PHONE, Cause.CHANGED),
    ],
)
def test_one_fault_is_one_difference(english: str, chinese: str, kind: Kind, cause: Cause) -> None:
    """What is wrong with a fact decides which check reports it."""
    differences = compare(english, chinese, is_into_chinese=True)

    assert [(kind, cause)] == [(one.kind, one.cause) for one in differences]


@pytest.mark.parametrize(
    "text",
    [
        "一流团队十分重要",
        "四面八方",
        "一带一路",
        "统一安排",
        "唯一",
        "万一",
        "首席执行官",
        "百姓",
        "之一",
    ],
)
def test_numerals_in_words_count_nothing(text: str) -> None:
    """Nobody has to repeat them."""
    assert all(fact.weight is Weight.LOOSE for fact in read_chinese(text))


@pytest.mark.parametrize("text", ["You may march.", "It may seem so.", "Sun and May"])
def test_words_that_are_months_elsewhere_are_no_dates(text: str) -> None:
    """A month is a capital letter, and means something with a day or a year."""
    assert all(fact.weight is not Weight.SURE for fact in read_english(text))


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("三十二", 32),
        ("二〇二三", 2023),
        ("两万五", 25000),
        ("一百五", 150),
        ("一亿二千万", 120_000_000),
        ("三点五", 3.5),
        ("廿一", 21),
        ("三四", None),
    ],
)
def test_chinese_numeral_has_its_value(numeral: str, value: float | None) -> None:
    """Positional numerals, digits in a row, decimals; two digits are no number."""
    assert value == chinese_number(numeral)


def test_english_number_has_its_value() -> None:
    """Hundreds and millions multiply what stands before them."""
    assert english_number("five million three hundred thousand and twenty-one") == 5_300_021


def test_places_of_facts_are_those_in_the_text() -> None:
    """Editors mark the characters at fault."""
    (fact,) = (fact for fact in read_chinese("共３２０万美元。") if fact.kind is Kind.CURRENCY)

    assert (fact.start, fact.end) == (1, 7)


def test_order_and_repetition_are_free() -> None:
    """Chinese says first what English says last, and once what English says twice."""
    english = "Of 120 works, 38 are new; the 120 works cost RMB 4.6 million."
    chinese = "总值460万元的120件作品中，38件为新作。"

    assert compare(english, chinese, is_into_chinese=True) == ()
