"""The persons of a document: who they are, and what comparing two texts tells of them."""

from enum import StrEnum

from pubkit.model import Span, Term
from pubkit.names.romanization.person_names import RomanizedName
from pubkit.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Person:
    """One person of a document, with the forms of the name in both languages."""

    name: str
    """The full romanised name."""
    english: tuple[str, ...]
    """Full forms in English, the agreed or most frequent first."""
    chinese: tuple[str, ...]
    """Full forms in Chinese, the agreed or most frequent first."""
    term: Term | None = None
    """The agreement about the person; None for one found by rule."""
    romanized: RomanizedName | None = None
    """The name as it was found by rule."""
    disputed: tuple[str, ...] = ()
    """Chinese forms of which none is commoner than the others: one of them is wrong."""
    rival: str = ""
    """Another spelling of the same Chinese name, which is at least as common."""
    is_sure: bool = True
    """Whether a form that differs is surely wrong; a name found by rule may be no name."""

    def forms(self, *, in_chinese: bool) -> tuple[str, ...]:
        """Return the full forms in one of the two languages."""
        return self.chinese if in_chinese else self.english


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedPerson:
    """One person named in a pair of an English and a Chinese text."""

    name: str
    """The person's full romanised name, also where the text says ``Tian`` only: a key."""
    span: Span
    """Where the English text has the name."""
    rendering: Span | None
    """Where the Chinese text has it; None if nothing there can be it."""
    term: Term | None = None
    """The agreement about the person, if the termbase has one."""


class FaultKind(StrEnum):
    """What is wrong with a name in a translation."""

    MISSING = "missing"
    WRONG = "wrong"
    SWAPPED = "swapped"
    INCONSISTENT = "inconsistent"
    UNTRANSLATED = "untranslated"


class Cause(StrEnum):
    """Why a name is thought to be wrong."""

    ABSENT = "absent"
    PRONOUN = "pronoun"
    """Nothing but a pronoun can stand for it."""
    NEAR = "near"
    """A form that differs by a character or a letter or two."""
    OTHER = "other"
    """The name of another person of the document."""
    ADDED = "added"
    """The name of a person whom the source does not name."""
    UNREADABLE = "unreadable"
    """Characters that cannot be read as the romanised name."""
    VARIANT = "variant"
    """A form that sounds or means the same, but is not the one used elsewhere."""
    PINYIN = "pinyin"
    """Spelt as a Chinese name, though the person is from another land."""
    LATIN = "latin"
    """Left as the source has it."""
    EXCHANGED = "exchanged"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFault:
    """A fault of a person's name in a translation."""

    kind: FaultKind
    cause: Cause
    name: str
    """The name as the source has it."""
    span: Span | None = None
    """The characters at fault in the translation's words; None if there are none."""
    found: str = ""
    """The form that stands there."""
    wanted: str = ""
    """The form that should; empty if unknown."""
    is_certain: bool = True
    """Whether it is a fault beyond doubt."""
