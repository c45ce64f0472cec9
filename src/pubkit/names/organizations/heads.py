"""The words that say what kind of organization a name is: University 大学, Bureau 局."""

import re
from collections.abc import Sequence
from functools import cache

from pubkit.names.scripts import DATA
from pubkit.patterns import pattern


@cache
def heads_in_chinese() -> dict[str, tuple[str, ...]]:
    """Return the Chinese heads that may render each English head (in small letters, singular)."""
    return {word: chinese for word, chinese, _is_sure in _rows()}


@cache
def _pattern(word: str) -> re.Pattern[str]:
    """Return the Chinese heads that may render an English one; 会 only at the end of a name."""
    heads = sorted(heads_in_chinese()[word], key=len, reverse=True)
    return pattern("|".join(head if len(head) > 1 else _single(head, heads) for head in heads))


def _single(head: str, heads: Sequence[str]) -> str:
    """Return the pattern of a head of one character: no 会 of another head, such as 基金会."""
    others = (one[:-1] for one in CHINESE_HEADS if one.endswith(head) and one not in heads)
    before = "".join(f"(?<!{other})" for other in others if other)
    return rf"(?<=[\u3400-\u9fff]){before}{head}(?![\u3400-\u9fff](?<![{head}{BEHIND}]))"


BEHIND = "的和与、及在将向对为是副主秘理总党原前现代任首举"
"""What may stand behind the name of an organization without a break."""


def renderings_of(word: str, chinese: str) -> list[str]:
    """Return the Chinese heads of a text that may render an English one."""
    return _pattern(word).findall(chinese)


@cache
def all_heads() -> frozenset[str]:
    """Return the English heads."""
    return frozenset(heads_in_chinese())


@cache
def sure_heads() -> frozenset[str]:
    """Return the English heads that are hardly ever left out in Chinese."""
    return frozenset(word for word, _chinese, is_sure in _rows() if is_sure)


@cache
def _rows() -> tuple[tuple[str, tuple[str, ...], bool], ...]:
    lines = (DATA / "organization-heads.tsv").read_text(encoding="utf-8").splitlines()
    rows = []
    for line in lines:
        if line and not line.startswith("#"):
            english, chinese = line.split("\t")
            is_sure = not english.startswith("~")
            for word in english.removeprefix("~").split(";"):
                rows.append((word, tuple(chinese.split(";")), is_sure))
    return tuple(rows)


_CHINESE_HEADS = """
    研究生院 研究院 研究所 研究中心 科学院 工程院 博物院 博物馆 图书馆 美术馆 纪念馆 档案馆
    大使馆 领事馆 体育馆 科技馆 文化馆 艺术馆 天文台 电视台 广播电台 实验室 工作室 研究室 办公室
    办公厅 基金会 委员会 组委会 理事会 董事会 监事会 联合会 校友会 同学会 总商会 商会 协会 学会
    公会 工会 总会 联盟 同盟 联合 集团 有限公司 公司 银行 分行 支行 证券 保险 信托 基金 资本 投资
    控股 企业 工厂 出版社 报社 杂志社 通讯社 旅行社 合作社 书局 书店 大学 学院 学校 中学 小学
    书院 高中 幼儿园 学部 医院 诊所 卫生院 门诊部 疗养院 法院 法庭 检察院 议会 国会 政府 海关
    总局 管理局 公安局 事务所 代表处 办事处 秘书处 总署 剧院 剧团 乐团 合唱团 歌舞团 艺术团
    俱乐部 机场 码头 港 酒店 超市 商店 农场 中心 联社 组织 机构 部 局 厅 处 署 司 科 系 所 院 会
    社 馆 站 队 团 厂 台 室 网络 论坛 大会 会议 研讨会 峰会 年会 展览 博览会 艺术节 书展 仪式 奖
    计划 项目
"""
CHINESE_HEADS = _CHINESE_HEADS.split()
"""What Chinese names of organizations and events end in, longer ones of a kind first."""

HEAD_AT_END = pattern("(?:" + "|".join(sorted(CHINESE_HEADS, key=len, reverse=True)) + ")$")
SOCIETY = "(?<![刚才已没未能要她他你我])(?<!终于)(?<!慢慢)(?<!逐渐)学会"
"""学会 as a noun: 刚学会手语 names no society."""
HEAD_HERE = pattern(
    "|".join(sorted(CHINESE_HEADS, key=len, reverse=True)).replace("|学会", f"|{SOCIETY}")
)


def head_of(chinese: str) -> str:
    """Return the head that a Chinese name ends in; empty if none is known."""
    match = HEAD_AT_END.search(chinese)
    return match[0] if match else ""
