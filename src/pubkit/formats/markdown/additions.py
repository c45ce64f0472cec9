"""What a translation adds to its source beyond words: links, pictures, tags, code, hidden signs.

A translation may lose and move markup, drop italics or set something in bold: that is a matter for
a reader's eye, and of the checks. It may add nothing that leads readers elsewhere, shows or hides
something, or is obeyed by a program. This page is the one definition of that: rendering refuses an
edition for it, and ``pubkit check`` reports each of them as an error.

Source:
    CommonMark 0.31.2; Unicode Technical Report 36 "Unicode Security Considerations".
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from pubkit.formats.markdown.hidden import (
    COMBINING,
    CONTROL,
    HIDDEN,
    direction_changes,
    hidden_signs,
    is_tag_of_flag,
    prints_something,
)
from pubkit.formats.markdown.markup import (
    InlineMarkup,
    emphasis_depth,
    empty_links,
    label_pairs,
    link_titles,
    picture_targets,
    read_markup,
    shown_text,
    wordless_links,
)
from pubkit.messages import gettext as _
from pubkit.model import Span
from pubkit.patterns import pattern
from pubkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Addition:
    """Something that a translation has and its source has not, or not as often."""

    message: str
    """What it is, one sentence for a translator."""
    span: Span | None = None
    """Where it stands in the translation, if it stands there letter by letter."""


SIGNS = pattern(
    r"[\[<{}$@~\\&*_`]|[wWｗＷ][.．]|[#!]\{|%[}(\d]|[:：]\S|//|／／|/[A-Za-z0-9]|#\}"
    r"|[.．。｡][A-Za-zＡ-Ｚａ-ｚ]|[A-Za-z0-9Ａ-Ｚａ-ｚ][.．][\u3400-\u9fff]|[\d０-９][.．][\d０-９]+[.．][\d０-９]"
    r"|\A\s*(?:[#>+*|=`:-]|\d{1,9}[.)]\s)|  \n|"
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u0300-\u0eff\u1000-\u109f\u1100-\u200f\u2028-\u202e"
    "\u2060-\u206f\u20d0-\u20ff\u302a-\u302f\u2800\u3164\ud800-\udfff\ufdd0-\ufdef"
    "\ufe00-\ufe2f\ufeff\uffa0\ufff0-\uffff\U00010000-\U0010ffff]"
)
"""Without one of these a translation adds nothing, which is so of most."""


def find_additions(source: str, target: str, *, lang: str | None) -> Iterator[Addition]:
    """Yield what a translation adds to its source.

    Law: a text adds nothing to itself.

    Args:
        source: The text to translate.
        target: Its translation.
        lang: The language of the translation, if it is known.
    """
    if source != target and (SIGNS.search(target) or not prints_something(target)):
        yield from looked_up_additions(source, target, lang=lang)


def looked_up_additions(source: str, target: str, *, lang: str | None) -> Iterator[Addition]:
    """Yield what a translation adds, whether it has a sign of it or not.

    Law: without a sign there is nothing.
    """
    for find in (_links, _others, _addresses, _written, _block_markers):
        yield from find(source, target)
    yield from _characters(source, target, lang)
    yield from _hidden(source, target)
    shown, known = shown_text(target), shown_text(source)
    if shown != target:
        told = (*_characters(known, shown, lang), *_hidden(known, shown))
        yield from (replace(addition, span=None) for addition in told)
    if prints_something(source) and not prints_something(shown):
        yield Addition(_("The translation prints nothing"))


def new_items(source: Counter[str], target: Counter[str]) -> list[str]:
    """Return what is new, as often as it is."""
    return sorted((target - source).elements()) if target else []


def last_span(text: str, part: str, number: int = 1) -> Span | None:
    """Return the first of the last ``number`` places of a part in a text."""
    start = len(text)
    for _time in range(number):
        start = text.rfind(part, 0, start)
    return Span(start, start + len(part)) if start >= 0 else None


# ---------------------------------------------------------------- elements


def _links(source: str, target: str) -> Iterator[Addition]:
    """Yield new links, pictures and addresses that readers' programs make links of."""
    written, known = read_markup(target), read_markup(source)
    for address in new_items(known.links, written.links):
        if is_label_of(address, source, target):
            continue
        yield Addition(_not_there("link", address), last_span(target, address))
    if empty_links(target) > empty_links(source):
        yield Addition(_not_there("link", "()"))
    if wordless_links(target) > wordless_links(source):
        yield Addition(_("A link has no words that anyone sees"))
    pictures = new_items(picture_targets(source), picture_targets(target))
    for picture in pictures:
        yield Addition(_not_there("picture", picture), last_span(target, picture))
    begun = PICTURE_BEGINS.findall(target)
    if not pictures and len(begun) > len(PICTURE_BEGINS.findall(source)):
        yield Addition(_not_there("picture", "!["), last_span(target, "!["))
    known_pairs = label_pairs(source)
    for shown, address in label_pairs(target):
        if (shown, address) not in known_pairs and not _is_shown(shown, address):
            yield Addition(
                _("The words of a link show {shown}, but it leads to {address}").format(
                    shown=shown, address=address
                ),
                last_span(target, shown),
            )


