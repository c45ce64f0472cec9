"""What a dry run prints: who would get what, and who cannot be written to."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
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


def print_rehearsal(rehearsal: "Rehearsal", sizes: Mapping[str, Sequence[int]]) -> None:
    """Print who would get what, and who cannot be written to.

    Args:
        rehearsal: Who.
        sizes: The bytes of the messages that were written, by language.
    """
    if rehearsal.waiting:
        print_table(summary(rehearsal.waiting, fallbacks=rehearsal.fallbacks, sizes=sizes))
    else:
        click.echo(_("Nobody would be written to."))
    for remark in _remarks(rehearsal):
        click.echo(remark, err=True)
    _print_refusals(rehearsal)


def summary(
    waiting: Sequence["Delivery"],
    *,
    fallbacks: Mapping[str, str],
    sizes: Mapping[str, Sequence[int]],
) -> list[list[str]]:
    """Return the rows of ``summary_rows`` with a heading; what nobody gets instead is left out."""
    rows = summary_rows(waiting, fallbacks=fallbacks, sizes=sizes)
    table = [_heading(), *rows]
    if any(row[INSTEAD] for row in rows):
        return table
    return [row[:INSTEAD] + row[INSTEAD + 1 :] for row in table]


INSTEAD = 3
"""The column of the languages for which an edition stands in."""


def _heading() -> list[str]:
    return [
        _("Edition"),
        _("Group"),
        _("Members"),
        _("Instead of"),
        _("A message"),
        _("All messages"),
    ]


def summary_rows(
    waiting: Sequence["Delivery"],
    *,
    fallbacks: Mapping[str, str],
    sizes: Mapping[str, Sequence[int]],
) -> list[list[str]]:
    """Return who would get what: a row for each language, below it one for each group, and a sum.

    Args:
        waiting: Who would be written to.
        fallbacks: The language that they would have, of those who get another one, by their keys.
        sizes: The bytes of the messages that were written, by language; a part stands for all.
    """
    rows: list[list[str]] = []
    total = 0
    languages = Counter(one.lang for one in waiting)
    for lang, number in languages.items():
        members = [one for one in waiting if one.lang == lang]
        written = sizes.get(lang, ())
        size = sum(written) * number // len(written) if written else 0
        total += size
        instead = _instead(members, fallbacks)
        rows.append(
            [lang, "", f"{number}", instead, _shown_size(size // number), _shown_size(size)]
        )
        rows += (["", group, f"{many}", "", "", ""] for group, many in _groups(members))
    if len(languages) > 1:
        rows.append([_("All"), "", f"{len(waiting)}", "", "", _shown_size(total)])
    return rows


def _instead(members: Sequence["Delivery"], fallbacks: Mapping[str, str]) -> str:
    """Say for whose language an edition stands in: ``fr 3, de 1``."""
    keys = (one.recipient.key for one in members)
    found = Counter(fallbacks[key] or _("(none)") for key in keys if key in fallbacks)
    return ", ".join(f"{lang} {number}" for lang, number in found.most_common())


def _groups(members: Sequence["Delivery"]) -> list[tuple[str, int]]:
    return sorted(Counter(group for one in members for group in one.recipient.groups).items())


def _shown_size(size: int) -> str:
    kilobytes = -(-size // 1000)
    if kilobytes < 1000:
        return _("{size} kB").format(size=kilobytes)
    if kilobytes < 999_950:
        return _("{size} MB").format(size=f"{kilobytes / 1000:.1f}")
    return _("{size} GB").format(size=f"{kilobytes / 1_000_000:,.1f}")


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
        yield _("The campaign has begun: {counts}").format(counts=_(", ").join(known))


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
