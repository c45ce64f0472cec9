"""The roster meets the project's languages: who gets which edition, and who gets none."""

from collections.abc import Callable
from hashlib import sha256
from typing import TYPE_CHECKING

from pubkit.config import Config
from pubkit.distribution.campaign import Recipient
from pubkit.errors import DeliveryError, Location
from pubkit.messages import gettext as _
from pubkit.messages import ngettext
from pubkit.values import dataclass

if TYPE_CHECKING:
    # A campaign that goes on reads no roster, and does not wait for its reader.
    from pubkit.distribution.roster import Refusal, Roster


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressed:
    """A member, and the language of the edition that they get."""

    recipient: Recipient
    lang: str
    is_fallback: bool = False
    """Whether it is none that the roster names for them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """The members of a roster who can get an edition."""

    addressed: tuple[Addressed, ...]
    refusals: "tuple[Refusal, ...]"
    """Those who can not, and why; they are left out because the user wants it so."""
    notes: tuple[str, ...]
    digest: str
    groups: frozenset[str] = frozenset()
    """All that the roster names, whoever is in them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Members:
    """Where the members are named."""

    config: Config
    place: str
    """A file, or the SQLAlchemy URL of a database."""
    query: str | None = None
    encoding: str | None = None
    may_skip: bool = False
    """Whether members may be left out whom the roster gets wrong."""
    progress: Callable[[int], None] | None = None
    """Is told from time to time how many rows have been read."""

    def digest(self) -> str:
        """Return what is equal as long as the same members get the same editions.

        The roster is not parsed for this.
        """
        from pubkit.workflow.members import members_digest

        digest = members_digest(self.config, self.place, query=self.query, encoding=self.encoding)
        return _with_languages(digest, self.config)

    def audience(self) -> Audience:
        """Read the roster, and choose an edition for each member.

        Raises:
            DeliveryError: The roster cannot be read; or a member in it can get nothing, and may
                not be left out.
        """
        from pubkit.workflow.members import members_place, read_members

        roster = read_members(
            self.config,
            self.place,
            query=self.query,
            encoding=self.encoding,
            progress=self.progress,
        )
        if not roster.recipients and not roster.refusals:
            raise DeliveryError(
                _("The roster has no members"),
                location=Location(members_place(self.place)),
                remedy=_("Look whether it is the right one, and export it again"),
            )
        audience = choose_editions(self.config, roster)
        if audience.refusals and not self.may_skip:
            raise _refused(audience.refusals, members_place(self.place))
        return audience


def choose_editions(config: Config, roster: "Roster") -> Audience:
    """Choose an edition for each member of a roster; refuse those for whom there is none."""
    from pubkit.distribution.languages import choose_language

    settings = config.members
    addressed, refusals = [], list(roster.refusals)
    for recipient in roster.recipients:
        choice = choose_language(
            recipient,
            config.project.languages,
            default=settings.language,
            fallback=settings.fallback,
        )
        if choice is None:
            refusals.append(_without_edition(recipient, config.project.languages))
        else:
            addressed.append(
                Addressed(recipient=recipient, lang=choice.lang, is_fallback=choice.is_fallback)
            )
    refusals.sort(key=lambda refusal: refusal.line)
    return Audience(
        addressed=tuple(addressed),
        refusals=tuple(refusals),
        notes=roster.notes,
        digest=_with_languages(roster.digest, config),
        groups=frozenset(group for one in roster.recipients for group in one.groups),
    )


def _with_languages(digest: str, config: Config) -> str:
    """A project that learns a language has an edition for members who had none."""
    languages = "\n".join(config.project.languages)
    return sha256(f"{digest}\n{languages}".encode()).hexdigest()


def _without_edition(recipient: Recipient, languages: tuple[str, ...]) -> "Refusal":
    from pubkit.distribution.roster import Refusal

    named = ", ".join(recipient.languages)
    reason = (
        _("There is no edition in “{lang}”").format(lang=named)
        if named
        else _("The roster names no language for them")
    )
    return Refusal(
        line=recipient.line,
        address=recipient.address,
        reason=reason,
        remedy=_("Set what they read instead, in [members] of pubkit.toml: {key} = {value}").format(
            key="fallback" if named else "language",
            value=f'["{languages[0]}"]' if named else f'"{languages[0]}"',
        ),
    )


def _refused(refusals: "tuple[Refusal, ...]", place: str) -> DeliveryError:
    first = refusals[0]
    return DeliveryError(
        ngettext(
            "{number} member cannot be written to: {address}: {reason}",
            "{number} members cannot be written to, the first is {address}: {reason}",
            len(refusals),
        ).format(number=len(refusals), address=first.address, reason=first.reason),
        location=Location(place, first.line),
        remedy=_(
            "Mend the roster; the dry run (without --send) lists them all. "
            "To leave them out: --skip-refused"
        ),
    )
