"""What the author tells translators: ``<!-- pubkit:NAME: VALUE -->`` on a line of its own.

====================  ==================================================================
``skip``              the next block is printed as it is, in every language
``skip-start``        … so are all blocks up to ``skip-end``
``comment: TEXT``     translators of the next block read this text
``context: WORD``     the next block's ``msgctxt``: equal texts that need different translations
====================  ==================================================================

All other comments are the author's own and go nowhere.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches

from markdown_it.token import Token

from pubkit.errors import Location, SourceError
from pubkit.messages import gettext as _

DIRECTIVE = re.compile(r"pubkit:\s*([\w-]*)\s*(?::\s*(.*))?\Z", re.DOTALL)
NAMES = ("skip", "skip-start", "skip-end", "comment", "context")
NAMES_WITH_VALUE = ("comment", "context")


@dataclass
class _Scope:
    """What holds for the block that begins next, or for the one under way."""

    level: int = -1
    comments: tuple[str, ...] = ()
    context: str | None = None
    is_skipped: bool = False


class Directives:
    """The directives in force at a point of a token list.

    Call ``read`` for a comment token and ``enter`` and ``leave`` around every other one.

    Args:
        locate: Gives the place in the source file of a line of the body, counted from 0.
    """

    def __init__(self, locate: Callable[[int], Location]) -> None:
        self._locate = locate
        self._next = _Scope()
        self._scopes: list[_Scope] = []
        self._skipped_from: int | None = None

    @property
    def comments(self) -> tuple[str, ...]:
        """The author's comments for this block, outermost first."""
        return tuple(comment for scope in self._scopes for comment in scope.comments)

    @property
    def context(self) -> str | None:
        """The innermost context that the author gave."""
        contexts = [scope.context for scope in self._scopes if scope.context]
        return contexts[-1] if contexts else None

    @property
    def is_skipping(self) -> bool:
        """Whether the author keeps this block as it is."""
        return self._skipped_from is not None or any(scope.is_skipped for scope in self._scopes)

    def read(self, comment: Token) -> None:
        """Obey a comment, if it is a directive.

        Raises:
            SourceError: The directive is unknown, lacks its value or contradicts an earlier one.
        """
        line = comment.map[0] if comment.map else 0
        match = DIRECTIVE.match(comment.content)
        if not match:
            return
        name, value = match[1], " ".join((match[2] or "").split())
        self._verify(name, value, line)
        match name:
            case "skip":
                self._next.is_skipped = True
            case "comment":
                self._next.comments += (value,)
            case "context":
                self._next.context = value
            case "skip-start":
                self._skipped_from = line
            case _:
                self._skipped_from = None

    def enter(self, token: Token) -> None:
        """Begin a token; the pending directives are about the block that it opens."""
        if self._next != _Scope() and token.nesting >= 0:
            self._next.level = token.level
            self._scopes.append(self._next)
            self._next = _Scope()

    def leave(self, token: Token) -> None:
        """End a token, and with it the block on its level."""
        if token.nesting <= 0:
            self._scopes = [scope for scope in self._scopes if scope.level != token.level]

    def finish(self) -> None:
        """Complain of what was begun and not ended.

        Raises:
            SourceError: A ``skip-start`` has no ``skip-end``.
        """
        if self._skipped_from is not None:
            raise SourceError(
                _("pubkit:skip-start is never ended"),
                location=self._locate(self._skipped_from),
                remedy=_("Put <!-- pubkit:skip-end --> after the last block to skip"),
            )

    def _verify(self, name: str, value: str, line: int) -> None:
        fault = self._fault(name, value)
        if fault:
            nearest = get_close_matches(name, NAMES, n=1) or [", ".join(NAMES)]
            raise SourceError(
                fault.format(name=name),
                location=self._locate(line),
                remedy=_("Use {directive}, as in <!-- pubkit:comment: Said ironically. -->").format(
                    directive=nearest[0]
                ),
            )

    def _fault(self, name: str, value: str) -> str | None:
        if name not in NAMES:
            return _("“pubkit:{name}” is not a directive")
        if name in NAMES_WITH_VALUE and not value:
            return _("pubkit:{name} lacks its text after a colon")
        if name == "skip-start" and self._skipped_from is not None:
            return _("pubkit:{name} stands inside another one")
        if name == "skip-end" and self._skipped_from is None:
            return _("pubkit:{name} ends nothing")
        return None
