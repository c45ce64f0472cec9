"""Where something stands in a manuscript, in words that its author finds with a search."""

from pubkit.formats.manuscripts.model import Content, plain_text
from pubkit.messages import gettext as _

SHORT = 40


def place_of(number: int, content: Content | str) -> str:
    """Return the place of a paragraph: its number, and its first words."""
    text = content if isinstance(content, str) else plain_text(content)
    return _("paragraph {number}: “{text}”").format(number=number, text=shortened(text))


def place_by_words(text: str) -> str:
    """Return the place of a text by its first words."""
    return f"“{shortened(text)}”"


def shortened(text: str, limit: int = SHORT) -> str:
    """Return the beginning of a text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"