def is_label_of(address: str, source: str, target: str) -> bool:
    """Tell whether a new “address” is the label of a link that the source has without words.

    ``[seeds]`` may become ``[种子][seeds]``.
    """
    is_label = address.startswith("[") and address.endswith("]")
    return is_label and 0 < target.count(address) <= source.count(address)


PICTURE_BEGINS = pattern(r"(?<!\\)!\[(?!\^)")
"""With a label behind it, such a picture has its address elsewhere in the document."""


def _not_there(kind: str, item: str) -> str:
    messages = {
        "link": _("The link to {item} is not in the source"),
        "picture": _("The picture {item} is not in the source"),
        "footnote": _("The reference to footnote {item} is not in the source"),
    }
    return messages[kind].format(item=item)


def _is_shown(shown: str, address: str) -> bool:
    """Tell whether what readers see of an address is a part of where they get."""
    plain = re.sub(r"\A[a-z]+:(?://)?|\Awww\.|/+\Z", "", shown.casefold())
    return plain in address.casefold()


DEEPEST_EMPHASIS = 6
"""How deep bold and italic text may be nested: browsers and layout engines give up somewhere."""


def _others(source: str, target: str) -> Iterator[Addition]:
    """Yield new references to footnotes, struck text, forced line breaks and titles."""
    written, known = read_markup(target), read_markup(source)
    for label in new_items(known.footnotes, written.footnotes):
        yield Addition(_not_there("footnote", label), last_span(target, f"[^{label}]"))
    names = {("strikethrough", ""): _("strikethrough"), ("line break", ""): _("line break")}
    for mark, name in names.items():
        if written.others[mark] > known.others[mark]:
            yield Addition(_("The source has no {item}").format(item=name))
    if _has_new_code(source, written, known):
        yield Addition(_("The source has no {item}").format(item=_("code")))
    if sum(written.emphasis.values()) > DEEPEST_EMPHASIS:
        deepest = emphasis_depth(target)
        if deepest > max(DEEPEST_EMPHASIS, emphasis_depth(source)):
            yield Addition(_("Bold or italic text is nested too deep"))
    if link_titles(target) > link_titles(source):
        yield Addition(_("A link or picture has a title that its source lacks"))


def _has_new_code(source: str, written: InlineMarkup, known: InlineMarkup) -> bool:
    """Tell whether more is set as code, and some of it is no code, or not there, in the source."""
    codes, old = _codes(written), _codes(known)
    if codes.total() <= old.total():
        return False
    return not old or any(code not in shown_text(source) for code in codes)


def _codes(markup: InlineMarkup) -> Counter[str]:
    found = Counter[str]()
    for (kind, content), number in markup.others.items():
        if kind == "code":
            found[content] += number
    return found


# ---------------------------------------------------------------- addresses

