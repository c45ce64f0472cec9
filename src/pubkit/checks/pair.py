"""What checks look at: a translation, and each text of it beside its source.

Whatever takes time to find out about a text is found out when the first check asks for it, and
kept: ``pair.once(read_facts)``.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, TypeVar

from pubkit.formats.markdown import InlineMarkup, read_markup, read_prose
from pubkit.localize import language, same_language, script
from pubkit.model import Catalog, Entry, Mention, Role, Segment, Termbase
from pubkit.names.mentions import find_mentions

Kept = TypeVar("Kept")


@dataclass(frozen=True, kw_only=True, eq=False)
class Translation:
    """A whole catalog under inspection: the subject of checks across entries."""

    catalog: Catalog
    termbase: Termbase
    source_lang: str
    lang: str | None
    """None for a catalog that does not say its language, if its letters do not tell it."""
    spacing: str = "tight"
    """What the house sets between Han and Latin letters: ``tight``, ``spaced`` or ``ignore``."""
    longest: Callable[[str], int] | None = None
    """How long the translation of a text may be, if there is a limit."""
    _kept: dict[object, Any] = field(default_factory=dict, repr=False)

    @cached_property
    def pairs(self) -> Sequence["Pair"]:
        """The texts of today's source beside their translations, in file order."""
        return tuple(
            Pair(entry=entry, translation=self, index=index)
            for index, entry in enumerate(self.catalog.live_entries)
        )

    @cached_property
    def is_own_language(self) -> bool:
        """Whether the catalog corrects the source text instead of translating it."""
        return self.lang is not None and same_language(self.source_lang, self.lang)

    @cached_property
    def is_english_chinese(self) -> bool:
        """Whether one side is English and the other Chinese."""
        sides = {language(self.source_lang), language(self.lang) if self.lang else None}
        return sides == {"en", "zh"}

    @cached_property
    def is_into_chinese(self) -> bool:
        """Whether the translations are Chinese, and their source is not."""
        return bool(self.lang) and language(self.lang or "") == "zh" and not self.is_own_language

    @cached_property
    def is_into_english(self) -> bool:
        """Whether the translations are English, and their source is not."""
        return bool(self.lang) and language(self.lang or "") == "en" and not self.is_own_language

    def once(self, make: Callable[["Translation"], Kept]) -> Kept:
        """Return what a function tells of the translation, asking it once only."""
        if make not in self._kept:
            self._kept[make] = make(self)
        kept: Kept = self._kept[make]
        return kept


class Pair:
    """A text with its translation and what is known about them: the subject of most checks.

    What nearly every check asks is there from the beginning; all else is found out when it is
    asked for, and kept.
    """

    __slots__ = (
        *("entry", "translation", "index", "source", "target", "roles", "_kept"),
        *("lang", "source_lang", "termbase", "is_own_language"),
        *("is_translated", "is_copy", "is_comparable", "is_english_chinese"),
        *("source_prose", "target_prose", "english", "chinese"),
    )

    def __init__(self, *, entry: Entry, translation: Translation, index: int) -> None:
        self.entry = entry
        self.translation = translation
        self.index = index
        """Its place among the pairs of the translation, which is that in the document."""
        self.source: str = entry.msgid_plural or entry.msgid
        """The text to translate; of a text with plural forms, the plural."""
        self.target: str = entry.msgstr_plural[-1] if entry.msgstr_plural else entry.msgstr
        """The translation; of a text with plural forms, the last."""
        self.roles = _read_roles(entry.extracted_comments)
        """What the segment is in its documents: the first extracted comment."""
        self.lang = translation.lang
        """The language of the translation, if it is known."""
        self.source_lang = translation.source_lang
        """The language of the text to translate."""
        self.termbase = translation.termbase
        """The agreed names; empty if there are none."""
        self.is_own_language = translation.is_own_language
        """Whether the catalog corrects the source text instead of translating it."""
        self.is_translated = not entry.is_fuzzy and bool(self.target.strip())
        """Whether there is a translation that may be published."""
        self.is_copy = _are_same(self.source, self.target)
        """Whether both texts are the same but for white space."""
        self.is_comparable = self.is_translated and not self.is_own_language and not self.is_copy
        """Whether there is a translation from another language to compare with its source.

        A mere copy is one fault, which ``copied-source`` reports; its words are not looked at.
        """
        self.is_english_chinese = translation.is_english_chinese and self.is_comparable
        """Whether ``english`` and ``chinese`` can be compared."""
        self.source_prose = read_prose(self.source)
        """The words of the text to translate."""
        self.target_prose = read_prose(self.target)
        """The words of the translation."""
        sides = self.source_prose.text, self.target_prose.text
        self.english, self.chinese = sides if translation.is_into_chinese else sides[::-1]
        """The words of the sides of an English-Chinese pair, whichever is the source."""
        self._kept: dict[object, Any] = {}

    @property
    def is_same_script(self) -> bool:
        """Whether both languages are written with the same letters; Latin ones if unknown."""
        return script(self.source_lang) == (script(self.lang) if self.lang else "Latn")

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The terms of the termbase that ``source_prose.text`` mentions."""
        return self.once(_find_mentions)

    @property
    def source_markup(self) -> InlineMarkup:
        """The inline Markdown of the text to translate."""
        return self.once(_read_source_markup)

    @property
    def target_markup(self) -> InlineMarkup:
        """The inline Markdown of the translation."""
        return self.once(_read_target_markup)

    def once(self, make: Callable[["Pair"], Kept]) -> Kept:
        """Return what a function tells of the pair, asking it once only."""
        if make not in self._kept:
            self._kept[make] = make(self)
        kept: Kept = self._kept[make]
        return kept

    def neighbours(self, distance: int = 2) -> Sequence["Pair"]:
        """Return the pairs before and after this one in the document."""
        pairs = self.translation.pairs
        before = pairs[max(0, self.index - distance) : self.index]
        return (*before, *pairs[self.index + 1 : self.index + 1 + distance])


ROLES = frozenset(Role)


@lru_cache(maxsize=256)
def _read_roles(comments: tuple[str, ...]) -> frozenset[str]:
    return ROLES.intersection(comments[0].split(", ")) if comments else frozenset()


def _are_same(source: str, target: str) -> bool:
    if source[:1] != target[:1] and not (source[:1].isspace() or target[:1].isspace()):
        return False
    return source.split() == target.split()


def _find_mentions(pair: Pair) -> tuple[Mention, ...]:
    return find_mentions(pair.source_prose.text, pair.termbase)


def _read_source_markup(pair: Pair) -> InlineMarkup:
    return read_markup(pair.source)


def _read_target_markup(pair: Pair) -> InlineMarkup:
    return read_markup(pair.target)


@dataclass(frozen=True, kw_only=True, eq=False)
class SourceTexts:
    """All texts of a source by themselves: the subject of checks of the report's own slips."""

    lang: str
    segments: tuple[Segment, ...]
    termbase: Termbase
    _kept: dict[object, Any] = field(default_factory=dict, repr=False)

    @cached_property
    def texts(self) -> tuple[tuple[Segment, str], ...]:
        """The segments with their words."""
        return tuple((segment, read_prose(segment.msgid).text) for segment in self.segments)

    def once(self, make: Callable[["SourceTexts"], Kept]) -> Kept:
        """Return what a function tells of the source, asking it once only."""
        if make not in self._kept:
            self._kept[make] = make(self)
        kept: Kept = self._kept[make]
        return kept
