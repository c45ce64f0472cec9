"""English words with a slip in their letters."""

from pubkit.names.persons.forms import distance

LONG_ENOUGH_TO_MISSPELL = 5


def is_misspelt(word: str, other: str) -> bool:
    """Tell whether a long word is another with a letter or two wrong."""
    if word == other or abs(len(word) - len(other)) > 2 or len(word) < LONG_ENOUGH_TO_MISSPELL:
        return False
    limit = 1 if len(word) < 8 else 2
    return word[0] == other[0] and distance(word, other, limit) <= limit
