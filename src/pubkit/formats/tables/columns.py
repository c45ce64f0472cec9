"""The columns of a bilingual table: their headings, and the words in their cells.

Headings and states are written in the language that pubkit speaks, and read in each that it
knows: whoever exports in Chinese may import in English.
"""

import re
from enum import StrEnum
from typing import NamedTuple

from pubkit.messages import gettext as _
from pubkit.patterns import pattern


class Column(StrEnum):
    """A column; the value is its heading in English."""

    DOCUMENT = "Document"
    CONTEXT = "Context"
    ROLE = "Role"
    SOURCE = "Source"
    TRANSLATION = "Translation"
    STATE = "State"
    COMMENT = "Comment"
    NOTE = "Note to translators"
    KEY = "Key"


EDITABLE = (Column.TRANSLATION, Column.STATE, Column.COMMENT)


class RowState(StrEnum):
    """What the column "State" says; the value is the English word."""

    UNTRANSLATED = "untranslated"
    FUZZY = "to be reviewed"
    TRANSLATED = "translated"


HEADINGS = {
    Column.DOCUMENT: ("文档",),
    Column.CONTEXT: ("语境",),
    Column.ROLE: ("作用",),
    Column.SOURCE: ("源文", "原文", "source text"),
    Column.TRANSLATION: ("译文", "target"),
    Column.STATE: ("状态", "status"),
    Column.COMMENT: ("批注", "备注", "comments"),
    Column.NOTE: ("给译者的说明",),
    Column.KEY: ("编号",),
}
"""Other words for the headings that are read."""
STATES = {
    RowState.UNTRANSLATED: ("未译", "new", "initial"),
    RowState.FUZZY: ("待审校", "fuzzy", "needs review"),
    RowState.TRANSLATED: ("已译", "reviewed", "final", "approved"),
}
"""Other words for the states that are read."""


def headings(source_lang: str, target_lang: str) -> list[str]:
    """Return the head of a table in the language that pubkit speaks, with those of its texts."""
    languages = {Column.SOURCE: f" ({source_lang})", Column.TRANSLATION: f" ({target_lang})"}
    return [heading(column) + languages.get(column, "") for column in Column]


def heading(column: Column) -> str:
    """Return the heading of a column in the language that pubkit speaks."""
    return {
        Column.DOCUMENT: _("Document"),
        Column.CONTEXT: _("Context"),
        Column.ROLE: _("Role"),
        Column.SOURCE: _("Source"),
        Column.TRANSLATION: _("Translation"),
        Column.STATE: _("State"),
        Column.COMMENT: _("Comment"),
        Column.NOTE: _("Note to translators"),
        Column.KEY: _("Key"),
    }[column]


def state_word(state: RowState) -> str:
    """Return the word for a state in the language that pubkit speaks."""
    return {
        RowState.UNTRANSLATED: _("untranslated"),
        RowState.FUZZY: _("to be reviewed"),
        RowState.TRANSLATED: _("translated"),
    }[state]


_HEADING = pattern(r"(.*?)\s*(?:[(（]([A-Za-z0-9_-]+)[)）])?", re.DOTALL)


class Head(NamedTuple):
    """A heading as it was read."""

    column: Column
    lang: str | None


def find_heading(text: str) -> Head | None:
    """Return the column that has this heading, and the language that it says."""
    match = _HEADING.fullmatch(text.strip())
    word = match[1].casefold() if match else ""
    for column, others in HEADINGS.items():
        if word in (column.value.casefold(), heading(column).casefold(), *others):
            return Head(column, match[2] if match else None)
    return None


def find_state(text: str) -> RowState | None:
    """Return the state that this word means."""
    word = text.strip().casefold()
    for state, others in STATES.items():
        if word in (state.value, state_word(state).casefold(), *others):
            return state
    return None
