"""A mark beside the ledger, by which one that is lost, or an old copy of it, is recognised.

A ledger that begins from zero, or that has forgotten its last runs, would send messages again.
"""

import json
import secrets
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import Integer, Text, cast, select, update

from pubkit.distribution.ledger.opening import Ledger
from pubkit.distribution.ledger.schema import FACTS
from pubkit.errors import DeliveryError, Location
from pubkit.formats.files import write_bytes
from pubkit.messages import gettext as _


def verify_ledger(ledger: Ledger | None, mark: Path) -> None:
    """Make sure that the ledger is the one of the last run here, and knows of it.

    Raises:
        DeliveryError: There is none any more, it is another one, or an older copy.
    """
    left = _read(mark)
    if left is None:
        return
    if ledger is None:
        raise DeliveryError(
            _("The ledger of the last run is not there: who has the messages is not known"),
            location=Location(str(mark)),
            remedy=_(
                "Put the ledger back where it was; or, if everybody shall get the message again, "
                "run the command with --new"
            ),
        )
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
    fact = FACTS.c.value
    next_run = cast(cast(fact, Integer) + 1, Text)
    with ledger.transaction() as connection:
        counted = update(FACTS).where(FACTS.c.name == "runs").values(value=next_run)
        runs = int(connection.execute(counted.returning(fact)).scalar_one())
    data = json.dumps({"id": ledger.id, "runs": runs}).encode()
    write_bytes(mark, data, error=DeliveryError)


def renewed(ledger: Ledger, mark: Path) -> Ledger:
    """Return the ledger that is gone on with though it has forgotten runs.

    It signs with another secret from then on: a copy counts its members on from where it was, and
    what it signed for one of them meanwhile must not stand for another.
    """
    try:
        verify_ledger(ledger, mark)
    except DeliveryError:
        changed = replace(ledger, id=secrets.token_hex(16), secret=secrets.token_bytes(32))
        values = {"id": changed.id, "secret": changed.secret.hex()}
        with ledger.transaction() as connection:
            for name, value in values.items():
                where = FACTS.c.name == name
                connection.execute(update(FACTS).where(where).values(value=value))
        return changed
    return ledger


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
