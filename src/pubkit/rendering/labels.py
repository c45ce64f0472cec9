"""What a template says by itself: short texts with places for values.

A label's text is a translator's: places are filled from a fixed set of values, never by
``str.format``, which would let a text walk through the program's objects.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import field, replace
from html import unescape
from types import MappingProxyType

from markupsafe import Markup, escape

from pubkit.errors import RenderingError
from pubkit.localize import format_number, html_tag, same_language
from pubkit.messages import gettext as _
from pubkit.model import Role, Segment, State
from pubkit.patterns import pattern
from pubkit.values import dataclass

LABEL_LANG = "en"
"""The language in which labels stand in the templates."""

PLACE = pattern(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A label with the values for its places; prints itself as HTML, marked if unfinished."""

    segment: Segment
    values: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    source_lang: str = LABEL_LANG
    """The language of its msgid."""

    def __html__(self) -> str:
        text = Markup("").join(self.parts(escape))
        if self.segment.is_finished:
            return text
        tag = html_tag(self.source_lang)
        lang = Markup(' lang="{}"').format(tag) if self._is_as_written else ""
        return Markup('<span class="{}"{}>{}</span>').format(self.segment.state, lang, text)

    @property
    def plain(self) -> str:
        """The text without marks, for attributes and metadata."""
        return "".join(self.parts(_plain))

    @property
    def _is_as_written(self) -> bool:
        return self.segment.state is State.UNTRANSLATED

    def parts(self, show: Callable[[object], str]) -> list[str]:
        """Return the pieces of text and the values between them, each as ``show`` prints it."""
        pieces = PLACE.split(self.segment.text)
        texts, names = pieces[::2], pieces[1::2]
        values = [show(self._value(name)) for name in names]
        shown = [show(text) for text in texts]
        return [part for pair in zip(shown, [*values, ""], strict=True) for part in pair]

    def _value(self, name: str) -> object:
        if name in self.values:
            return self.values[name]
        raise RenderingError(
            _("The label “{label}” has no value for {{{name}}}").format(
                label=self.segment.text, name=name
            ),
            remedy=_("Use only the places of the original: {label}").format(
                label=self.segment.msgid
            ),
        )


def _plain(value: object) -> str:
    if isinstance(value, Label):
        return value.plain
    if isinstance(value, Markup):
        return plain_text(value)
    return str(value)


def plain_text(html: str) -> str:
    """Return the text of a piece of HTML, its spaces as they are."""
    return unescape(re.sub(r"<[^>]*>", "", html))


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of a page, as its template asks for them: ``label("Media contact")``."""

    lang: str
    texts: Mapping[str, Segment]
    """By msgid."""

    def __call__(self, msgid: str, *, comment: str = "", **values: object) -> Label:
        """Return a label; ``comment`` is for translators and is read from the template's source."""
        is_english = same_language(self.lang, LABEL_LANG)
        state = State.SOURCE if is_english else State.UNTRANSLATED
        unknown = Segment(msgid=msgid, text=msgid, role=Role.LABEL, state=state)
        shown = {name: self._shown(value) for name, value in values.items()}
        return Label(segment=self.texts.get(msgid, unknown), values=shown)

    def name(self, msgid: str, *, source_lang: str) -> Label | None:
        """Return a name of the publisher's, which stands in the settings, if there is one."""
        return replace(self(msgid), source_lang=source_lang) if msgid else None

    def _shown(self, value: object) -> object:
        return format_number(value, self.lang) if isinstance(value, int) else value


# ---------------------------------------------------------------- labels in style sheets


@dataclass(frozen=True, slots=True)
class Counter:
    """A number that is known only when pages are made."""

    name: str


def margin_content(label: Label) -> Markup:
    """Return the value of CSS ``content`` for a label, its counters in the label's own order."""
    parts = label.parts(_content)
    return Markup(" ".join(part for part in parts if part) or '""')  # noqa: S704


def _content(value: object) -> str:
    if isinstance(value, Counter):
        return f"counter({value.name})"
    return css_string(_plain(value)) if value != "" else ""


def css_string(text: str) -> Markup:
    """Return a CSS string that ends neither itself nor the ``<style>`` element.

    Source:
        CSS Syntax Module Level 3, 4.3.7 "Consume an escaped code point".
    """
    escaped = re.sub(r'["\\<>&\x00-\x1f\x7f]', lambda match: f"\\{ord(match[0]):x} ", text)
    return Markup(f'"{escaped}"')  # noqa: S704


def custom_property(css: str, name: str) -> str:
    """Return the last value that a style sheet gives a custom property, or nothing."""
    values = re.findall(rf"(?<![\w-]){re.escape(name)}\s*:\s*([^;}}]+)", css)
    return values[-1].strip() if values else ""
