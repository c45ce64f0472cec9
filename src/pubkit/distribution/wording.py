"""How the states of messages are called to people."""

from collections.abc import Mapping

from pubkit.distribution.campaign import SUPERSEDED, DeliveryState
from pubkit.distribution.suppression import Reason
from pubkit.messages import gettext as _


def state_names() -> Mapping[DeliveryState, str]:
    """Return what the states are called, in the order in which people ask for them."""
    return {
        DeliveryState.SENT: _("sent"),
        DeliveryState.IN_DOUBT: _("in doubt"),
        DeliveryState.DEFERRED: _("put off"),
        DeliveryState.PENDING: _("pending"),
        DeliveryState.FAILED: _("failed"),
        DeliveryState.SUPPRESSED: _("suppressed"),
    }


def state_meanings() -> Mapping[DeliveryState, str]:
    """Return what the states mean."""
    return {
        DeliveryState.SENT: _("The server took the message and is responsible from then on."),
        DeliveryState.IN_DOUBT: _(
            "The connection ended in the moment of delivery: the member may have the message or "
            "not. The log of the mail server knows."
        ),
        DeliveryState.DEFERRED: _("The server put the message off; it is tried again."),
        DeliveryState.PENDING: _("It was not tried yet."),
        DeliveryState.FAILED: _("The message was refused for good."),
        DeliveryState.SUPPRESSED: _(
            "The member does not want it, cannot get it, or a corrected edition takes its place."
        ),
    }


def suppression_name(reason: str) -> str:
    """Return what the reason of a suppression is called; one that is unknown stays as it is."""
    names = {
        SUPERSEDED: _("there is a corrected edition"),
        Reason.MANUAL: _("taken off by the office"),
        Reason.BOUNCED: _("address does not work"),
        Reason.UNSUBSCRIBED: _("unsubscribed"),
        Reason.COMPLAINT: _("called it spam"),
    }
    return next((name for known, name in names.items() if known == reason), reason)
