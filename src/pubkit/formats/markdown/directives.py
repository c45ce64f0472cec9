"""What the author tells translators: ``<!-- pubkit:NAME: VALUE -->`` on a line of its own.

====================  ==================================================================
``skip``              the next block is printed as it is, in every language
``skip-start``        … so are all blocks up to ``skip-end``
``comment: TEXT``     translators of the next block read this text
``guests``            the list of guests of the front matter stands here
``context: WORD``     the next block's ``msgctxt``: equal texts that need different translations
====================  ==================================================================

Those of mdbook-i18n-helpers, ``i18n:skip``, ``i18n:skip-start``, ``i18n:skip-end`` and
``i18n:comment: TEXT``, do the same; whoever wrote them had no promise that mistakes are told.

A skip may say why: ``skip: quoted in the original``. All other comments are the author's own and
go nowhere.
"""

import re
from collections.abc import Callable
from dataclasses import field
from difflib import get_close_matches

from markdown_it.token import Token

from pubkit.errors import Location, SourceError
from pubkit.messages import gettext as _
from pubkit.patterns import pattern
from pubkit.values import dataclass

DIRECTIVE = pattern(r"pubkit\s*:\s*([\w-]*)\s*(:?)\s*(.*)\Z", re.DOTALL | re.IGNORECASE)
FOREIGN = pattern(
    r"-*\s*(?:i18n|mdbook-xgettext)\s*:[\s:-]*(skip|comment)(?:[\s:-]+(.*?))?[\s-]*\Z", re.DOTALL
)
"""A directive of mdbook-i18n-helpers: its name, and its value."""
GUESTS = "guests"
NAMES = ("skip", "skip-start", "skip-end", "comment", "context", GUESTS)
GUEST_LIST = pattern(rf"pubkit\s*:\s*{GUESTS}", re.IGNORECASE)
"""What a document has that says where its guests stand; it may have it elsewhere, too."""
NAMES_WITH_VALUE = ("comment", "context")


def is_guest_list(comment: str) -> bool:
    """Tell whether a comment says that the list of guests stands in its place."""
    match = DIRECTIVE.match(comment)
    return match is not None and match[1] == GUESTS


def is_directive(comment: str) -> bool:
    """Tell whether a comment is for pubkit, right or wrong."""
    return DIRECTIVE.match(comment) is not None


@dataclass(slots=True)
class _Scope:
    """What the directives before a block say of it."""

    line: int
    """Where the first of them stands."""
    level: int = -1
    """How deep the block is nested; -1 until it begins."""
    comments: list[str] = field(default_factory=list)
    context: str | None = None
    is_skipped: bool = False
    is_foreign: bool = False


