"""Every error that pubkit raises on purpose.

::

    PubkitError
    ├── ConfigError        pubkit.toml is wrong, or no project was found
    ├── SourceError        a source document cannot be published as it stands
    ├── CatalogError       a .po or .pot file cannot be read or saved
    │   ├── StaleCatalogError  somebody else has saved it since it was read
    │   └── RefusedTranslationError  a text in it may not be printed
    ├── TermbaseError      names.po contradicts itself
    ├── RenderingError     an edition cannot be made: template, font, picture
    ├── ClusterError       other machines cannot do the work
    ├── PluginError        an extension broke its promise
    └── DeliveryError      an edition cannot be handed over
        ├── AddressError       nobody can write to an address
        └── BusyError          somebody else is sending

Anything else that escapes is a bug in pubkit and keeps its traceback.
"""

from pubkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Location:
    """A place in a file, as ``path:line:column``; lines and columns count from 1."""

    path: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        numbers = (self.line, self.column) if self.line else ()
        return ":".join([self.path, *(str(number) for number in numbers if number)])


class PubkitError(Exception):
    """The command could not do its work, and the user can mend the cause.

    Args:
        message: What is wrong, one sentence.
        location: Where it is wrong, if it is in a file.
        remedy: What the user does about it, one sentence or one command.
    """

    def __init__(
        self, message: str, *, location: Location | None = None, remedy: str | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.location = location
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.location}: {self.message}" if self.location else self.message


class ConfigError(PubkitError):
    """A setting is missing, unknown or wrong; not raised for faults in documents."""


class SourceError(PubkitError):
    """A source document is missing, unreadable or malformed; not raised for its language."""


class CatalogError(PubkitError):
    """A catalog is malformed, misplaced or cannot be saved; not raised for bad translations."""


class StaleCatalogError(CatalogError):
    """Somebody else saved the file meanwhile; not raised when reading it again could not help."""


class RefusedTranslationError(CatalogError):
    """A translation may not be printed: it costs its edition; not raised for malformed files."""


class TermbaseError(PubkitError):
    """names.po contradicts itself; not raised for names that it lacks."""


class RenderingError(PubkitError):
    """An edition cannot be made faithfully; not raised for unfinished translations."""


class ClusterError(PubkitError):
    """A cluster cannot be used, or no longer; not raised for a single edition."""


class PluginError(PubkitError):
    """An extension could not be loaded or broke its promise."""


class DeliveryError(PubkitError):
    """An edition cannot be handed over; not raised for a single refused recipient."""


class AddressError(DeliveryError):
    """A text is no e-mail address; not raised for mailboxes that do not exist.

    Args:
        message: What is wrong, with the text.
        reason: The same without the text, for a list beside which it stands.
        remedy: What is meant, if that can be seen.
    """

    def __init__(self, message: str, *, reason: str, remedy: str) -> None:
        super().__init__(message, remedy=remedy)
        self.reason = reason


class BusyError(DeliveryError):
    """Another process is sending from the same ledger; not raised where several may."""
