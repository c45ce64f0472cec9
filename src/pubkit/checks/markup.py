"""Does a translation carry the markup of its source, no less and no more?"""

import re
from collections import Counter
from collections.abc import Collection, Iterator
from typing import TypeVar

from pubkit.checks.pair import Pair, Translation
from pubkit.checks.registry import check
from pubkit.checks.technical import is_technical
from pubkit.formats.markdown.additions import (
    BLOCK_MARKER,
    HTML_TAG,
    PLACEHOLDER,
    TEMPLATE_SYNTAX,
    find_additions,
    is_label_of,
    last_span,
    new_matches,
    not_in_source,
)
from pubkit.messages import gettext as _
from pubkit.model import Problem, Severity
from pubkit.patterns import pattern

SIGNS = pattern(r"[\[\]*_~`<&\\\n@]|://|www\.")
"""Without these on both sides there is no markup to compare, which is so in most texts."""


def _has_signs_of_markup(pair: Pair) -> bool:
    has_signs = SIGNS.search(pair.source) or SIGNS.search(pair.target)
    return bool(has_signs) and pair.is_translated


def _has_markup(pair: Pair) -> bool:
    """Tell whether there may be something to compare."""
    return pair.once(_has_signs_of_markup)


@check(Pair, severity=Severity.ERROR, only_if=_has_markup)
def link(pair: Pair) -> Iterator[Problem]:
    """A link, picture or address of the source is lost, changed or new in the translation.

    Why:
        Readers would be led elsewhere under the publisher's name.

    Bad:
        See [the programme](https://example.org/en). → 参见[日程](https://example.com/en)。

    Good:
        See [the programme](https://example.org/en). → 参见[日程](https://example.org/en)。

    Source:
        House rule; addresses of translated pages are a setting, not a translation.
    """
    yield from _printed(pair, BROKEN_LINKS)
    lost, new = _difference(pair.source_markup.links, pair.target_markup.links)
    for address in lost:
        yield Problem(message=_("The link to {item} is lost").format(item=address))
    for address in (*new, *_other_labels(pair)):
        if is_label_of(address, pair.source, pair.target):
            continue
        yield Problem(
            message=_("The link to {item} is not in the source").format(item=address),
            span=last_span(pair.target, address),
        )


BROKEN_LINKS = frozenset({"](", "]（"})
BROKEN_MARKS = frozenset({"**", "~~", "`", "_"})
LABEL = pattern(r"\[([\w.+-]+@(?:[\w-]+\.)+[A-Za-z]{2,})\]\(", re.ASCII)


def _other_labels(pair: Pair) -> Iterator[str]:
    """Yield mail addresses that readers see on a link, and the source nowhere has."""
    if "@" in pair.target:
        yield from (address for address in LABEL.findall(pair.target) if address not in pair.source)


def _printed(pair: Pair, marks: Collection[str]) -> Iterator[Problem]:
    """Yield Markdown of these marks that does not work, and would be printed as it is."""
    if not pair.target_markup.literal_marks:
        return
    literal = pair.target_markup.literal_marks - pair.source_markup.literal_marks
    for mark in sorted(literal.keys() & marks):
        yield Problem(
            message=_("{mark} would be printed: it does not work here").format(mark=mark),
            span=last_span(pair.target, mark, literal[mark]),
        )


LOOSE_PLACEHOLDER = pattern(r"%%|%(?:\d\$)?([sd])|(%\(\w+\)[sd])")


def _are_loosely_alike(pair: Pair) -> bool:
    """Tell whether only a letter behind a placeholder hides it: ``%sd`` becomes ``被%s``."""
    texts = (pair.source, pair.target)
    source, target = (Counter(LOOSE_PLACEHOLDER.findall(text)) for text in texts)
    return source == target


def _placeholders(text: str) -> list[str]:
    """Return the placeholders of a text; ``%2$s`` is a ``%s`` that has changed its place."""
    return [re.sub(r"%\d\$", "%", name) for name in PLACEHOLDER.findall(text)]


PLACEHOLDER_BEGINS = pattern(r"\{|%[(sd\d]")


def _has_placeholders(pair: Pair) -> bool:
    has_signs = PLACEHOLDER_BEGINS.search(pair.source) or PLACEHOLDER_BEGINS.search(pair.target)
    return bool(has_signs) and pair.is_translated


