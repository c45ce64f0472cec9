"""The list of those who get nothing: shown, extended, brought along, and what comes off it."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import chain
from pathlib import Path

from pubkit.config import Config
from pubkit.distribution.addresses import parse_address
from pubkit.distribution.ledger.opening import open_ledger
from pubkit.distribution.ledger.suppressions import release, suppress, suppressions
from pubkit.distribution.suppression import Reason, Suppression
from pubkit.errors import AddressError, DeliveryError, Location
from pubkit.formats.encodings import decode
from pubkit.formats.files import read_bytes
from pubkit.formats.tables.comma_separated import as_meant, format_rows
from pubkit.messages import gettext as _
from pubkit.messages import shortened
from pubkit.values import dataclass
from pubkit.workflow.ledgers import existing_ledger, ledger_url

COLUMNS = ("address", "reason", "since", "detail")
"""Of the list as CSV."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """An address that shall get nothing."""

    address: str
    reason: Reason = Reason.MANUAL
    detail: str = ""
    since: datetime | None = None
    """Without it, from now on."""


def suppressed(config: Config) -> tuple[Suppression, ...]:
    """Return all who get nothing, the latest last."""
    ledger = existing_ledger(config)
    if ledger is None:
        return ()
    with ledger.transaction() as connection:
        return tuple(suppressions(connection))


def add_suppressions(config: Config, wanted: Iterable[Wanted], *, now: datetime) -> tuple[str, ...]:
    """Send nothing to these addresses any more: to all, or to none if one of them is wrong.

    Returns:
        The addresses for which that is new, or the reason is.
    """
    ledger = open_ledger(ledger_url(config))
    with ledger.transaction() as connection:
        return tuple(
            item.address
            for item in wanted
            if suppress(
                connection,
                item.address,
                reason=item.reason,
                detail=item.detail,
                now=min(item.since or now, now),
            )
        )


def release_addresses(config: Config, addresses: Sequence[str]) -> tuple[str, ...]:
    """Let addresses get messages again; return those that were suppressed."""
    ledger = existing_ledger(config)
    if ledger is None:
        return ()
    with ledger.transaction() as connection:
        return tuple(address for address in addresses if release(connection, address))


def parse_wanted(
    addresses: Iterable[str], *, reason: Reason, detail: str = ""
) -> tuple[Wanted, ...]:
    """Return what a user typed.

    Raises:
        AddressError: One of them is no address.
    """
    return tuple(
        Wanted(address=parse_address(text), reason=reason, detail=detail) for text in addresses
    )


def read_wanted(path: Path, *, reason: Reason) -> tuple[Wanted, ...]:
    """Return the addresses of a file: one on each line, or a list that pubkit has exported.

    Args:
        path: The file.
        reason: That of addresses for which the file has none.

    Raises:
        DeliveryError: A line has no address; the error names it.
    """
    data = read_bytes(path, error=DeliveryError)
    rows = csv.reader(io.StringIO(decode(data, path=str(path)).removeprefix("\ufeff")))
    columns: tuple[str, ...] = ()
    wanted: list[Wanted] = []
    try:
        for row in rows:
            cells = [cell.strip() for cell in row]
            if not any(cells) or (cells[0].startswith("#") and not columns):
                continue
            if not wanted and cells[0].lower() == "address":
                columns = tuple(cell.lower() for cell in cells)
                continue
            meant = zip(columns, map(as_meant, cells), strict=False)
            wanted.append(_wanted(dict(meant) if columns else {"address": cells[0]}, reason))
    except (AddressError, ValueError, csv.Error) as error:
        raise _wrong_line(path, rows.line_num, error) from error
    return tuple(wanted)


def _wanted(cells: dict[str, str], reason: Reason) -> Wanted:
    since = cells.get("since")
    moment = datetime.fromisoformat(since) if since else None
    return Wanted(
        address=parse_address(cells["address"]),
        reason=Reason(cells["reason"]) if cells.get("reason") else reason,
        detail=cells.get("detail", ""),
        since=moment.astimezone() if moment else None,
    )


def _wrong_line(path: Path, line: int, error: Exception) -> DeliveryError:
    remedy = error.remedy if isinstance(error, AddressError) else None
    return DeliveryError(
        error.message if isinstance(error, AddressError) else shortened(str(error)),
        location=Location(str(path), line),
        remedy=remedy
        or _("One address on each line, or the columns {columns}; nothing was changed").format(
            columns=", ".join(COLUMNS)
        ),
    )


def as_csv(listed: Iterable[Suppression]) -> bytes:
    """Return a list as CSV, which no spreadsheet takes for formulas."""
    return format_rows(chain((COLUMNS,), map(_row, listed)))


def _row(item: Suppression) -> tuple[str, ...]:
    since = item.since.isoformat(timespec="seconds")
    return item.address, item.reason.value, since, " ".join(item.detail.split())
