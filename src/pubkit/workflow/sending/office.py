"""What every run of ``pubkit send`` needs, whatever it is about."""

from collections.abc import Callable, Sequence
from difflib import get_close_matches

from pubkit.config import Config
from pubkit.distribution.clock import Clock
from pubkit.distribution.ledger.figures import groups_of
from pubkit.distribution.ledger.opening import Ledger
from pubkit.errors import DeliveryError
from pubkit.messages import gettext as _
from pubkit.messages import shortened
from pubkit.values import dataclass
from pubkit.workflow.sending.plans import Plan, Request, make_plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """Where and when it is sent."""

    config: Config
    clock: Clock
    announce: Callable[[str], None] = lambda _lang: None
    """Is told of each language whose edition has to be made."""

    def plan(self, ledger: Ledger, request: Request) -> Plan:
        """Return what a request comes to; nothing is changed.

        Raises:
            DeliveryError: Members or editions are not fit for it.
            PubkitError: Document, catalogs or roster are malformed.
        """
        planner = make_plan
        if request.is_correction:
            from pubkit.workflow.sending.correcting import plan_correction as planner
        now = self.clock.now()
        plan = planner(self.config, ledger, request, now=now, announce=self.announce)
        if request.selection.groups:
            _refuse_unknown_groups(request.selection.groups, _groups(ledger, plan))
        return plan


def _groups(ledger: Ledger, plan: Plan) -> frozenset[str]:
    """Return the groups of the roster, where it was read, and of all who are in the campaign."""
    groups = {group for one in plan.additions for group in one.recipient.groups}
    if plan.audience:
        groups |= plan.audience.groups
    with ledger.transaction() as connection:
        return groups_of(connection, plan.campaign) | groups


def _refuse_unknown_groups(wanted: Sequence[str], known: frozenset[str]) -> None:
    """Refuse a slip in the name of a group: it would look as if everybody in it had the message."""
    unknown = next((group for group in wanted if group not in known), None)
    if unknown is None:
        return
    nearest = get_close_matches(unknown, sorted(known), n=1)
    remedies = [_("Did you mean “{name}”?").format(name=nearest[0])] if nearest else []
    listed = shortened(", ".join(sorted(known)), LONGEST_LIST)
    remedies.append(
        _("There are: {groups}").format(groups=listed) if known else _("The roster names no group")
    )
    raise DeliveryError(
        _("Nobody is in a group “{group}”").format(group=unknown), remedy=" ".join(remedies)
    )


LONGEST_LIST = 400
"""Characters of the groups that are named."""
