"""Names in full in the place of acronyms."""

from pubkit.model import Span
from pubkit.names.organizations.expansions import expand

NAMES = {"IDC": "Institute of Deep Caves", "HU": "Hexi University"}


def test_acronyms_become_the_names_that_they_mean() -> None:
    """Each place knows where it was."""
    found = expand("IDC and HU met.", NAMES)

    assert found.text == "Institute of Deep Caves and Hexi University met."
    assert found.origin(Span(13, 17)) == Span(0, 3)
    assert found.origin(Span(28, 32)) == Span(8, 10)
    assert found.origin(Span(44, 47)) == Span(11, 14)


def test_what_is_said_in_full_is_not_said_again() -> None:
    """The introduction of an acronym stays, and so do unknown ones."""
    text = "The Institute of Deep Caves (IDC) met the WHO."

    assert expand(text, NAMES).text == text
