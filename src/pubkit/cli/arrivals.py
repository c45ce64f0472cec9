"""What became of translations that came back, on a terminal."""

from collections.abc import Iterator

from pubkit.cli.output import print_table, say, shown_path
from pubkit.messages import gettext as _
from pubkit.messages import ngettext, shortened
from pubkit.workflow.exchange import Import, Imported
from pubkit.workflow.merging import Arrival, Outcome


def report_arrivals(imported: Import, *, quiet: bool) -> None:
    """Tell what a person has to look at, then print a table.

    What is not taken is always told, since nobody would miss it.
    """
    for result in imported.results:
        if result.absent:
            say(_absent(result), quiet=quiet)
        for arrival in result.arrivals:
            is_left_out = arrival.outcome in (Outcome.CONFLICT, Outcome.UNKNOWN)
            for line in _details(arrival, shown_path(str(result.path))):
                say(line, quiet=quiet and not is_left_out)
    if not quiet:
        print_table([_head(), *map(_row, imported.results)])


def _head() -> list[str]:
    return [
        _("File"),
        _("Catalog"),
        _("Taken"),
        _("Fuzzy"),
        _("Unchanged"),
        _("Conflicts"),
        _("Unknown"),
    ]


def _row(result: Imported) -> list[str]:
    catalog = f"{result.document or '-'} · {result.lang}"
    order = (Outcome.TAKEN, Outcome.FUZZY, Outcome.UNCHANGED, Outcome.CONFLICT, Outcome.UNKNOWN)
    return [shown_path(str(result.path)), catalog, *(str(result.counts[kind]) for kind in order)]


def _absent(result: Imported) -> str:
    place = shown_path(str(result.path))
    return f"{place}: " + ngettext(
        "{number} text of the catalog is not in the file; it stays as it is",
        "{number} texts of the catalog are not in the file; they stay as they are",
        result.absent,
    ).format(number=result.absent)


def _details(arrival: Arrival, place: str) -> Iterator[str]:
    """Yield what a person has to look at: conflicts, and texts that the source has no more."""
    entry, present = arrival.entry, arrival.present
    where = f"{place}:{entry.line}: "
    if arrival.outcome is Outcome.CONFLICT:
        before = present.msgstr if present else ""
        yield where + _("conflict: “{text}”").format(text=_short(entry.msgid))
        yield "  " + _("catalog: {text}").format(text=_short(_shown(before)))
        yield "  " + _("file:    {text}").format(text=_short(_shown(entry.msgstr)))
    elif arrival.outcome is Outcome.UNKNOWN:
        yield where + _("no catalog has this text: “{text}”").format(text=_short(entry.msgid))
    elif arrival.outcome is Outcome.FUZZY and present and present.key != entry.key:
        yield where + _("the source has changed, so this is fuzzy now: “{text}”").format(
            text=_short(present.msgid)
        )


def _shown(text: str) -> str:
    return text or _("(empty)")


SHOWN_CHARACTERS = 100


def _short(text: str) -> str:
    return shortened(text, SHOWN_CHARACTERS)
