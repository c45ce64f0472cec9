"""What a dry run prints: who would get what, and who cannot be written to."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import click

from pubkit.cli.output import print_table, print_warning
from pubkit.distribution.wording import state_names
from pubkit.messages import gettext as _
from pubkit.messages import ngettext

if TYPE_CHECKING:
    from pubkit.distribution.campaign import Delivery
    from pubkit.workflow.sending.rehearsing import Rehearsal

SHOWN = 20
"""How many refusals are listed."""
SOLE = "—"


def print_rehearsal(rehearsal: "Rehearsal", sizes: Mapping[str, int]) -> None:
    """Print who would get what, and who cannot be written to.

    Args:
        rehearsal: Who.
        sizes: The bytes of all messages by language.
    """
    if rehearsal.waiting:
        print_table([_heading(), *_rows(rehearsal, sizes)])
    else:
        click.echo(_("Nobody would be written to."))
    for remark in _remarks(rehearsal):
        click.echo(remark, err=True)
    _print_refusals(rehearsal)


def _heading() -> list[str]:
    return [
        _("edition"),
        _("group"),
        _("members"),
        _("fallback"),
        _("message"),
        _("all"),
    ]


def _rows(rehearsal: "Rehearsal", sizes: Mapping[str, int]) -> Iterator[list[str]]:
    """Yield a row for each language, and below it one for each group; members may be in several."""
    fallbacks = rehearsal.fallbacks
    for lang in rehearsal.plan.campaign.parcels:
        members = [one for one in rehearsal.waiting if one.lang == lang]
        if not members:
            continue
        others = sum(one.recipient.key in fallbacks for one in members)
        size = sizes.get(lang, 0)
        yield [
            lang,
            "",
            str(len(members)),
            str(others or ""),
            _kilobytes(size // len(members)),
            _kilobytes(size),
        ]
        for group, number in sorted(_groups(members).items()):
            yield ["", group, str(number), "", "", ""]


def _groups(members: "list[Delivery]") -> Counter[str]:
    return Counter(group for one in members for group in one.recipient.groups)


def _kilobytes(size: int) -> str:
    return _("{size} kB").format(size=f"{-(-size // 1000):,}")


def _remarks(rehearsal: "Rehearsal") -> Iterator[str]:
    yield from rehearsal.notes
    if rehearsal.suppressed:
        yield ngettext(
            "{number} member is on the list of those who get nothing: pubkit send suppress",
            "{number} members are on the list of those who get nothing: pubkit send suppress",
            rehearsal.suppressed,
        ).format(number=rehearsal.suppressed)
    known = [
        f"{number} {name}"
        for state, name in state_names().items()
        if (number := rehearsal.counts[state])
    ]
    if known:
        yield _("The campaign has begun: {counts}").format(counts=", ".join(known))


def _print_refusals(rehearsal: "Rehearsal") -> None:
    refusals = rehearsal.refusals
    if not refusals:
        return
    print_warning(
        ngettext(
            "{number} member cannot be written to:",
            "{number} members cannot be written to:",
            len(refusals),
        ).format(number=len(refusals))
    )
    for refusal in refusals[:SHOWN]:
        place = _("line {line}").format(line=refusal.line)
        shown = ": ".join(filter(None, (place, refusal.address, refusal.reason)))
        click.echo(f"  {shown}", err=True)
        if refusal.remedy:
            click.echo(f"    → {refusal.remedy}", err=True)
    if len(refusals) > SHOWN:
        more = len(refusals) - SHOWN
        text = ngettext("  and {number} more", "  and {number} more", more)
        click.echo(text.format(number=more), err=True)
