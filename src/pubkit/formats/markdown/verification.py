"""What would be lost or be printed by mistake in every edition, and is refused instead."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from pubkit.config.limits import Limits, raised
from pubkit.errors import Location, SourceError
from pubkit.formats.markdown.comments import BEGIN
from pubkit.formats.markdown.dialect import DEEPEST, scan_text
from pubkit.formats.markdown.directives import is_directive, misplaced_directive
from pubkit.formats.markdown.pieces import FOOTNOTE
from pubkit.messages import gettext as _
from pubkit.model import Role

Locate = Callable[[int], Location]
"""Gives the place in the source file of a line of the body, counted from 0."""


def verify_skeleton(
    tokens: Sequence[Token],
    parser: MarkdownIt,
    env: Mapping[str, object],
    locate: Locate,
    *,
    limits: Limits,
) -> None:
    """Make sure that a skeleton loses nothing and hides nothing that should be obeyed.

    Raises:
        SourceError: A text is too long, blocks are nested too deep, a comment is not closed, a
            directive stands within a text, or a footnote and its references do not fit.
    """
    _verify_nesting(tokens, locate, limits.nesting)
    texts = [token for token in tokens if token.type == "inline"]
    for text in texts:
        _verify_length(text, locate, limits.segment)
        if BEGIN in text.content:
            _verify_comments(text, parser, env, locate)
        if "![" in text.content or _is_alternative(text):
            _verify_pictures(text, parser, env, locate)
    _verify_footnotes(tokens, _references(texts, parser, env), locate)


def verify_page(tokens: Sequence[Token], locate: Locate, *, limits: Limits) -> None:
    """Make sure that a page of a book loses nothing; all else is the business of its publisher.

    Raises:
        SourceError: A text is too long, or blocks are nested too deep.
    """
    _verify_nesting(tokens, locate, DEEPEST)
    for token in tokens:
        if token.type == "inline":
            _verify_length(token, locate, limits.segment)


def _verify_length(text: Token, locate: Locate, most: int) -> None:
    if len(text.content) > most:
        raise SourceError(
            _("The paragraph has more than {number} characters").format(number=most),
            location=locate(_line(text)),
            remedy=raised(_("Divide it with empty lines"), "segment"),
        )


def _line(token: Token) -> int:
    return token.map[0] if token.map else 0


# ---------------------------------------------------------------- pictures


def _is_alternative(text: Token) -> bool:
    return text.meta.get("role") is Role.ALTERNATIVE_TEXT


def _verify_pictures(
    text: Token, parser: MarkdownIt, env: Mapping[str, object], locate: Locate
) -> None:
    """A picture whose address is no address is printed as text, and one without words is mute."""
    pictures = [token for token in scan_text(text.content, parser, env) if token.type == "image"]
    if text.content.lstrip().startswith("![") and not pictures:
        raise SourceError(
            _("The picture would be printed as text"),
            location=locate(_line(text)),
            remedy=_("Write ![what it shows](pictures/name.jpg); put a path with spaces in <…>"),
        )
    is_mute = any(not picture.content.strip() for picture in pictures)
    if is_mute or (_is_alternative(text) and not text.content.strip()):
        raise SourceError(
            _("The picture has no words for readers who cannot see it"),
            location=locate(_line(text)),
            remedy=_("Say in the brackets what it shows: ![Two people at a desk](…)"),
        )


# ---------------------------------------------------------------- nesting


def _verify_nesting(tokens: Sequence[Token], locate: Locate, deepest: int) -> None:
    """Readers lose their way in it, the layout engine its stack; the parser drops deeper ones."""
    for token in tokens:
        if token.level >= deepest - 1 and token.type in CONTAINERS:
            raise SourceError(
                _("Quotations or lists are nested too deep"),
                location=locate(_line(token)),
                remedy=raised(_("Use fewer levels; readers cannot tell so many apart"), "nesting"),
            )


CONTAINERS = frozenset({"blockquote_open", "list_item_open", "footnote_reference_open"})

# ---------------------------------------------------------------- comments


def _verify_comments(
    text: Token, parser: MarkdownIt, env: Mapping[str, object], locate: Locate
) -> None:
    for token in scan_text(text.content, parser, env):
        if token.type == "comment" and is_directive(token.content):
            raise misplaced_directive(locate(_line(text)))
        if token.type == "text" and BEGIN in token.content:
            raise SourceError(
                _("A comment is never closed and would be printed"),
                location=locate(_line(text)),
                remedy=_("End it with --> in the same paragraph, or write \\<!-- to print it"),
            )


# ---------------------------------------------------------------- footnotes


def _references(
    texts: Sequence[Token], parser: MarkdownIt, env: Mapping[str, object]
) -> dict[str, int]:
    """Return the labels of the footnotes that texts refer to, each with its first line."""
    found = (
        (label, _line(text))
        for text in reversed(texts)
        if "[^" in text.content
        for label in _labels(scan_text(text.content, parser, env))
    )
    return dict(found)


def _labels(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type == "text":
            yield from FOOTNOTE.findall(token.content)


def _verify_footnotes(
    tokens: Sequence[Token], references: Mapping[str, int], locate: Locate
) -> None:
    notes: dict[str, int] = {}
    for token in tokens:
        if token.type == "footnote_reference_open":
            label = str(token.meta["label"])
            if label in notes:
                raise _footnote_error(_("There are two footnotes [^{label}]"), label, token, locate)
            notes[label] = _line(token)
            if label not in references:
                raise _footnote_error(
                    _("Nothing refers to the footnote [^{label}]"), label, token, locate
                )
    for label, line in references.items():
        if label not in notes:
            raise SourceError(
                _("The footnote [^{label}] has no text").format(label=label),
                location=locate(line),
                remedy=_("Add a line such as [^{label}]: See the programme.").format(label=label),
            )


def _footnote_error(fault: str, label: str, note: Token, locate: Locate) -> SourceError:
    return SourceError(
        fault.format(label=label),
        location=locate(_line(note)),
        remedy=_("Refer to each footnote at least once, and give each its own label"),
    )
