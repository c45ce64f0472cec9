"""The letter that brings an edition to a member: subject, plain text and a simple page.

What differs by member has a place, marked by ``PLACE_MARKS``; it is filled in when the message is
made. So a letter is written once for all, and no template runs while a campaign is sent.
"""

import re
from collections.abc import Mapping, Sequence
from functools import partial
from urllib.parse import quote

from markupsafe import Markup

from pubkit.colours import INK, PAPER_IN_THE_DARK, TINT_IN_THE_DARK
from pubkit.errors import Location, RenderingError
from pubkit.localize import format_size, html_tag
from pubkit.messages import gettext as _
from pubkit.model import PLACE_MARKS, Block, Change, Document, Letter, Paragraph
from pubkit.rendering.html import read_template, render_template
from pubkit.rendering.labels import Label
from pubkit.rendering.mail_text import display_width, mail_html, plain_lines
from pubkit.rendering.page import Setting, edition_path, template_context
from pubkit.rendering.templating.files import LETTER_PAGE, LETTER_SUBJECT, LETTER_TEXT
from pubkit.rendering.typefaces import reader_stack
from pubkit.values import dataclass

ENOUGH = 240
"""Columns: a first paragraph that is shorter brings the second one with it."""
LONGEST_SUBJECT = 100_000
"""Columns: a subject is one line however long it is."""
GROUNDS_IN_THE_DARK = {"paper": TINT_IN_THE_DARK, "tint": PAPER_IN_THE_DARK}
"""The sheet of a letter is lighter than what lies around it, as on bright screens."""
MOST_CHANGES = 12
"""A note with more of them says how many there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    """The PDF that a letter brings."""

    name: str
    """Of the file."""
    size: int
    """Bytes."""
    is_attached: bool = True
    """Whether it comes with the message; else the letter says where it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What a letter says of the faulty edition that it replaces."""

    changes: Sequence[Change] = ()
    """In the language of the edition, the gravest first."""
    note: str = ""
    """What the office says by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """To whom a letter goes, as templates see them; empty where the roster knows no name."""

    name: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class _Letter:
    """A letter under way: all that templates ask for."""

    document: Document
    setting: Setting
    enclosure: Enclosure
    correction: Correction | None
    addressee: Addressee

    def context(self) -> Mapping[str, object]:
        """Return what a page's template sees, and what letters have besides."""
        read = partial(read_template, templates=self.setting.templates)
        context = template_context(self.document, setting=self.setting, read_template=read)
        lead, body = context["lead"], context["body"]
        changes = self.correction.changes if self.correction else ()
        return {
            **context,
            "recipient": self.addressee,
            "unsubscribe": _place("unsubscribe"),
            "opening": tuple(map(self.inline, _opening(lead, body))),  # type: ignore[arg-type]
            "inline": self.inline,
            "pdf": self.enclosure,
            "pdf_size": format_size(self.enclosure.size, self.document.lang),
            "pdf_address": self.address("pdf"),
            "web_address": self.address("html"),
            "correction": self.correction,
            "changes": changes[:MOST_CHANGES],
            "more_changes": max(0, len(changes) - MOST_CHANGES),
            "colour": self.colour,
            "fonts": partial(reader_stack, self.document.lang, chosen=self.setting.typefaces),
        }

    def inline(self, html: str) -> Markup:
        """Return a text of the page as it stands in a letter."""
        style = f"color: {self.colour('accent')}"
        return Markup(mail_html(html, page=self.address("html"), link_style=style))  # noqa: S704

    def address(self, suffix: str) -> str:
        """Return where a file of the edition is on the web, if that is known."""
        base, path = (
            self.setting.base_url,
            edition_path(self.document.name, self.document.lang, suffix=suffix),
        )
        return f"{base}/{quote(path)}" if base else ""

    def colour(self, name: str, *, in_the_dark: bool = False) -> str:
        """Return a colour of the theme: mail programs know no custom properties."""
        if in_the_dark and name in GROUNDS_IN_THE_DARK:
            return GROUNDS_IN_THE_DARK[name]
        is_accent = name == "accent" and in_the_dark
        key = "accent-in-the-dark" if is_accent else name
        chosen = self.setting.theme.colours.get(key)
        if chosen and (is_accent or not in_the_dark):
            return chosen
        sheet = "screen.css" if in_the_dark and not is_accent else "tokens.css"
        css = read_template(sheet, templates=self.setting.templates)
        # The first: what follows is for readers who want more contrast, and no plain colour.
        found = re.search(rf"--{re.escape(key)}:\s*(#[0-9a-fA-F]+)\b", css)
        return found[1] if found else INK


def make_letter(
    document: Document,
    *,
    setting: Setting,
    enclosure: Enclosure,
    is_named: bool,
    correction: Correction | None = None,
) -> Letter:
    """Return the letter that brings an edition.

    Args:
        document: In the language of the edition.
        setting: With the labels of the letter's templates.
        enclosure: The PDF.
        is_named: Whether it goes to members whose name the roster knows.
        correction: What is said of the edition that this one replaces.

    Raises:
        RenderingError: A template is wrong, or a text has the marks of places.
    """
    addressee = Addressee(name=_place("name"), title=_place("title")) if is_named else Addressee()
    letter = _Letter(document, setting, enclosure, correction, addressee)
    _verify_no_marks(letter)
    context = letter.context()
    subject, text, page = (
        render_template(_own_template(name, letter), context, templates=setting.templates)
        for name in (LETTER_SUBJECT, LETTER_TEXT, LETTER_PAGE)
    )
    return Letter(
        lang=document.lang,
        tag=html_tag(document.lang),
        subject=_joined(plain_lines(subject, width=LONGEST_SUBJECT)),
        text=plain_lines(text),
        html=page,
        sender_name=context["publisher"].plain if isinstance(context["publisher"], Label) else "",
    )


def _joined(lines: str) -> str:
    return " ".join(lines.split())


def _own_template(name: str, letter: _Letter) -> str:
    """Return the publisher's template for one language, ``letter.zh.txt.j2``, or the one of all."""
    first, _dot, rest = name.partition(".")
    own = f"{first}.{letter.document.lang}.{rest}"
    folder = letter.setting.templates
    return own if folder and (folder / own).is_file() else name


def _opening(lead: Paragraph | None, body: Sequence[Block]) -> tuple[str, ...]:
    """Return the first paragraph, and the second if the first is short."""
    if lead is None:
        return ()
    second = body[0] if body else None
    is_short = display_width(plain_lines(lead.html)) < ENOUGH
    if is_short and isinstance(second, Paragraph):
        return lead.html, second.html
    return (lead.html,)


def _place(name: str) -> str:
    return name.join(PLACE_MARKS)


def _verify_no_marks(letter: _Letter) -> None:
    """Make sure that no text makes a place of its own.

    Raises:
        RenderingError: One has the marks of places.
    """
    texts = [segment.text for segment in letter.document.segments]
    texts += [label.text for label in letter.setting.labels.values()]
    correction = letter.correction or Correction()
    texts += [correction.note, *(text for one in correction.changes for text in (one.old, one.new))]
    found = next((text for text in texts if any(mark in text for mark in PLACE_MARKS)), None)
    if found is not None:
        raise RenderingError(
            _("A text has private characters that mark places in letters: {text}").format(
                text=found.translate({ord(mark): "\ufffd" for mark in PLACE_MARKS})[:60]
            ),
            location=Location(letter.document.path),
            remedy=_("Remove them: they are seen nowhere"),
        )
