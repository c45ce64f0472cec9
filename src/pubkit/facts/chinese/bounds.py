"""Chinese words that make a figure a lower or an upper bound."""

from pubkit.facts.chinese.place import Place
from pubkit.facts.values import Bound
from pubkit.patterns import pattern

NOT_BOUNDS = ("不超过", "不多于", "不高于", "至多", "最多", "不晚于")


OVER = (
    *(
        "不少于",
        "不低于",
        "不小于",
        "至少",
        "最少",
        "超过",
        "突破",
        "高于",
        "大于",
        "多于",
        "首破",
        "超出",
    ),
    *("超越", "超", "逾", "破", "突破了", "超过了"),
)


UNDER = (
    "将近",
    "接近",
    "不到",
    "不足",
    "未满",
    "不满",
    "低于",
    "少于",
    "小于",
    "不及",
    "未达",
    "逼近",
    "近",
)


ABOUT = ("大约", "约", "大概", "大致")


AFTER = pattern(
    r"[^，。；、\d]{0,3}?(?:(?P<over>以上|之多|有余)|(?P<under>以下)|(?P<about>左右|上下|前后|许))"
)


RECENT = pattern("来|间|以来|里|中|内|的?时间")


def bound(at: Place, end: int) -> Bound:
    """Return on which side of the figure that begins at a place the fact lies."""
    start = at.match.start()
    before = at.text[max(0, start - 4) : start].rstrip()
    if before.endswith(NOT_BOUNDS):
        return Bound.NONE
    if before.endswith(OVER):
        return Bound.OVER
    if before.endswith(UNDER) and not (before.endswith("近") and RECENT.match(at.text, end)):
        return Bound.UNDER
    if before.endswith(ABOUT):
        return Bound.ABOUT
    names = {"over": Bound.OVER, "under": Bound.UNDER, "about": Bound.ABOUT}
    if at.text[end : end + 1] in "多余" and at.text[end : end + 1]:
        return Bound.OVER
    after = AFTER.match(at.text, end)
    return names[str(after.lastgroup)] if after else Bound.NONE
