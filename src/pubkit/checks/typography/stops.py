"""Where a text ends, and what stands between its parts: stops, commas, doubled marks."""

import re
from collections.abc import Iterator

from pubkit.checks.pair import Pair
from pubkit.checks.registry import check
from pubkit.checks.typography.house import Form, is_of_the_house
from pubkit.checks.typography.line import HAN, Line, Manner, having, read_line
from pubkit.formats.markdown.prose import OBJECT
from pubkit.messages import gettext as _
from pubkit.model import Problem, Role, Severity
from pubkit.patterns import pattern

CAPTIONS = frozenset({Role.TITLE, Role.SUBTITLE, Role.KICKER, Role.HEADING, Role.CAPTION})
CELLS = frozenset({Role.TABLE_HEADING, Role.TABLE_CELL})
ENGLISH_HEADINGS = frozenset({Role.TITLE, Role.KICKER, Role.HEADING, Role.TABLE_HEADING})
RUNNING = frozenset({Role.PARAGRAPH, Role.QUOTATION, Role.BOILERPLATE, Role.NOTE, Role.FOOTNOTE})
LISTED = frozenset({Role.LIST_ITEM})
CLOSERS = "”’“\"'」』)）】》〉*"
STOPS = frozenset("。.．")
ABBREVIATION = pattern(
    r"(?:\b(?:Inc|Ltd|Co|Corp|Jr|Sr|al|etc|No|St|Dr|Mr|Ms|Bros|Prof|approx|[A-Z]|[ap]\.m|e\.g|i\.e"
    r"|Ph\.D|U\.S|D\.C)\.)$",
    re.IGNORECASE,
)


def is_caption(pair: Pair) -> bool:
    """Tell whether a text is a heading or caption, which has no stop at its end."""
    return bool(pair.roles & (CAPTIONS | CELLS))


# ---------------------------------------------------------------- the end of a text


def _has_words(pair: Pair) -> bool:
    return bool(pair.once(read_line).text)


@check(Pair, severity=Severity.WARNING, only_if=_has_words)
def end_punctuation(pair: Pair) -> Iterator[Problem]:
    """A paragraph does not end as its source does.

    Why:
        A sentence without its stop looks cut off, and it may be.

    Bad:
        The rector thanked all the guests. → 校长向各位来宾表示感谢

    Good:
        The rector thanked all the guests. → 校长向各位来宾表示感谢。

    Source:
        GB/T 15834-2011, 4.1 to 4.3: a sentence ends with 。 ？ or ！; list items may do without.
    """
    line = pair.once(read_line)
    if line.manner is Manner.OTHER:
        return
    text = line.text.rstrip()
    last = text[-1:]
    if last in "。.…":
        yield from _statement_for_question(line, text)
        yield from _nothing_follows(line, text)
    elif last in "，、,；;" and not is_caption(pair):
        yield from _comma_at_the_end(line, text)
    elif last not in "！!？?：:—～" and last != OBJECT and pair.roles & RUNNING:
        yield from _no_mark(line, text)


def _no_mark(line: Line, text: str) -> Iterator[Problem]:
    end = len(text.rstrip(CLOSERS)) if text[-1] in CLOSERS else len(text)
    if not end or text[end - 1] in "。.！!？?…：:—～" + OBJECT or _ends_within_brackets(text):
        return
    if not _is_sentence(line.source) or ADDRESS.search(text):
        return
    stop = "。" if line.is_chinese else "."
    yield from line.fault(
        _("The sentence has no mark at its end"),
        (len(text) - 1, len(text), text[-1] + stop),
        is_safe=False,
        is_around_names=True,
    )


ADDRESS = pattern(r"[A-Za-z\d][@.](?:[A-Za-z\d-]+\.){0,3}[a-z]{2,}(?:/[!-~]*)?$")
SENTENCE = pattern(r"[.?!:。？！：]$")


def _is_sentence(source: str) -> bool:
    """Tell whether a source text is a whole sentence, and no mere word of thanks."""
    ending = source.rstrip().rstrip(CLOSERS)
    if not SENTENCE.search(ending):
        return False
    if ABBREVIATION.search(ending):
        return len(ending.split()) > 10
    if ending[-1] in ":：" or ending[-1].isascii():
        return len(ending.split()) > (5 if ending[-1] == ":" else 2)
    return len(ending) > 4


