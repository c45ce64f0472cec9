"""Do the translators' waivers still hide something?

A waiver is a translator comment, which every tool keeps::

    # pubkit: ignore copied-source -- the company uses its Latin name
"""

import re
from collections.abc import Iterable, Iterator

from pubkit.checks.registry import REGISTRY, WaivedEntry, Waiver, check
from pubkit.messages import gettext as _
from pubkit.model import Problem, Severity
from pubkit.patterns import pattern

# Some editors make a dash of two hyphens.
WAIVER = pattern(r"\s*pubkit\s*:\s*ignore\b(.*?)(?:\s(?:--|—|–)(.*))?", re.DOTALL)


def read_waivers(comments: Iterable[str]) -> tuple[Waiver, ...]:
    """Return the waivers among the comments of a translator."""
    matches = (WAIVER.fullmatch(comment) for comment in comments)
    return tuple(
        Waiver(
            checks=tuple(name for name in re.split(r"[\s,]+", match[1]) if name),
            reason=(match[2] or "").strip(),
        )
        for match in matches
        if match
    )


@check(WaivedEntry, severity=Severity.WARNING)
def unused_waiver(entry: WaivedEntry) -> Iterator[Problem]:
    """A waiver hides nothing, names no check, or does not say why.

    Why:
        It would hide the next fault of its kind, and nobody would know the reason.

    Bad:
        BTR → BTR, with the comment: pubkit: ignore copied-source

    Good:
        Huawei → Huawei, with the comment: pubkit: ignore copied-source -- uses its Latin name

    Source:
        House rule: whoever silences a check says why.
    """
    for waiver in entry.waivers:
        if not waiver.reason:
            yield Problem(
                message=_("The waiver gives no reason, so it hides nothing: add “ -- ” and why")
            )
        elif not waiver.checks:
            yield Problem(message=_("The waiver names no check"))
        else:
            yield from _unused(waiver, entry.used)


def _unused(waiver: Waiver, used: frozenset[str]) -> Iterator[Problem]:
    for name in waiver.checks:
        if name not in REGISTRY:
            yield Problem(
                message=_("The waiver names “{check}”, which is no check").format(check=name)
            )
        elif name not in used:
            yield Problem(
                message=_("The waiver of “{check}” hides nothing; remove it").format(check=name)
            )