SCHEME = r"(?<![A-Za-z0-9+.-])[A-Za-z][A-Za-z0-9+.-]{1,30}"
ENDINGS = (
    "com|org|net|edu|gov|info|biz|cn|io|co|top|xyz|site|online|club|shop|vip|app|dev|me|tv|cc|ru"
    "|uk|de|fr|eu|us|hk|tw|jp|kr|in|au|ca|ch|at|nl|es|it|link|click|ly|gl|zip|mov|page|live|test"
    "|example|invalid|onion|local|int|mil|name|pro|work|win|bid|loan|men|icu|cyou|space|store"
)
HAN_ENDINGS = (
    "中国|中國|公司|网络|網絡|网址|网站|在线|中文网|商城|网店|集团|商标|香港|台湾|台灣|澳门|澳門|新加坡"
    "|我爱你|移动|手机|企业|信息|公益|政务|组织机构|机构|娱乐|游戏|世界|广东|佛山|购物|餐厅|商店|健康"
)
OPAQUE = (
    "skype|callto|news|nntp|snews|bitcoin|bitcoincash|ethereum|litecoin|dogecoin|monero|lightning"
    "|sip|sips|xmpp|geo|facetime|facetime-audio|facetimeaudio|imessage|whatsapp|viber|wtai|tg"
    "|weixin|alipay|alipays|ed2k|thunder|webcal|intent|itms-services|itms-apps|ms-[a-z-]{2,30}"
)
"""Schemes that stand before something else than ``//``."""
HOST = r"(?:[a-z0-9-]{1,63}\.)"
BEHIND = r"[^\s<>()，。、；\u2e80-\u9fff]*"
PLACE = rf"(?:/{BEHIND}|\?[\w.%&=+-]{BEHIND}|#[\w!/%=-]+|:\d{{2,5}}(?![\w:])(?:/{BEHIND})?)"
"""What stands behind a host: a path, a query, a fragment, a port."""
ADDRESS = pattern(
    rf"{SCHEME}://[^\s<>\"'`“”‘’（）()，。、；！？《》「」『』【】]+"
    r"|(?i:(?<![a-z])(?:javascript|vbscript|mhtml|view-source):(?=\S)[^\s<>]*)"
    r"|(?i:(?<![a-z])(?:data:[\w+.-]+/[\w+.-]+[;,][^\s<>]*|file:[/\\]\S*|mailto:[^\s<>@]+@\S+))"
    rf"|(?i:(?<![\w.-])(?:magnet:\?|(?:{OPAQUE}):(?=[\w+/?*])){BEHIND})"
    r"|(?i:(?<![\w.@-])(?:www\.)[\w-]+)"
    r"|(?<![\\\w])\\{2,4}[\w.-]+\\{1,2}[\w$.-]+"
    r"|(?<![\w:/.])/{2,9}(?:[A-Za-z0-9-]{1,63}\.){1,9}[A-Za-z]{2,24}"
    rf"|(?i:(?<![\w.@/-]){HOST}{{1,9}}(?:{ENDINGS}|{HAN_ENDINGS}){PLACE})"
    rf"|(?i:(?<=[\u3400-\u9fff])\.(?:{ENDINGS}|{HAN_ENDINGS})/[\w%-]{BEHIND})"
    rf"|(?i:(?<![\w.@/-]){HOST}{{2,9}}(?:{ENDINGS})(?![\w.-]))"
    rf"|(?<![\w.@/-])(?:\d{{1,3}}\.){{3}}\d{{1,3}}(?![\w.]*\w){PLACE}?",
    re.ASCII,
)
"""What a reader's program may turn into a link; ``JD.com`` by itself is a company's name."""
CALL = pattern(r"(?i:(?<![\w.-])(?:tel|sms|smsto|mmsto|fax):)\+?[\d(][\d().-]{1,30}", re.ASCII)
"""A number that a telephone calls on touch."""
FULL_WIDTH = {0xFEE0 + code: code for code in range(0x21, 0x7F) if chr(code) not in ":?"}
"""An address in full-width letters is one all the same to those who copy it."""
FULL_WIDTH_COLON = pattern("：(?=[/／])")
FULL_STOP = pattern(
    rf"(?i:(?<=[a-z0-9])[。｡](?=(?:[a-z0-9-]{{1,63}}[.。｡]){{0,9}}(?:{ENDINGS})(?![a-z0-9-])))",
    re.ASCII,
)
"""Browsers take the Chinese full stop for the point of a host; most end a sentence."""

SIGN_OF_ADDRESS = pattern(
    r"\.(?!\d+(?![\w.]))|[．\\＼]|[A-Za-zＡ-Ｚａ-ｚ－-]:|[/／]{2}|：[/／]|[。｡][A-Za-z0-9Ａ-Ｚａ-ｚ０-９－-]"
)
"""Without one of these a text has no address; the point of ``13.5%`` is none of them."""