def _ends_within_brackets(text: str) -> bool:
    """Tell whether a remark after the last sentence ends the text: ``。（完）``."""
    opening = max(text.rfind("（"), text.rfind("("))
    if text[-1] not in "）)" or opening < 1:
        return False
    return text[opening - 1] in "。！？.!?”…" + OBJECT or text[-2] in "。！？.!?"


def _comma_at_the_end(line: Line, text: str) -> Iterator[Problem]:
    source = line.source.rstrip()
    if source[-1:] in "，、,;；" or (text[-1] in ";；" and not line.pair.roles & RUNNING):
        return
    if not SENTENCE.search(source.rstrip(CLOSERS)):
        return
    yield from line.fault(
        _("The text ends with “{mark}”").format(mark=text[-1]),
        (len(text) - 1, len(text), "。" if line.is_chinese else "."),
        is_safe=False,
    )


CHINESE_QUESTION = pattern(r"(?:[吗呢么]|为什么|怎么办)[”’]?[。.][”’]?$")
ENGLISH_QUESTION = pattern(
    r"(?:^|[.!?:][”\"]? [“\"]?|[“\"])(?:Who|Why|When|Where|Which|Is|Are|Was|Were|Do|Does|Did|Can"
    r"|Could|Will|Would|Should|Shall|Has|Have|Had|Must) [^.!?]+[.][”\"]?$"
)


def _statement_for_question(line: Line, text: str) -> Iterator[Problem]:
    if "?" not in line.pair.source and "？" not in line.pair.source:
        return
    ending = line.source.rstrip().rstrip(CLOSERS)
    if ending[-1:] not in ("?", "？"):
        return
    question = CHINESE_QUESTION if line.is_chinese else ENGLISH_QUESTION
    if line.manner is Manner.LATIN or not question.search(text):
        return
    yield from line.fault(
        _("The question ends like a statement"),
        (len(text) - 1, len(text), "？" if line.is_chinese else "?"),
        is_safe=False,
    )


INTRODUCTION = pattern(
    r"(?:包括|包含|如下|以下|分别为|分别是|分为|例如|比如|诸如)。$"
    r"|\b(?:include|includes|including|comprises?|consists of|follows|following|namely|such as)\.$"
)


def _nothing_follows(line: Line, text: str) -> Iterator[Problem]:
    """Yield the stop after words that announce something, as the colon of the source does."""
    if line.source.rstrip()[-1:] in (":", "：") and INTRODUCTION.search(text):
        yield from line.fault(
            _("Something follows: the text ends with “{mark}”").format(
                mark="：" if line.is_chinese else ":"
            ),
            (len(text) - 1, len(text), "：" if line.is_chinese else ":"),
            is_safe=False,
        )


@check(Pair, severity=Severity.WARNING, only_if=having(STOPS))
def caption_stop(pair: Pair) -> Iterator[Problem]:
    """A heading, caption or table cell ends with a full stop.

    Why:
        Headings and captions are no sentences of the text; the stop looks like a slip.

    Bad:
        The guests in the garden. → 来宾在花园里合影。

    Good:
        The guests in the garden. → 来宾在花园里合影

    Source:
        GB/T 15834-2011, A.1: no 。 at the end of a caption, not even of a long one.
    """
    line = pair.once(read_line)
    if not is_caption(pair):
        return
    text = line.text.rstrip()
    if line.is_chinese:
        is_wanted = bool(pair.roles & CELLS) and line.source.rstrip().endswith((".", "。"))
        is_prose = "。" in text[:-1]  # several sentences end as sentences do
        found = None if is_wanted or is_prose else CHINESE_STOP.search(text)
    elif pair.roles & ENGLISH_HEADINGS and line.manner is Manner.ENGLISH:
        found = _english_stop(line, text)
    else:
        found = None
    if found:
        yield from line.fault(
            _("No full stop at the end of a heading or caption"), (*found.span(), "")
        )


