"""What an update may draw on besides the catalog itself."""

from collections.abc import Callable

from pubkit.translation.changes import IsWord, no_word
from pubkit.translation.memory import NO_MEMORY, Memory
from pubkit.values import dataclass

Hints = Callable[[str], tuple[str, ...]]


def no_hints(_text: str) -> tuple[str, ...]:
    """Tell a translator nothing about a segment."""
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Aids:
    """Knowledge of the language, of the names and of earlier translations."""

    source_lang: str = "en"
    """The language of the messages: it says how alike two of them have to be."""
    hints: Hints = no_hints
    """What translators shall know of a text: the names in it."""
    memory: Memory = NO_MEMORY
    is_word: IsWord = no_word
    """Knows the words of the source language."""


NO_AIDS = Aids()
