"""How a check is written.

::

    @check(Pair, severity=Severity.ERROR)
    def untranslated_name(pair: Pair) -> Iterator[Problem]:
        # the docstring: one sentence, then Why:, Bad:, Good: and Source:
        yield Problem(message=_("…"), span=Span(0, 8))

The function's name is the check's id, with hyphens. Ids are frozen once released: they stand in
catalogs and settings. The docstring is the page of ``pubkit explain``. A check reads no file, no
setting and prints nothing.
"""

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from pubkit.formats.markdown import InlineMarkup, read_markup
from pubkit.localize import same_language, script
from pubkit.model import Entry, Mention, Problem, Role, Severity, Termbase


@dataclass(frozen=True, kw_only=True)
class Pair:
    """A translated entry with what is known about it: the subject of most checks."""

    entry: Entry
    source_lang: str
    lang: str | None
    """None for a catalog that does not say its language, if its letters do not tell it."""
    termbase: Termbase
    mentions: tuple[Mention, ...] = ()
    """The terms that the source mentions."""

    @property
    def source(self) -> str:
        """The text to translate."""
        return self.entry.msgid

    @property
    def target(self) -> str:
        """The translation."""
        return self.entry.msgstr

    @cached_property
    def is_own_language(self) -> bool:
        """Whether the catalog corrects the source text instead of translating it."""
        return self.lang is not None and same_language(self.source_lang, self.lang)

    @cached_property
    def is_same_script(self) -> bool:
        """Whether both languages are written with the same letters; Latin ones if unknown."""
        return script(self.source_lang) == (script(self.lang) if self.lang else "Latn")

    @cached_property
    def source_markup(self) -> InlineMarkup:
        """The inline Markdown of the text to translate."""
        return read_markup(self.source)

    @cached_property
    def target_markup(self) -> InlineMarkup:
        """The inline Markdown of the translation."""
        return read_markup(self.target)

    @cached_property
    def roles(self) -> frozenset[str]:
        """What the segment is in its documents: the first extracted comment."""
        first = next(iter(self.entry.extracted_comments), "")
        return frozenset(first.split(", ")) & frozenset(Role)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """A translator's word that a finding is no fault."""

    checks: tuple[str, ...]
    """The ids of the checks that shall be silent."""
    reason: str
    """Why; a waiver without a reason hides nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaivedEntry:
    """An entry with its waivers, after all checks of it have run."""

    waivers: tuple[Waiver, ...]
    used: frozenset[str]
    """The ids of the checks that had something to hide."""


Subject = TypeVar("Subject")


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A check as the runner knows it."""

    id: str
    severity: Severity
    subject: type
    find: Callable[[Any], Iterator[Problem]]

    @property
    def page(self) -> str:
        """What ``pubkit explain`` shows."""
        return inspect.getdoc(self.find) or ""

    @property
    def summary(self) -> str:
        """The check in one sentence."""
        return self.page.partition("\n")[0]


REGISTRY: dict[str, Check] = {}


def check(
    subject: type[Subject], *, severity: Severity
) -> Callable[[Callable[[Subject], Iterator[Problem]]], Callable[[Subject], Iterator[Problem]]]:
    """Register a function as a check of its subject."""

    def register(
        function: Callable[[Subject], Iterator[Problem]],
    ) -> Callable[[Subject], Iterator[Problem]]:
        name = function.__name__.rstrip("_").replace("_", "-")
        if name in REGISTRY:
            raise ValueError(f"two checks are named {name}")
        REGISTRY[name] = Check(id=name, severity=severity, subject=subject, find=function)
        return function

    return register
