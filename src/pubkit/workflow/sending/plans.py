"""What a run of ``pubkit send`` is about: which campaign, who is new in it, what they get.

A plan changes nothing: a dry run shows it, ``carry_out`` writes it into the ledger.
"""

from collections.abc import Callable, Mapping
from dataclasses import field, replace
from datetime import datetime

from pubkit.config import Config
from pubkit.distribution.campaign import Campaign, Delivery, DeliveryState, Parcel
from pubkit.distribution.ledger.campaigns import (
    add_parcels,
    begin,
    chain_ids,
    enrol,
    find_campaign,
    follow_roster,
    in_states,
    lines_of,
    roster_digest,
    waiting_languages,
)
from pubkit.distribution.ledger.corrections import begin_correction, begin_instead
from pubkit.distribution.ledger.desk import WAITING, Selection
from pubkit.distribution.ledger.opening import Ledger
from pubkit.errors import DeliveryError
from pubkit.messages import gettext as _
from pubkit.messages import ngettext
from pubkit.values import dataclass
from pubkit.workflow.sending.addressing import Addressed, Audience, Members
from pubkit.workflow.sending.freezing import Freezer, address_to, verify_parcels

MAY_HAVE_IT = (DeliveryState.SENT, DeliveryState.IN_DOUBT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What the user asks for."""

    document: str
    members: Members | None = None
    selection: Selection = field(default_factory=Selection)
    is_correction: bool = False
    is_new: bool = False
    note: str = ""
    """What the office says of a correction."""

    def freezer(self, config: Config, announce: Callable[[str], None]) -> Freezer:
        """Return what freezes the document."""
        return Freezer(config=config, document=self.document, note=self.note, announce=announce)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A campaign as it will be, beside what the ledger has of it."""

    campaign: Campaign
    """Its id is 0 as long as it has not begun; all parcels are in it."""
    new_parcels: Mapping[str, Parcel] = field(default_factory=dict)
    """Those that the ledger does not have yet."""
    additions: tuple[Delivery, ...] = ()
    """Members who are new in the campaign."""
    audience: Audience | None = None
    """The roster, where it had to be read."""
    corrected: Campaign | None = None
    """The campaign that ends with this one, since its edition was faulty."""
    replaced: Campaign | None = None
    """The campaign in whose place this one comes: nobody has anything of it."""


def make_plan(
    config: Config,
    ledger: Ledger,
    request: Request,
    *,
    now: datetime,
    announce: Callable[[str], None],
) -> Plan:
    """Return what is to be done for a request; a correction is planned in ``correcting.py``.

    Args:
        config: The project's settings.
        ledger: Who has what.
        request: What the user asks for.
        now: The time.
        announce: Is told of each language whose edition has to be made.

    Raises:
        DeliveryError: Members or editions are not fit for it.
        PubkitError: Document, catalogs or roster are malformed.
    """
    if request.members is None:
        raise DeliveryError(
            _("Nobody is named to whom the editions go"),
            remedy=_("Name the roster: --members members.csv"),
        )
    freezer = request.freezer(config, announce)
    planner = _Planner(ledger, freezer, request.members, request.selection, now)
    with ledger.transaction() as connection:
        latest = find_campaign(connection, request.document)
    if latest is None:
        return planner.beginning(1)
    if request.is_new:
        return planner.anew(latest)
    return planner.continuation(latest)


@dataclass(frozen=True, slots=True)
class _Planner:
    ledger: Ledger
    freezer: Freezer
    members: Members
    selection: Selection
    now: datetime

    def beginning(self, number: int) -> Plan:
        """Plan a campaign for the whole roster."""
        audience = self.members.audience()
        campaign = Campaign(
            id=0,
            document=self.freezer.document,
            number=number,
            began=self.now,
            sender=self.freezer.sender(),
            embargo=self.freezer.embargo(),
        )
        parcels = self.freezer.parcels(self.freezer.editions(self._languages(audience.addressed)))
        additions = address_to(audience.addressed, campaign, secret=self.ledger.secret)
        return Plan(
            campaign=replace(campaign, parcels=parcels), additions=additions, audience=audience
        )

    def _languages(self, addressed: tuple[Addressed, ...]) -> set[str]:
        """Return the languages of those who are meant."""
        selection = self.selection
        return {one.lang for one in addressed if selection.includes(one.recipient, one.lang)}

    def anew(self, latest: Campaign) -> Plan:
        """Plan a campaign for the whole roster, who may have an earlier one already.

        Not while the earlier one is under way: the command that began it may have been killed.
        """
        with self.ledger.transaction() as connection:
            # Who has left the roster waits for nothing.
            chain = chain_ids(connection, latest)
            waiting = in_states(connection, chain, WAITING, Selection().condition())
            doubtful = in_states(connection, chain, (DeliveryState.IN_DOUBT,))
            is_out = bool(in_states(connection, [latest.id], MAY_HAVE_IT))
        if doubtful or (waiting and is_out):
            number = len(waiting | doubtful)
            raise DeliveryError(
                ngettext(
                    "A campaign of {name} is under way: {number} member waits or is in doubt",
                    "A campaign of {name} is under way: {number} members wait or are in doubt",
                    number,
                ).format(name=latest.document, number=number),
                remedy=_("Go on with it: run the command without --new"),
            )
        plan = self.beginning(latest.number + 1)
        return replace(plan, replaced=latest) if waiting else plan

    def continuation(self, campaign: Campaign) -> Plan:
        """Plan to go on with a campaign, and add who has come into the roster meanwhile."""
        with self.ledger.transaction() as connection:
            is_out = bool(in_states(connection, chain_ids(connection, campaign), MAY_HAVE_IT))
            verify_parcels(self.freezer.config, campaign, is_out=is_out)
            is_known = roster_digest(connection, campaign) == self.members.digest()
            needed = waiting_languages(connection, campaign, self.selection.condition())
        audience = None if is_known else self.members.audience()
        new = self._newcomers(campaign, audience) if audience else ()
        needed |= self._languages(new)
        parcels = self.freezer.parcels(self.freezer.editions(needed - campaign.parcels.keys()))
        return Plan(
            campaign=replace(campaign, parcels={**campaign.parcels, **parcels}),
            new_parcels=parcels,
            additions=address_to(new, campaign, secret=self.ledger.secret),
            audience=audience,
        )

    def _newcomers(self, campaign: Campaign, audience: Audience) -> tuple[Addressed, ...]:
        """Return who is not in the campaign, and has the edition from none that it corrects."""
        with self.ledger.transaction() as connection:
            known = in_states(connection, chain_ids(connection, campaign), MAY_HAVE_IT)
            known |= lines_of(connection, campaign).keys()
        return tuple(one for one in audience.addressed if one.recipient.key not in known)


def carry_out(ledger: Ledger, plan: Plan, *, now: datetime) -> Campaign | None:
    """Write a plan into the ledger, and return its campaign as it stands there.

    Returns:
        The campaign; None if another machine has begun it meanwhile: then the plan was for
        nothing, and another one has to be made.
    """
    if plan.campaign.id:
        return _gone_on_with(ledger, plan)
    if plan.corrected:
        return begin_correction(ledger, plan.corrected, plan.campaign, plan.additions, now=now)
    campaign = (
        begin_instead(ledger, plan.replaced, plan.campaign, plan.additions, now=now)
        if plan.replaced
        else begin(ledger, plan.campaign, plan.additions)
    )
    if campaign:
        _follow(ledger, campaign, plan.audience)
    return campaign


def _gone_on_with(ledger: Ledger, plan: Plan) -> Campaign | None:
    campaign = plan.campaign
    with ledger.transaction() as connection:
        add_parcels(connection, campaign, plan.new_parcels.values())
        enrol(connection, campaign, plan.additions)
    _follow(ledger, campaign, plan.audience)
    with ledger.transaction() as connection:
        return find_campaign(connection, campaign.document, campaign.number)


def _follow(ledger: Ledger, campaign: Campaign, audience: Audience | None) -> None:
    if audience is None:
        return
    lines = {one.recipient.key: one.recipient.line for one in audience.addressed}
    with ledger.transaction() as connection:
        follow_roster(connection, campaign, lines, digest=audience.digest)
