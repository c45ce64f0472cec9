"""Every message is made here, and looked at before anybody gets it."""

from collections.abc import Callable, Mapping

from pubkit.config import Config
from pubkit.distribution.campaign import Campaign, Delivery
from pubkit.distribution.identity import Identity
from pubkit.distribution.message.composing import Composer, Envelope, unsubscribe_base
from pubkit.distribution.message.headers import HeaderError
from pubkit.distribution.message.lint import lint
from pubkit.distribution.sending import UnfitError


def make_composer(
    config: Config, identity: Identity, campaign: Campaign, pdfs: Mapping[str, bytes]
) -> Callable[[Delivery], Envelope]:
    """Return what makes the message to a member.

    It raises ``UnfitError`` for a message that must not go.

    Args:
        config: The settings for mail.
        identity: Signs what comes back.
        campaign: What is sent.
        pdfs: By language.
    """
    composer = Composer(
        campaign=campaign,
        identity=identity,
        mail=config.mail,
        pdfs=pdfs,
        unsubscribe=unsubscribe_base(config.mail, config.project.base_url),
    )

    def compose(delivery: Delivery) -> Envelope:
        try:
            envelope = composer.compose(delivery)
        except HeaderError as error:
            raise UnfitError(str(error)) from None
        faults = lint(envelope)
        if faults:
            raise UnfitError("; ".join(map(str, faults)))
        return envelope

    return compose
