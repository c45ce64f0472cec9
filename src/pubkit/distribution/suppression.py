"""Why nothing is sent to an address any more, and whose fault a failure is."""

import re
from datetime import datetime, timedelta
from enum import StrEnum

from pubkit.patterns import pattern
from pubkit.values import dataclass


class Reason(StrEnum):
    """Why an address gets nothing any more; a later one of these stands above an earlier one."""

    MANUAL = "manual"
    """The office says so."""
    BOUNCED = "bounced"
    """Nobody can be reached there."""
    UNSUBSCRIBED = "unsubscribed"
    """The member does not want it."""
    COMPLAINT = "complaint"
    """The member calls it spam: another message would harm all others."""

    @property
    def weaker(self) -> tuple[str, ...]:
        """The reasons that this one replaces."""
        reasons = tuple(Reason)
        return tuple(reason.value for reason in reasons[: reasons.index(self)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppression:
    """An address to which nothing is sent."""

    address: str
    reason: Reason
    detail: str = ""
    since: datetime


class Outcome(StrEnum):
    """What a notice has changed."""

    SUPPRESSED = "suppressed"
    COUNTED = "counted"
    """It speaks against the address, but not strongly enough yet."""
    NOTED = "noted"
    """It is kept for the report, and says nothing against the address."""
    KNOWN = "known"
    """It was read before."""


PATIENCE = 5
"""On so many days must temporary failures come back before an address is given up, …"""
MEMORY = timedelta(days=90)
"""… within this time. Mailman's default is five, one a day at most; it forgets after a week without
any, since its lists write daily, and an association does not."""


class Fault(StrEnum):
    """Whose fault it is that a message failed."""

    ADDRESS = "address"
    """There is nobody, and will not be."""
    TIME = "time"
    """The mailbox is full, the machine is down: it may work another day."""
    MESSAGE = "message"
    """What was refused is this message, or its sender: policy, content, size."""


ADDRESS_STATUSES = frozenset(
    ("5.1.0", "5.1.1", "5.1.2", "5.1.3", "5.1.4", "5.1.6", "5.1.10", "5.2.1")
)
"""No such mailbox, no such domain, no valid address, moved, a domain without mail, disabled."""
MESSAGE_STATUSES = re.compile(r"[45]\.(?:1\.[789]|2\.3|3\.4|[567]\.\d+)")
"""Sender refused, too large, and everything of protocol, content and policy."""
VAGUE_STATUSES = re.compile(r"|5\.\d+\.0|5\.4\.1")
"""What says too little: the words of the server decide. Exchange Online says 5.4.1 of recipients
that do not exist."""

FULL = pattern(
    r"mailbox (?:is )?(?:full|over)|(?:over|exceed\w*|out of|disk) (?:\w+ ){0,3}(?:quota|storage)"
    r"|quota (?:\w+ )?exceed|(?:邮箱|信箱|郵箱|容量)\s*(?:空间|空間)?(?:已|過|过)?满?(?:满|滿|超)",
    re.IGNORECASE,
)
REFUSED = pattern(
    r"\bspam|blacklist|block(?:ed|list)|\bpolicy|reputation|too large|size limit|content reject"
    r"|virus|\bdmarc|\bspf\b|\bdkim|垃圾|病毒|黑名单|黑名單|拒收|内容|過大|过大",
    re.IGNORECASE,
)
NOBODY = pattern(
    r"(?:no such|unknown|invalid|nonexist\w*|non-exist\w*) (?:\w+ )?(?:user|mailbox|recipient"
    r"|address|account|person)|(?:user|mailbox|recipient|address|account)[\w\s<>@.:'-]{0,80}?"
    r"(?:not found|unknown|(?:does ?n[o']t|not) exist|disabled|no longer|is inactive)"
    r"|recipient address rejected|(?:用户|用戶|收件人|邮箱|信箱|郵箱|地址|帐号|账号|帳號|帐户|账户)"
    r"[^。\n]{0,40}?(?:不存在|无效|無效|未找到|已停用|被禁用|已注销|已冻结)|查无此人|查無此人",
    re.IGNORECASE,
)


def judge(status: str, detail: str = "") -> Fault:
    """Say whose fault a failure is.

    Args:
        status: The enhanced status code, as in ``5.1.1``; empty if the server gave none.
        detail: What the server said, for codes that say nothing.

    Source:
        RFC 3463; the registry of enhanced status codes (RFC 5248); RFC 7505.
    """
    words = detail[:2_000]
    if status in ADDRESS_STATUSES and status != "5.1.0":
        return Fault.TIME if FULL.search(words) else Fault.ADDRESS
    if MESSAGE_STATUSES.fullmatch(status):
        return Fault.MESSAGE
    if VAGUE_STATUSES.fullmatch(status):
        return _judge_words(words, Fault.ADDRESS if status == "5.1.0" else Fault.TIME)
    return Fault.TIME


def _judge_words(words: str, otherwise: Fault) -> Fault:
    if FULL.search(words):
        return Fault.TIME
    if REFUSED.search(words):
        return Fault.MESSAGE
    return Fault.ADDRESS if NOBODY.search(words) else otherwise
