"""Which editions somebody wants; it is known before anything is read."""

from pubkit.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which editions are made."""

    languages: tuple[str, ...]
    formats: tuple[str, ...] = ("html", "pdf")
    is_strict: bool = False
    """Whether a draft is refused."""
    is_site: bool = False
    """Whether the pages belong to a newsroom: they lead to its index, and to what exists."""
