"""Mailboxes are gone on with where they were left."""

from pubkit.distribution.ledger.bookmarks import bookmark_of, keep_bookmark
from tests.distribution.ledgers import make_ledger


def test_each_mailbox_has_its_own_bookmark() -> None:
    """The last one counts."""
    with make_ledger().begin() as connection:
        keep_bookmark(connection, "imaps://a@x/INBOX", "7:1")
        keep_bookmark(connection, "imaps://a@x/INBOX", "7:2")

        assert bookmark_of(connection, "imaps://a@x/INBOX") == "7:2"
        assert bookmark_of(connection, "imaps://b@x/INBOX") == ""
