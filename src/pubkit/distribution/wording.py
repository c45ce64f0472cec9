"""How the states of messages are called to people."""

from collections.abc import Mapping

from pubkit.distribution.campaign import DeliveryState
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
