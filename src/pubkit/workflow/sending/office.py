"""What every run of ``pubkit send`` needs, whatever it is about."""

from collections.abc import Callable
from dataclasses import dataclass

from pubkit.config import Config
from pubkit.distribution.clock import Clock
from pubkit.distribution.ledger.opening import Ledger
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
        return planner(self.config, ledger, request, now=self.clock.now(), announce=self.announce)
