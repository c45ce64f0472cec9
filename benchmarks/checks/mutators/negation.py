"""Sentences that say the opposite."""

import re
from collections.abc import Iterator

from benchmarks.checks.faults import Group, fault
from benchmarks.checks.sites import Site

PLAIN = r"\b(?:not|no|never|nor|cannot)\b|n[’']t\b"
"""English words that make a sentence negative."""
ANY = rf"{PLAIN}|\b(?:none|neither|without|un\w+|non\w*|fail\w*|lack\w*|zero|free|less|until)\b"
"""English words that a negative sentence can translate."""
CHINESE_PLAIN = (
    "并未|尚未|从未|没有|不会|不能|不得|不再|未(?![来央名满必])|不(?![是含对作包需影满足仅断少同])"
)
CHINESE_ANY = "[不未无没非否勿毋禁零免才]"
AFFIRMED = {"没有": "有", "不会": "会", "不能": "能", "不得": "可", "不再": "再"}
NEGATED = {
    "将于": "将不于",
    "可以": "不可以",
    "能够": "不能",
    "出席": "未出席",
    "参加": "未参加",
    "获得": "未获得",
    "完成": "未完成",
    "增长": "没有增长",
    "介绍": "没有介绍",
    "举行": "没有举行",
}
LATIN_NEGATED = ("will", "is", "was", "has", "are", "were", "have", "can")


@fault(Group.STRUCTURE, "negation-lost", lang="zh")
def negation_dropped(site: Site) -> Iterator[str]:
    """A sentence says the opposite: its negation is lost."""
    if len(re.findall(CHINESE_ANY, site.target)) != 1 or not re.search(PLAIN, site.source):
        return
    for match in site.matches(CHINESE_PLAIN):
        yield site.substitute(match, AFFIRMED.get(match[0], ""))


@fault(Group.STRUCTURE, "negation-lost", lang="en")
def negation_dropped_in_latin(site: Site) -> Iterator[str]:
    """A sentence says the opposite: its negation is lost."""
    if len(re.findall(ANY, site.target)) != 1 or not re.search(CHINESE_PLAIN, site.source):
        return
    for match in site.matches(r"\b(?:not|never) |\bno (?=[a-z])"):
        yield site.substitute(match, "")


@fault(Group.STRUCTURE, "negation-lost")
def negation_added(site: Site) -> Iterator[str]:
    """A sentence says the opposite: it is negated."""
    texts = site.source + site.target
    if re.search(CHINESE_ANY, texts) or re.search(ANY, texts, re.IGNORECASE):
        return
    if site.is_chinese:
        for match in site.matches(rf"(?<!的)(?:{'|'.join(NEGATED)})"):
            yield site.substitute(match, NEGATED[match[0]])
    else:
        for match in site.matches(rf"(?<= )(?:{'|'.join(LATIN_NEGATED)})(?= )"):
            yield site.substitute(match, f"{match[0]} not")
