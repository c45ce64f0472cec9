"""A mark beside the ledger, by which one that is lost, or an old copy of it, is recognised.

A ledger that begins from zero, or that has forgotten its last runs, would send messages again.
"""

import json
from pathlib import Path
from typing import Any

from sqlalchemy import select, update

from pubkit.distribution.ledger.opening import Ledger
from pubkit.distribution.ledger.schema import FACTS
from pubkit.errors import DeliveryError, Location
from pubkit.formats.files import write_bytes
from pubkit.messages import gettext as _


def verify_ledger(ledger: Ledger, mark: Path) -> None:
    """Make sure that the ledger is the one of the last run here, and knows of it.

    Raises:
        DeliveryError: It is another one, or an older copy.
    """
    left = _read(mark)
    if left is None:
        return
    if left["id"] != ledger.id:
        raise DeliveryError(
            _("This is not the ledger of the last run: who has the messages is not known"),
            location=Location(ledger.place),
            remedy=_(
                "Put the ledger back where it was; or, if everybody shall get the message again, "
                "run the command with --new"
            ),
        )
    if left["runs"] > _runs(ledger):
        raise DeliveryError(
            _("This ledger is an older copy: it does not know of the last run"),
            location=Location(ledger.place),
            remedy=_(
                "Put the latest copy back; or, if everybody shall get the message again, "
                "run the command with --new"
            ),
        )


def count_run(ledger: Ledger, mark: Path) -> None:
    """Write down in the ledger, and then beside it, that another run begins."""
    runs = _runs(ledger) + 1
    with ledger.transaction() as connection:
        where = FACTS.c.name == "runs"
        connection.execute(update(FACTS).where(where).values(value=str(runs)))
    data = json.dumps({"id": ledger.id, "runs": runs}).encode()
    write_bytes(mark, data, error=DeliveryError)


def _runs(ledger: Ledger) -> int:
    with ledger.transaction() as connection:
        query = select(FACTS.c.value).where(FACTS.c.name == "runs")
        return int(connection.execute(query).scalar_one())


def _read(mark: Path) -> dict[str, Any] | None:
    try:
        left = json.loads(mark.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        left = None
    if not isinstance(left, dict) or not isinstance(left.get("runs"), int) or "id" not in left:
        raise DeliveryError(
            _("The mark of the last run cannot be read"),
            location=Location(str(mark)),
            remedy=_("Look with pubkit send status whether the ledger is whole, then remove it"),
        )
    return left
