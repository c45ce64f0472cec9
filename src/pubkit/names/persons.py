"""The persons whom a text names, and where the other language has them."""

from dataclasses import dataclass

from pubkit.model import Span, Term


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
