"""Find where a Chinese text has a romanised name."""

from pubkit.model import Span
from pubkit.names.person_names import Quality, Reading, RomanizedName
from pubkit.names.syllables import characters


def locate(name: RomanizedName, chinese: str) -> list[Reading]:
    """Return the places that can be read as a name, best first."""
    wanted = [characters(part) for part in (name.surname.lower(), *name.given)]
    ends = range(len(wanted), len(chinese) + 1)
    windows = [(end - len(wanted), chinese[end - len(wanted) : end]) for end in ends]
    return [
        Reading(span=Span(at, at + len(window)), text=window, quality=Quality.FULL)
        for at, window in windows
        if all(char in allowed for char, allowed in zip(window, wanted, strict=True))
    ]
