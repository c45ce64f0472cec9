"""Something is not as it was when pubkit was written: what was prepared for it is not used."""


class ChangedError(Exception):
    """WeasyPrint, or what it stands on, has changed; no user ever reads this."""