CHINESE_STOP = pattern(rf"(?<=[{HAN}A-Za-z\d%”’）》」』])。$|(?<=[{HAN}”）》」』])[.．]$")
ENGLISH_STOP = pattern(r"(?<=[a-z\d”)])\.$")


def _english_stop(line: Line, text: str) -> re.Match[str] | None:
    if line.source.rstrip().endswith((".", "。")) or ABBREVIATION.search(text) or ". " in text:
        return None
    return ENGLISH_STOP.search(text)


# ---------------------------------------------------------------- enumerations

ENUMERATION = pattern(
    r"(?P<quoted>(?<=[”’》」』])、[ ]?(?=[“‘《「『]))"
    r"|(?P<last>、(?=和(?![平谐解睦风服气弦田林县龙顺硕静布政])|及(?![时其格第])|与(?![会时众其]))"
    r"|、(?=等(?:[，。；）、]|$)))"
)


QUOTED = Form(pattern("[”’》」』]、[ ]?[“‘《「『]"), pattern("[”’》」』][“‘《「『]"))
LAST = Form(pattern("、[和及与等]"), pattern(f"、[{HAN}]+[和及与等]"))


@check(Pair, severity=Severity.WARNING, only_if=having(frozenset("、，")))
def enumeration_comma(pair: Pair) -> Iterator[Problem]:
    """A 、 stands where none belongs, or is lacking between the items of a list.

    Why:
        Quotation and title marks already divide, as 和 does; a comma divides clauses, not words.

    Bad:
        She reads *Spring* and *Autumn*. → 她阅读《春》、《秋》。

        Languages: Malay, Tamil and Thai → 语言：马来语，泰米尔语，泰语

    Good:
        She reads *Spring* and *Autumn*. → 她阅读《春》《秋》。

    Source:
        GB/T 15834-2011, 4.5.3: 、 divides words in a row; 4.5.3.5: between adjacent quotation or
        title marks there is usually none.
    """
    line = pair.once(read_line)
    if line.is_chinese:
        for match in ENUMERATION.finditer(line.text):
            if is_of_the_house(line.pair, QUOTED if match["quoted"] else LAST):
                continue
            yield from line.fault(
                _("No 、 between quotations or titles")
                if match["quoted"]
                else _("No 、 before “{word}”").format(word=line.text[match.end()]),
                (*match.span(), ""),
                is_safe=bool(match["quoted"]),
            )
        if "，" in line.text and ", " in line.source:
            yield from _commas_in_lists(line)
    elif line.is_latin:
        for match in LATIN_ENUMERATION.finditer(line.text):
            yield from line.fault(
                _("“{mark}” is a full-width mark; here stands “{half}”").format(
                    mark="、", half=","
                ),
                (*match.span(), ", " if match.end() < len(line.text) else ","),
            )


_ITEM = rf"(?:[{HAN}·]{{1,9}}|[A-Za-z][A-Za-z.-]*)(?:（[^（），。]{{1,12}}）)?"
LABELLED_LIST = pattern(
    rf"(?:：|[左右]起)(?:\ufffc|\*)*({_ITEM}(?:，{_ITEM}){{2,}})(?=[（。；]|\Z)"
)
_ENGLISH_ITEM = (
    r"(?:[A-Z][\w'’.-]*(?: (?:[A-Z][\w'’.-]*|van|von|der|de|bin|binti|al-\w+))*|[a-z]+)"
    r"(?: \([^()]*\))?"
)
ENGLISH_LABELLED_LIST = pattern(
    rf":[*_]* ?({_ENGLISH_ITEM}(?:, {_ENGLISH_ITEM})+(?:,? and {_ENGLISH_ITEM})?)(?=[.;]|\Z)"
)
LIST_OF_WORDS = pattern(
    rf"(?<=[，。；：])([{HAN}]{{1,3}}(?:，[{HAN}]{{1,3}}){{1,4}})，?[{HAN}]{{1,3}}(?:以及|乃至|及|和|与)"
)
LIST_OF_NAMES = pattern(
    rf"(?<=[{HAN}])(，(?![并但而也又就将均都还其这该他她由在从于经与和以])[{HAN}·]{{2,6}}(?=和|及|与|以及))"
)
ENGLISH_LIST_OF_NAMES = pattern(r"[A-Z][a-zü'’-]+(?:, [A-Z][a-zü'’-]+)+,? and [A-Z][a-zü'’-]+\b")
ENGLISH_LIST_OF_WORDS = pattern(r"\b[a-z]+, [a-z]+(?:, [a-z]+)*,? and ")