class Directives:
    """The directives in force at a point of a token list.

    Call ``read`` for a comment token and ``enter`` and ``leave`` around every other one.

    Args:
        locate: Gives the place in the source file of a line of the body, counted from 0.
    """

    def __init__(self, locate: Callable[[int], Location]) -> None:
        self._locate = locate
        self._next: _Scope | None = None
        self._scopes: list[_Scope] = []
        self._skipped_from: int | None = None
        self._is_skipping_foreign = False
        self._has_guests = False

    @property
    def comments(self) -> tuple[str, ...]:
        """The author's comments for this block, outermost first."""
        if not self._scopes:
            return ()
        return tuple(comment for scope in self._scopes for comment in scope.comments)

    @property
    def context(self) -> str | None:
        """The innermost context that the author gave."""
        contexts = [scope.context for scope in self._scopes if scope.context]
        return contexts[-1] if contexts else None

    @property
    def is_skipping(self) -> bool:
        """Whether the author keeps this block as it is."""
        is_in_range = self._skipped_from is not None or self._is_skipping_foreign
        # Nearly all blocks have none.
        return is_in_range or bool(self._scopes and any(s.is_skipped for s in self._scopes))

    def read(self, comment: Token) -> None:
        """Obey a comment, if it is a directive.

        Raises:
            SourceError: The directive is unknown, lacks its value or contradicts an earlier one.
        """
        line = comment.map[0] if comment.map else 0
        match = DIRECTIVE.match(comment.content)
        if foreign := FOREIGN.match(comment.content):
            self._read_foreign(foreign[1], " ".join((foreign[2] or "").split()), line)
        if not match:
            return
        name, colon, text = match.groups()
        value = " ".join(text.split())
        self._verify(name, value, line, has_colon=bool(colon))
        if name == GUESTS:
            self._read_guests(comment, line)
            return
        if name in ("skip-start", "skip-end"):
            self._skipped_from = line if name == "skip-start" else None
            return
        self._next = self._next or _Scope(line)
        match name:
            case "skip":
                self._next.is_skipped = True
            case "comment":
                self._next.comments.append(value)
            case _:
                self._next.context = value

    def _read_foreign(self, name: str, value: str, line: int) -> None:
        """Obey a directive of mdbook-i18n-helpers."""
        if (name, value) in (("skip", "start"), ("skip", "end")):
            self._is_skipping_foreign = value == "start"
            return
        self._next = self._next or _Scope(line, is_foreign=True)
        if name == "skip":
            self._next.is_skipped = True
        elif value:
            self._next.comments.append(value)

    def _read_guests(self, comment: Token, line: int) -> None:
        if comment.level or self._has_guests:
            fault = _("The list of guests stands within another block, or twice")
            remedy = _("Put one {directive} between two paragraphs")
            raise SourceError(
                fault,
                location=self._locate(line),
                remedy=remedy.format(directive="<!-- pubkit:guests -->"),
            )
        self._has_guests = True

    def enter(self, token: Token) -> None:
        """Begin a token; the pending directives are about the block that it opens."""
        if self._next and token.nesting >= 0:
            self._next.level = token.level
            self._scopes.append(self._next)
            self._next = None

    def leave(self, token: Token) -> None:
        """End a token, and with it the block on its level."""
        if self._scopes and token.nesting <= 0:
            self._scopes = [scope for scope in self._scopes if scope.level != token.level]

    def finish(self) -> None:
        """Complain of what was begun and not ended.

        Raises:
            SourceError: A ``skip-start`` has no ``skip-end``, or a directive has no block.
        """
        if self._skipped_from is not None:
            raise SourceError(
                _("pubkit:skip-start is never ended"),
                location=self._locate(self._skipped_from),
                remedy=_("Put <!-- pubkit:skip-end --> after the last block to skip"),
            )
        if self._next and not self._next.is_foreign:
            raise SourceError(
                _("No block follows this directive"),
                location=self._locate(self._next.line),
                remedy=_("Put it before the block that it is about"),
            )

    def _verify(self, name: str, value: str, line: int, *, has_colon: bool) -> None:
        fault = self._fault(name, value, has_colon=has_colon)
        if fault:
            nearest = get_close_matches(name.lower(), NAMES, n=1) or [", ".join(NAMES)]
            raise SourceError(
                fault.format(name=name),
                location=self._locate(line),
                remedy=_("Use {directive}, as in <!-- pubkit:comment: Said ironically. -->").format(
                    directive=nearest[0]
                ),
            )

    def _fault(self, name: str, value: str, *, has_colon: bool) -> str | None:
        if name not in NAMES:
            return _("“pubkit:{name}” is not a directive")
        if name in NAMES_WITH_VALUE and not (value and has_colon):
            return _("pubkit:{name} lacks its text after a colon")
        if value and not has_colon:
            return _("pubkit:{name} has no colon before its reason")
        if name == "skip-start" and self._skipped_from is not None:
            return _("pubkit:{name} stands inside another one")
        if name == "skip-end" and self._skipped_from is None:
            return _("pubkit:{name} ends nothing")
        return None


def misplaced_directive(location: Location) -> SourceError:
    """Return the error for a directive within a text, where no one would obey it."""
    return SourceError(
        _("A directive stands within a text"),
        location=location,
        remedy=_("Put it on a line of its own, above the text"),
    )
