"""What texts say of their figures beside the values: each good pair beside the nearest bad one."""

import pytest

from pubkit.facts.comparison import compare

PAIRS = [
    ("Prices rose 3% year on year.", "价格同比上涨3%。", "价格环比上涨3%。"),
    ("Prices rose 3% from the previous month.", "价格环比上涨3%。", "价格同比上涨3%。"),
    ("Output has doubled.", "产量翻了一番。", "产量增加两倍。"),
    ("Output has tripled.", "产量增加两倍。", "产量翻番。"),
    ("The population has halved.", "人口减少一半。", "人口翻了一番。"),
    ("Apply no later than 5 May.", "最迟5月5日申请。", "最早5月5日申请。"),
    ("Work will start no earlier than June.", "最早6月开工。", "最迟6月开工。"),
    ("More than half came by train.", "过半乘火车前来。", "近半乘火车前来。"),
    ("Nearly half came by train.", "近一半乘火车前来。", "超过一半乘火车前来。"),
    ("Thousands watched.", "数千人观看。", "数百人观看。"),
    ("Just over a dozen firms came.", "十几家企业参展。", "几十家企业参展。"),
    ("Shares fell as much as 7%.", "股价一度跌7%。", "股价一度涨7%。"),
    ("The lake shrank by about 0.8 km².", "湖面缩小约0.8平方公里。", "湖面扩大约0.8平方公里。"),
    ("5 mg twice a day", "每日两次，每次5毫克", "每日三次，每次5毫克"),
    ("5 mg twice a day for 12 weeks", "每日两次，每次5毫克，共12周", "每周两次，每次5毫克，共12周"),
    ("130 films from 43 countries", "43个国家的130部影片", "130个国家的43部影片"),
    ("12 gold, 8 silver and 5 bronze", "12金8银5铜", "8金12银5铜"),
    ("30,000 vehicles a month", "月产3万辆", "年产3万辆"),
    ("A kilo costs 60 yuan.", "每公斤60元。", "每斤60元。"),
    ("nearly five months", "近五个月", "五个多月"),
    ("fewer than one in six", "不到六分之一", "超过六分之一"),
    ("for the over-65s", "面向65岁以上人群", "面向65岁以下人群"),
    ("at 03:14 local time", "当地时间凌晨3时14分", "当地时间下午3时14分"),
    ("three and a half years", "三年六个月", "三年八个月"),
    ("two years and three months", "两年零三个月", "两年零八个月"),
    ("an hour and a quarter", "一小时十五分钟", "一小时四十五分钟"),
    ("a day and a half", "一天半", "两天半"),
    ("a minute and a half", "一分半钟", "一个半小时"),
    ("a century and a half", "一个半世纪", "两个半世纪"),
    ("12,000 flight hours", "1.2万飞行小时", "12万飞行小时"),
    ("down 85 cents", "下跌85美分", "下跌85美元"),
    ("up four points on 2019", "较2019年上升4个百分点", "较2019年上升5个百分点"),
    ("more than a billion yuan", "逾10亿元", "逾1亿元"),
    ("hit a million TEUs", "达100万标箱", "达10万标箱"),
    ("1 TW of solar power", "10亿千瓦光伏", "1亿千瓦光伏"),
    ("35 fen a share", "每股0.35元", "每股3.5元"),
]


@pytest.mark.parametrize(("english", "good", "bad"), PAIRS)
def test_good_pair_is_silent_and_the_nearest_bad_one_is_not(
    english: str, good: str, bad: str
) -> None:
    """A fault is a fault in both directions."""
    assert compare(english, good, is_into_chinese=True) == ()
    assert compare(good, english, is_into_chinese=False) == ()
    assert compare(english, bad, is_into_chinese=True)
    assert compare(bad, english, is_into_chinese=False)


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        (
            "Prices rose 3% year on year and fell 0.2% month on month.",
            "价格同比上涨3%，环比下降0.2%。",
        ),
        (
            "It fell 3%, taking its weekly loss to 5%.",
            "下跌3%，本周跌幅扩大至5%。",
        ),
        ("The team's third title in as many years", "球队三年内第三次夺冠"),
        ("It met every two years.", "每两年举行一次。"),
        ("Several hundred thousand tonnes", "数十万吨"),
        ("43 countries, of which 20 sent films", "43个国家，其中20个国家选送影片"),
        ("A million people signed.", "百万人签名。"),
    ],
)
def test_what_only_looks_contrary_is_silent(english: str, chinese: str) -> None:
    """A text that knows both sides, or another figure, contradicts nothing."""
    assert compare(english, chinese, is_into_chinese=True) == ()
    assert compare(chinese, english, is_into_chinese=False) == ()


@pytest.mark.parametrize(
    ("english", "good", "bad"),
    [
        ("More than 200 guests came.", "200多名来宾到场。", "200名来宾到场。"),
        ("About 1,900 volunteers helped.", "志愿者约1900名。", "志愿者1900名。"),
        ("Nearly 4.2 million tonnes", "近420万吨", "420万吨"),
        ("More than half of it is iridium.", "一半以上是铱。", "一半是铱。"),
        ("It is nearly twice the old figure.", "接近原来的两倍。", "接近原来的三倍。"),
        (
            "It was rejected by 97 votes to 41.",
            "以97票反对、41票赞成遭否决。",
            "以97票赞成、41票反对遭否决。",
        ),
        ("Over five years, 40 came.", "五年间来了40人。", "五年间来了14人。"),
    ],
)
def test_figure_that_is_not_exact_stays_so(english: str, good: str, bad: str) -> None:
    """Many words say that a figure is no exact one; none says that it is."""
    assert compare(english, good, is_into_chinese=True) == ()
    assert compare(english, bad, is_into_chinese=True)
