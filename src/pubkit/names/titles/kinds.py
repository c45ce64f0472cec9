"""What comparing titles is about: persons, titles, and what has become of them."""

from enum import StrEnum

from pubkit.model import Span
from pubkit.names.titles.offices import (
    Office,
    Sense,
)
from pubkit.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """A person as far as titles are concerned: where both texts have the name."""

    name: str
    english: Span | None
    chinese: Span | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedTitle:
    """A title of the termbase where the source has it, and the forms that may render it."""

    span: Span
    text: str
    forms: tuple[str, ...]


class TitleFaultKind(StrEnum):
    """What has become of a title."""

    LOST = "lost"
    CHANGED = "changed"
    NOT_AS_AGREED = "not as agreed"


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleFault:
    """A title that the two texts do not have alike."""

    kind: TitleFaultKind
    english: Span | None
    """The title in English; None if nothing there is its counterpart."""
    chinese: Span | None
    """The title in Chinese; None if nothing there is its counterpart."""
    holder: str | None
    """The person's name."""
    forms: tuple[str, ...] = ()
    """What should stand in the translation, the agreed form first."""
    is_certain: bool = True
    is_elsewhere: bool = False
    """Whether the right rendering stands elsewhere: names exchanged are enough to explain it."""


NO_RANKS = frozenset(
    [
        "former",
        "ex",
        "past",
        "previous",
        "retired",
        "outgoing",
        "late",
        "onetime",
        "first",
        "special",
        "full",
        "then",
        "new",
        "now",
        "current",
        "guest",
        "local",
        "life",
        "junior",
        "trainee",
        "sitting",
        "incumbent",
        "global",
        "regional",
        "national",
    ]
)
"""What may stand before any noun: a former astronaut holds no office."""


@dataclass(slots=True, kw_only=True, eq=False)
class Title:
    """An English office as it stands in a text, agreed or known by the lexicon."""

    span: Span
    text: str
    office: Office | None
    senses: tuple[Sense, ...]
    phrases: tuple[str, ...] = ()
    """Agreed renderings that the lexicon cannot take apart."""
    forms: tuple[str, ...] = ()
    """All agreed renderings."""
    holder: int | None = None
    """The person to whom it belongs, by its place among the holders."""
    is_asserted: bool = False
    """Whether someone is said to be or become it: ``was elected President``."""
    is_formal: bool = False
    """Whether it stands behind a name and a comma: ``Li Na, Curator of Robotics``."""

    @property
    def is_common(self) -> bool:
        """Whether it is an ordinary noun that a free translation may paraphrase."""
        office = self.office
        if office is None or not office.is_common:
            return office is None
        is_title = office.is_capitalized and self.is_formal and self.holder is not None
        return office.is_plain or not (office.modifiers - NO_RANKS or is_title)

    @property
    def is_plural(self) -> bool:
        """Whether several persons have it."""
        return self.office is not None and self.office.is_plural

    @property
    def modifiers(self) -> frozenset[str]:
        """What the lexicon knows to change it: ``vice``, ``former``."""
        return self.office.modifiers if self.office else frozenset()