def _commas_in_lists(line: Line) -> Iterator[Problem]:
    """Yield the commas between names behind a label, and between mere words before 和."""
    listed = LABELLED_LIST.search(line.text)
    if listed and not _is_list_of(listed[1].count("，") + 1, line.source):
        listed = None
    if not listed and ENGLISH_LIST_OF_WORDS.search(line.source):
        listed = LIST_OF_WORDS.search(line.text)
    if not listed and "、" not in line.text and ENGLISH_LIST_OF_NAMES.search(line.source):
        listed = LIST_OF_NAMES.search(line.text)
    for place in range(*listed.span(1)) if listed else ():
        if line.text[place] == "，":
            yield from line.fault(
                _("The items of a list are divided by “{mark}”").format(mark="、"),
                (place, place + 1, "、"),
            )


def _is_list_of(number: int, source: str) -> bool:
    """Tell whether an English text has as many items behind a label."""
    listed = ENGLISH_LABELLED_LIST.search(source)
    return listed is not None and number in (
        len(re.split(r",? and |, ", listed[1])),
        listed[1].count(",") + 1,
    )


LATIN_ENUMERATION = pattern(f"(?<![{HAN}])、(?![{HAN}])[ ]*")


# ---------------------------------------------------------------- doubled marks

DOUBLED_IN_CHINESE = pattern(
    rf"(?P<same>(?P<mark>[，、；：])(?P=mark)+|(?<!。)。。(?!。)|(?P<half>[,;])(?P=half)+(?=[{HAN}]))"
    r"|[，、；：][，、；：。]|[。；][，、；：]|[？！][。，]|(?<![.…])[,;][，。、；：]|[，。、；：][,;]"
    rf"|(?<=[{HAN}])\.[，。；、]|[，。；、]\.(?!\.)|。[”’]。"
)
DOUBLED_IN_LATIN = pattern(
    r"(?<=[\w.%)”\ufffc])(?P<same>(?P<mark>[,;])(?P=mark)+)(?=[\s”’\"]|$)|(?<=[\w%)”\ufffc])\.\.(?=\s|$|[”\"])(?!\.)"
    r"|(?<=\w)(?:,\.|\?\.|;,|,;|::)(?=\s|$)|(?<=\w)(?P<cry>!{2,})(?=[\s”\")]|$)"
)
TWO_MARKS = pattern("[，。、；：？！,;:.?][，。、；：,;:.]|。[”’]。|!!")
"""Without them there is nothing to look at more closely."""


def _has_two_marks(pair: Pair) -> bool:
    return bool(TWO_MARKS.search(pair.once(read_line).text))


@check(Pair, severity=Severity.WARNING, only_if=_has_two_marks)
def doubled_punctuation(pair: Pair) -> Iterator[Problem]:
    """Two marks stand where one belongs.

    Why:
        One of them is left over from an earlier wording.

    Bad:
        The rector spoke, and the guests applauded. → 校长致辞，，来宾鼓掌。

    Good:
        The rector spoke, and the guests applauded. → 校长致辞，来宾鼓掌。

    Source:
        GB/T 15834-2011, 4: only ？ and ！ may be repeated or joined.
    """
    line = pair.once(read_line)
    if line.is_chinese:
        found = DOUBLED_IN_CHINESE.finditer(line.text)
    elif line.is_latin:
        found = DOUBLED_IN_LATIN.finditer(line.text)
    else:
        return
    for match in found:
        if _stands_in(line.source, match[0]) and not line.pair.is_own_language:
            continue
        yield from line.fault(
            _("Two marks: “{marks}”").format(marks=match[0]),
            (*match.span(), match[0][0]),
            is_safe=bool(match["same"]) or match[0] == "。。",
        )


def _stands_in(source: str, marks: str) -> bool:
    return marks in source or (marks[:2] == "!!" and "！！" in source)