@check(Pair, severity=Severity.ERROR, only_if=_has_placeholders)
def placeholder(pair: Pair) -> Iterator[Problem]:
    """A placeholder such as {page} is lost, changed or new.

    Why:
        The program puts a value there; without it the value is missing on the page.

    Bad:
        Page {page} of {pages} → 第{page}页

    Good:
        Page {page} of {pages} → 第{page}页，共{pages}页

    Source:
        GNU gettext manual, 4.6 "Special Comments preceding Keywords".
    """
    source, target = _placeholders(pair.source), _placeholders(pair.target)
    if source == target:
        return
    lost, new = _difference(Counter(source), Counter(target))
    if all(name[0] == "%" for name in (*lost, *new)) and _are_loosely_alike(pair):
        return
    for name in lost:
        yield Problem(message=_("The placeholder {item} is lost").format(item=name))
    for name in new:
        if name.startswith("{{"):
            continue  # foreign-markup tells
        yield Problem(
            message=_("The placeholder {item} is not in the source").format(item=name),
            span=last_span(pair.target, name),
        )


@check(Pair, severity=Severity.ERROR, only_if=_has_markup)
def footnote(pair: Pair) -> Iterator[Problem]:
    """A reference to a footnote is lost, doubled or new.

    Why:
        A footnote to which nothing refers is not printed.

    Bad:
        It grew by half.[^1] → 增长一半。

    Good:
        It grew by half.[^1] → 增长一半[^1]。

    Source:
        House rule.
    """
    lost, new = _difference(pair.source_markup.footnotes, pair.target_markup.footnotes)
    for label in lost:
        yield Problem(message=_("The reference to footnote {item} is lost").format(item=label))
    for label in new:
        yield Problem(
            message=_("The reference to footnote {item} is not in the source").format(item=label),
            span=last_span(pair.target, f"[^{label}]"),
        )


@check(Pair, severity=Severity.ERROR, only_if=_has_markup)
def emphasis(pair: Pair) -> Iterator[Problem]:
    """Bold or italic text is lost or new, or its asterisks would be printed.

    Why:
        The author marked the words; a lone asterisk on the page is a fault anyone sees.

    Bad:
        The **alliance** met. → 联盟 ** 举行会议。

    Good:
        The **alliance** met. → **联盟**举行会议。

        She wrote for *Nature*. → 她为《自然》撰稿。

    Source:
        CommonMark 0.31.2, 6.2; beside full-width punctuation emphasis works here all the same.
        GB/T 15834-2011, 4.15: Chinese sets titles of works in book title marks, not in italics.
    """
    source, target = pair.source_markup, pair.target_markup
    yield from _printed(pair, BROKEN_MARKS)
    lost, new = _difference(source.emphasis, target.emphasis)
    if len(lost) == len(new) and (not lost or pair.translation.once(is_technical)):
        return  # manuals set in bold what their sources have in italics
    names = {"strong": _("bold"), "em": _("italic")}
    if target.literal_marks.get("_"):
        lost = [tag for tag in lost if tag != "em"]  # its marks are told of already
    kept = list(_but_titles(lost, target.words, source.words))
    for tag in kept:
        yield Problem(message=_("The {item} of the source is lost").format(item=names[tag]))
    if len(kept) < len(lost) and pair.translation.once(_keeps_italics):
        yield Problem(
            message=_("The italics of the source are lost; elsewhere, titles have both marks"),
            severity=Severity.WARNING,
        )
    for tag in _but_titles(new, source.words, target.words):
        yield Problem(message=_("The source has no {item} here").format(item=names[tag]))


ITALIC_TITLE = pattern(r"(?<!\*)\*《[^*\n]+》\*(?!\*)|(?<!_)_《[^_\n]+》_(?!_)")
ITALIC = pattern(r"(?<![*\w])\*[^*\n]+\*(?!\*)|(?<![_\w])_[^_\n]+_(?![_\w])")


def _keeps_italics(translation: Translation) -> bool:
    """Tell whether nearly all titles of a document are in title marks, and italic as well."""
    kept = dropped = 0
    for pair in translation.pairs:
        if "《" in pair.target and ITALIC.search(pair.source):
            is_italic = bool(ITALIC_TITLE.search(pair.target))
            kept += is_italic
            dropped += not is_italic
    return kept > 1 and dropped * 2 <= kept


def _but_titles(tags: list[str], there: str, here: str) -> Iterator[str]:
    """Yield the tags, but for each italic title that has title marks in the other language."""
    titles = max(0, there.count("《") - here.count("《"))
    for tag in tags:
        if tag == "em" and titles:
            titles -= 1
        else:
            yield tag