def _addresses(source: str, target: str) -> Iterator[Addition]:
    """Yield addresses that stand anywhere, also in the words and titles of links."""
    told = set(new_items(read_markup(source).links, read_markup(target).links))
    for text in _readings(target):
        if not SIGN_OF_ADDRESS.search(text):
            continue
        plain = _plain(text)
        for match in ADDRESS.finditer(plain):
            address = match[0].rstrip(".,:;!?*_~`)]}。，、；！？》”’")
            is_told = any(address in link or link in address for link in told)
            if not is_told and not _is_known(address.casefold(), _known_addresses(source)):
                told.add(address)
                yield Addition(_not_there("link", address), _span_in(target, text, match, address))
        for match in CALL.finditer(plain):
            if digits(match[0]) not in digits(source) and match[0] not in told:
                told.add(match[0])
                yield Addition(
                    _not_there("link", match[0]), _span_in(target, text, match, match[0])
                )


@lru_cache(maxsize=4)
def _known_addresses(source: str) -> str:
    """Return a source in all its readings."""
    return "\n".join(_plain(text).casefold() for text in _readings(source))


def _readings(text: str) -> Iterator[str]:
    """Yield a text as it is written, as it is printed, and without what nobody sees."""
    shown = shown_text(text)
    return iter(dict.fromkeys((text, shown, HIDDEN.sub("", shown))))


def _plain(text: str) -> str:
    """Return a text with the letters and signs that addresses have, each in its place."""
    plain = FULL_WIDTH_COLON.sub(":", text).translate(FULL_WIDTH)
    return FULL_STOP.sub(".", plain)


def digits(text: str) -> str:
    """Return the digits of a text alone."""
    return "".join(filter(str.isdecimal, text))


WORDS_BEHIND = pattern(r"[;,:!?]*[\u2e80-\u9fff][^./@:\\]*\Z")
"""Chinese goes on right behind an address; a part of one would have a point or slash in it."""

SPACED_COLON = pattern(r":[ \xa0]+")
"""``News: all of it`` may lose its space."""


def _is_known(address: str, known: str) -> bool:
    tight = SPACED_COLON.sub(":", known)
    return any(part in known or part in tight for part in (address, WORDS_BEHIND.sub("", address)))


def _span_in(target: str, text: str, match: re.Match[str], address: str) -> Span | None:
    """Return where an address stands, if it stands letter by letter in the translation."""
    return Span(match.start(), match.start() + len(address)) if text == target else None


# ---------------------------------------------------------------- what a program obeys

HTML_TAG = pattern(
    r"</[A-Za-z][\w-]*(?::[A-Za-z][\w-]*)?\s*>"
    r"|<[A-Za-z][\w-]*(?::[A-Za-z][\w-]*)?(?:\s+[\w:.-]+(?:\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'=<>`]+))?)*\s*/?>"
    r"|<!--|<[?!][A-Za-z\[]",
    re.ASCII,
)
"""``P<0.05`` is no tag, and ``<https://example.org>`` is a link."""
BROKEN_TAG = pattern(
    r"(?i)</?(?:script|style|img|svg|math|iframe|object|embed|link|meta|base|form|input|video|audio"
    r"|template|details|body|html|a)(?=[\s/>]|\Z)"
)
"""A tag that HTML parsers read though nobody closed it."""
TEMPLATE_SYNTAX = pattern(r"\{\{|\}\}|\{%|%\}|\{#|#\}|\$\{|#\{|<%|\{=|\{!!")
PLACEHOLDER = pattern(
    r"\{\{ ?[A-Za-z_][\w.]* ?\}\}|\{[A-Za-z_]\w*\}|%\([A-Za-z_]\w*\)[sd]"
    r"|(?<!\d)%(?:\d\$)?[sd](?![A-Za-z])"
)
"""What programs put values for, as translators write it."""
FORMATTING = pattern(
    r"\{(?!\{)\w*(?:\.\w[^{}]*|\[[^{}]*\]|![rsa]|(?:![rsa])?:[^{}\s]*\d[^{}\s]*)\}"
    r"|\{\d*\}|\{[A-Za-z_]\w*\}"
    r"|%\(\w+\)[-+#0 ]*\d*(?:\.\d+)?[A-Za-z]|(?<!\d)%[-+#0 ]*\d{2,}(?:\.\d+)?[A-Za-z](?![A-Za-z])"
)
"""The same with widths, attributes and conversions, with which a text can do harm."""


