"""What a dry run tells: who would get what."""

from pubkit.cli.sending.rehearsal import summary, summary_rows
from pubkit.distribution.campaign import Delivery, Recipient


def delivery(number: int, lang: str, *groups: str) -> Delivery:
    """Return the message to a member."""
    recipient = Recipient(address=f"m{number}@example.org", groups=groups)
    return Delivery(id=0, campaign=0, recipient=recipient, lang=lang, message_id=f"<{number}@x>")


def test_languages_and_groups_are_counted_and_summed_up() -> None:
    """A member of two groups is in both, and once in the sum."""
    waiting = [
        delivery(1, "en", "board", "press"),
        delivery(2, "en", "press"),
        delivery(3, "zh"),
    ]
    sizes = {"en": [100_000, 120_000], "zh": [50_001]}

    assert summary_rows(waiting, fallbacks={}, sizes=sizes) == [
        ["en", "", "2", "", "110 kB", "220 kB"],
        ["", "board", "1", "", "", ""],
        ["", "press", "2", "", "", ""],
        ["zh", "", "1", "", "51 kB", "51 kB"],
        ["All", "", "3", "", "", "271 kB"],
    ]


def test_an_edition_that_stands_in_says_for_which_language() -> None:
    """Whoever reads it sees which translation is missed most."""
    waiting = [delivery(number, "en") for number in range(4)]
    fallbacks = {"m0@example.org": "de", "m1@example.org": "fr", "m2@example.org": "fr"}

    (row,) = summary_rows(waiting, fallbacks=fallbacks, sizes={"en": [1000]})

    assert row[3] == "fr 2, de 1"


def test_a_part_of_the_messages_stands_for_all() -> None:
    """With a limit only some are written."""
    waiting = [delivery(number, "en") for number in range(10)]

    (row,) = summary_rows(waiting, fallbacks={}, sizes={"en": [3000, 5000]})

    assert row[4:] == ["4 kB", "40 kB"]


def test_sizes_are_told_so_that_people_grasp_them() -> None:
    """The PDF is in every message: all messages of a large roster are gigabytes."""
    for number, size, expected in (
        (1, 999_000, "999 kB"),
        (1, 999_001, "1.0 MB"),
        (10, 8_906_870, "89.1 MB"),
        (1000, 8_906_870, "8.9 GB"),
    ):
        waiting = [delivery(one, "en") for one in range(number)]

        (row,) = summary_rows(waiting, fallbacks={}, sizes={"en": [size]})

        assert row[5] == expected


def test_what_nobody_gets_instead_has_no_column() -> None:
    """An empty one would only be asked about."""
    waiting = [delivery(1, "en")]

    plain = summary(waiting, fallbacks={}, sizes={"en": [1000]})
    instead = summary(waiting, fallbacks={"m1@example.org": "de"}, sizes={"en": [1000]})

    assert plain == [
        ["Edition", "Group", "Members", "A message", "All messages"],
        ["en", "", "1", "1 kB", "1 kB"],
    ]
    assert instead[0][3] == "Instead of"
    assert instead[1][3] == "de 1"