@check(Pair, severity=Severity.ERROR, only_if=_has_markup)
def inline_markup(pair: Pair) -> Iterator[Problem]:
    """Code, strikethrough or a forced line break is lost, changed or new.

    Why:
        Code is copied by readers letter by letter; struck text must stay struck.

    Bad:
        Run `make test`. → 运行“make test”。

    Good:
        Run `make test`. → 运行`make test`。

    Source:
        House rule.
    """
    lost, new = _difference(pair.source_markup.others, pair.target_markup.others)
    if (not lost and not new) or GNU_QUOTES.search(pair.source):
        return
    is_manual = pair.translation.once(is_technical)
    if new and is_manual:
        plain = pair.source_prose.text.casefold()
        new = [one for one in new if not one[1] or one[1].casefold() not in plain]
        lost, new = _but_localized(lost, new)
    for kind, content in lost:
        item = _described(kind, content)
        yield Problem(message=_("The {item} of the source is lost").format(item=item))
    for kind, content in new:
        item = _described(kind, content)
        span = last_span(pair.target, f"`{content}`") if content else None
        yield Problem(message=_("The source has no {item}").format(item=item), span=span)


GNU_QUOTES = pattern(r"`[^`'\s][^`'\n(=]{0,60}'(?!\w)")
"""Quotation marks as GNU programs have them, which are no code: ``the `info' pages``."""
HAN = pattern("[\u3400-\u9fff]")
Piece = tuple[str, str]


def _but_localized(lost: list[Piece], new: list[Piece]) -> tuple[list[Piece], list[Piece]]:
    """Leave out the code in which a manual has translated what its reader has to replace."""
    localized = [one for one in new if one[0] == "code" and HAN.search(one[1])]
    codes = [one for one in lost if one[0] == "code"][: len(localized)]
    return (
        [one for one in lost if one not in codes],
        [one for one in new if one not in localized[: len(codes)]],
    )


def _described(kind: str, content: str) -> str:
    names = {
        "code": _("code"),
        "strikethrough": _("strikethrough"),
        "line break": _("line break"),
    }
    return f"{names[kind]} `{content}`" if content else names[kind]


Item = TypeVar("Item", str, tuple[str, str])


def _difference(source: Counter[Item], target: Counter[Item]) -> tuple[list[Item], list[Item]]:
    """Return what is lost and what is new, as often as it is."""
    if dict.__eq__(source, target):  # which is much sooner told than by counting
        return [], []
    return sorted((source - target).elements()), sorted((target - source).elements())


ENTITY = pattern(r"&(?:#\d+|#[xX][0-9A-Fa-f]+|[A-Za-z][A-Za-z0-9]*);")
FOREIGN_SIGN = pattern(r"[<&]|\{\{|\}\}|\{%|%\}|\$\{")


def _has_signs(pair: Pair) -> bool:
    may_be_foreign = FOREIGN_SIGN.search(pair.target) or BLOCK_MARKER.match(pair.target)
    return bool(may_be_foreign) and pair.is_translated


@check(Pair, severity=Severity.ERROR, only_if=_has_signs)
def foreign_markup(pair: Pair) -> Iterator[Problem]:
    """The translation has HTML, template code or a block marker that its source lacks.

    Why:
        It would be printed as it is, or, on another system, be obeyed.

    Bad:
        The guests met. → <b>来宾</b>会面。

    Good:
        The guests met. → 来宾会面。

    Source:
        House rule: a translation adds words, never markup.
    """
    if FOREIGN_SIGN.search(pair.target):
        for pattern in (HTML_TAG, ENTITY, TEMPLATE_SYNTAX):
            for match in new_matches(pattern, pair.source, pair.target):
                yield _not_in_source(match)
    marker = BLOCK_MARKER.match(pair.target)
    if marker and not BLOCK_MARKER.match(pair.source) and not _is_number_of(marker[1], pair.source):
        yield _not_in_source(marker)


def _is_number_of(number: str | None, source: str) -> bool:
    """Tell whether a number is one of the source: ``July 7`` may become ``7. Juli``."""
    return number is not None and number in re.findall(r"\d+", source)


def _not_in_source(match: re.Match[str]) -> Problem:
    found = not_in_source(match)
    return Problem(message=found.message, span=found.span)


def _may_add(pair: Pair) -> bool:
    return pair.is_translated and pair.source != pair.target


@check(Pair, severity=Severity.ERROR, only_if=_may_add)
def unsafe_addition(pair: Pair) -> Iterator[Problem]:
    """The translation adds something that no edition may have, and rendering refuses.

    Why:
        A link, a picture, a tag, code of a template or a sign that nobody sees would stand under
        the publisher's name though no author wrote it. No waiver and no setting lets it pass.

    Bad:
        See the programme. → 参见日程：pay.example.com/login

    Good:
        See the programme. → 参见日程。

    Source:
        House rule: a translation adds words, never markup; SECURITY.md names all walls.
    """
    most = pair.translation.longest(pair.source) if pair.translation.longest else None
    if most is not None and len(pair.target) > most:
        message = _("This translation has {number} characters; its source allows {most}")
        yield Problem(message=message.format(number=len(pair.target), most=most))
    for addition in find_additions(pair.source, pair.target, lang=pair.lang):
        yield Problem(message=addition.message, span=addition.span)