def _written(source: str, target: str) -> Iterator[Addition]:
    """Yield tags, template code and formatting as they are written."""
    for pattern_ in (HTML_TAG, BROKEN_TAG, TEMPLATE_SYNTAX, FORMATTING):
        for match in new_matches(pattern_, source, target):
            yield not_in_source(match)


def new_matches(wanted: re.Pattern[str], source: str, target: str) -> Iterator[re.Match[str]]:
    """Yield the places of a pattern in a translation that its source does not have as often."""
    found = [*wanted.finditer(target)]
    known = Counter(match[0] for match in (wanted.finditer(source) if found else ()))
    for match in found:
        known[match[0]] -= 1
        if known[match[0]] < 0:
            yield match


def not_in_source(match: re.Match[str]) -> Addition:
    """Return a piece of a translation as an addition."""
    message = _("“{item}” is not in the source").format(item=match[0].strip())
    return Addition(message, Span(*match.span()))


# ---------------------------------------------------------------- blocks

BLOCK_MARKER = pattern(
    r"\A\s*(?:#{1,6}\s|>(?!\s*\d(?!\d*[年月]))\s?|[-+*]\s(?!\s*\d(?!\d*[年月]))|(\d{1,9})[.)]\s"
    r"|`{3}|~{3}|\[\^?[^\]\s]+\]:\s|:{3}|\|.*\||(?:-{3,}|={3,}|\*{3,}|_{3,}|\+{3,})\s*\Z)"
)
"""``>60岁`` is no quotation, ``> 3月`` is one."""


def _block_markers(source: str, target: str) -> Iterator[Addition]:
    """Yield the mark with which a translation begins like a block of its own."""
    marker = BLOCK_MARKER.match(target)
    if not marker or BLOCK_MARKER.match(source):
        return
    number = marker[1]
    if number is None or number not in re.findall(r"\d+", source):  # July 7: 7. Juli
        yield not_in_source(marker)


# ---------------------------------------------------------------- characters

PILED = pattern(rf"[{COMBINING}]{{5,}}")
MOST_MARKS = 8
"""Marks on one letter: no script piles more, not even Tibetan."""


def _characters(source: str, target: str, lang: str | None) -> Iterator[Addition]:
    """Yield signs that nobody sees, or that smear over the lines around them."""
    for match in new_matches(CONTROL, source, target):
        if not is_tag_of_flag(match):
            message = _("{code} is a control character; delete it")
            yield Addition(message.format(code=_code(match[0])), Span(*match.span()))
    for match in direction_changes(target, lang):
        message = _("{code} turns the writing direction; delete it")
        yield Addition(message.format(code=_code(match[0])), Span(*match.span()))
    piles = (*_piles(target), *(match.span() for match in PILED.finditer(target)))
    longest = max((len(match[0]) for match in PILED.finditer(source)), default=0) if piles else 0
    for start, end in piles:
        if end - start > longest:
            yield Addition(_("Accents are piled up here; delete them"), Span(start, end))


def _hidden(source: str, target: str) -> Iterator[Addition]:
    """Yield what takes no room, or looks like a gap."""
    if not HIDDEN.search(target):
        return
    known = Counter(HIDDEN.findall(source)) | Counter(HIDDEN.findall(shown_text(source)))
    for match in hidden_signs(target, known):
        message = _("{code} is invisible; delete it")
        yield Addition(message.format(code=_code(match[0])), Span(*match.span()))


MAY_PILE = pattern(
    "[\u0300-\u1fff\u20d0-\u2fff\u302a-\u309a\ua66f-\uabff\ufb1e\ufe00-\ufe2f\U000101fd-\U0010ffff]{9}"
)
"""Blocks in which there are marks; few texts have so many signs of them in a row."""


def _piles(text: str) -> Iterator[tuple[int, int]]:
    """Yield where more marks stand on one letter than any script has."""
    if not MAY_PILE.search(text):
        return
    length = 0
    for place, character in enumerate(text):
        length = length + 1 if unicodedata.category(character) in ("Mn", "Me") else 0
        if length == MOST_MARKS + 1:
            yield place - MOST_MARKS, place + 1


def _code(character: str) -> str:
    return f"U+{ord(character):04X}"
