"""Does a translation carry the markup of its source, no less and no more?"""

import re
from collections import Counter
from collections.abc import Iterator

from pubkit.checks.registry import Pair, check
from pubkit.formats.markdown import read_markup
from pubkit.messages import gettext as _
from pubkit.model import Problem, Severity, Span

PLACEHOLDER = re.compile(r"\{[A-Za-z_]\w*\}|%\([A-Za-z_]\w*\)[sd]|%[sd]")


@check(Pair, severity=Severity.ERROR)
def link(pair: Pair) -> Iterator[Problem]:
    """A link or picture of the source is lost, changed or new in the translation.

    Why:
        Readers would be led elsewhere under the publisher's name.

    Bad:
        See [the programme](https://example.org/en). → 参见[日程](https://example.com/en)。

    Good:
        See [the programme](https://example.org/en). → 参见[日程](https://example.org/en)。

    Source:
        House rule; addresses of translated pages are a setting, not a translation.
    """
    yield from _differences(
        pair,
        read_markup(pair.source).links,
        read_markup(pair.target).links,
        lost=_("The link to {item} is lost"),
        new=_("The link to {item} is not in the source"),
    )


@check(Pair, severity=Severity.ERROR)
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
    yield from _differences(
        pair,
        Counter(PLACEHOLDER.findall(pair.source)),
        Counter(PLACEHOLDER.findall(pair.target)),
        lost=_("The placeholder {item} is lost"),
        new=_("The placeholder {item} is not in the source"),
    )


@check(Pair, severity=Severity.ERROR)
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
    yield from _differences(
        pair,
        read_markup(pair.source).footnotes,
        read_markup(pair.target).footnotes,
        lost=_("The reference to footnote {item} is lost"),
        new=_("The reference to footnote {item} is not in the source"),
    )


@check(Pair, severity=Severity.ERROR)
def emphasis(pair: Pair) -> Iterator[Problem]:
    """Bold or italic text is lost or new, or its asterisks would be printed.

    Why:
        The author marked the words; a lone asterisk on the page is a fault anyone sees.

    Bad:
        The **alliance** met. → 联盟 ** 举行会议。

    Good:
        The **alliance** met. → **联盟**举行会议。

    Source:
        CommonMark 0.31.2, 6.2; beside full-width punctuation emphasis works here all the same.
    """
    source, target = read_markup(pair.source), read_markup(pair.target)
    names = {"strong": _("bold"), "em": _("italic")}
    for item, number in sorted((target.literal_marks - source.literal_marks).items()):
        yield Problem(
            message=_("{mark} would be printed: it does not work here").format(mark=item),
            span=_last(pair.target, item, number),
        )
    yield from _differences(
        pair,
        Counter({names[tag]: number for tag, number in source.emphasis.items()}),
        Counter({names[tag]: number for tag, number in target.emphasis.items()}),
        lost=_("The {item} of the source is lost"),
        new=_("The source has no {item} here"),
    )


@check(Pair, severity=Severity.ERROR)
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
    yield from _differences(
        pair,
        read_markup(pair.source).others,
        read_markup(pair.target).others,
        lost=_("The {item} of the source is lost"),
        new=_("The source has no {item}"),
    )


HTML_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--|&#?\w+;")
TEMPLATE_SYNTAX = re.compile(r"\{\{|\}\}|\{%|%\}|\$\{")
BLOCK_MARKER = re.compile(r"\A\s*(?:#{1,6}\s|>\s?|[-+*]\s|\d{1,9}[.)]\s|`{3}|~{3})")
FOREIGN = (HTML_TAG, TEMPLATE_SYNTAX, BLOCK_MARKER)


@check(Pair, severity=Severity.ERROR)
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
    if not pair.entry.is_translated:
        return
    for pattern in FOREIGN:
        known = Counter(match[0].strip() for match in pattern.finditer(pair.source))
        for match in pattern.finditer(pair.target):
            known[match[0].strip()] -= 1
            if known[match[0].strip()] < 0:
                yield Problem(
                    message=_("“{item}” is not in the source").format(item=match[0].strip()),
                    span=Span(*match.span()),
                )


def _differences(
    pair: Pair, source: Counter[str], target: Counter[str], *, lost: str, new: str
) -> Iterator[Problem]:
    """Yield what one side has more of than the other."""
    if not pair.entry.is_translated:
        return
    for item in sorted((source - target).elements()):
        yield Problem(message=lost.format(item=item))
    for item in sorted((target - source).elements()):
        yield Problem(message=new.format(item=item), span=_last(pair.target, item, 1))


def _last(text: str, part: str, number: int) -> Span | None:
    """Return the first of the last ``number`` places of a part in a text."""
    start = len(text)
    for _time in range(number):
        start = text.rfind(part, 0, start)
    return Span(start, start + len(part)) if start >= 0 else None
