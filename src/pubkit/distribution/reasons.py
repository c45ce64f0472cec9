"""Why messages were refused: what the replies of servers have in common."""

from typing import NamedTuple

from pubkit.messages import shortened
from pubkit.patterns import pattern

LONGEST = 72
"""Characters of a reason that are shown."""


class Reason(NamedTuple):
    """A reason without what belongs to one message alone."""

    status: str
    """The enhanced status, as in ``5.1.1``, else the code, as in ``550``; empty if it has none."""
    words: str


STATUS = pattern(r"\s*([2-5]\d\d)?(?:[ -]|$)?\s*(?:#?([245]\.\d{1,3}\.\d{1,3})\b)?[\s:-]*(.*)")
OWN = pattern(
    r"<[^<>\s]*>"  # an address, a mailbox
    r"|https?://\S+"
    r"|[^\s<>()\[\]\"',;:]+@[^\s<>()\[\]\"',;]+"
    r"|\[[\da-fA-F.:]+\]"  # the address of a machine
    r"|(?<![\w.])\d+(?:\.\d+){3}(?![\w.])"
    r"|(?<![\w.-])(?=(?:[\w.-]*?\d){2})(?=[\w.-]*?[a-zA-Z])[\w.-]{8,}(?![\w.-])"  # of a queue
    r"|(?<![\w.])\d{5,}(?![\w.])"
)
"""What differs from message to message: addresses, machines, numbers of queues."""
GAPS = pattern(r"(?:\s*[:;,](?=\s*[:;,]))+|^[\s:;,.-]+|[\s:;,.-]+$|\(\s*\)")


def reason_of(reply: str) -> Reason:
    """Return the reason that a reply gives, the same for all members whom it concerns.

    Source:
        RFC 5321, 4.2; RFC 3463, 2.
    """
    found = STATUS.match(" ".join(reply.split()))
    code, enhanced, text = found.groups() if found else ("", "", reply)
    if enhanced:  # which many servers repeat on every line
        text = text.replace(f" {enhanced} ", " ")
    words = GAPS.sub("", " ".join(OWN.sub("", text).split()))
    return Reason(enhanced or code or "", shortened(GAPS.sub("", words), LONGEST))
