"""What a translation may not add: each fault beside the nearest text that is fine."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubkit.errors import RenderingError
from pubkit.formats.markdown import find_additions
from pubkit.formats.markdown.additions import SIGNS, looked_up_additions
from pubkit.formats.markdown.hidden import prints_something
from pubkit.formats.markdown.inline_html import is_address, verified

LINK = "See [a](https://a.example) and [b](https://b.example)."
UNSEEN = "\xad\u180e\u200b\u200d\u2063\u2800\u3164\ufe0f\uffa0"
PAIRS = [
    # source, an addition, the nearest good one
    ("Hello", "[你好](https://x.example)", "你好"),
    ("Hello", "见www.12321.中国", "见12321中国"),
    ("Hello", "_\xad_", "_你好_"),
    ("Hello", "___", "_你好_"),
    ("Hello", "*" * 60 + "你好" + "*" * 60, "***你好***"),
    (LINK, "见[甲](https://a.example)、[乙](https://c.example)。", "见[乙](https://b.example)、[甲](https://a.example)。"),
    ("See https://a.example/x.", "见https://a.example/y。", "见https://a.example/x。"),
    ("See https://a.example, then go.", "见https://a.example.中国；去。", "见https://a.example；去。"),
    ("See https://a.example/x.", "访问https://a.example/x了解a.b", "访问https://a.example/x了解AI"),
    ("Run `https://a.example`.", "运行`https://b.example`后", "运行`https://a.example`后"),
    ("See [a.example](https://a.example).", "见[b.example](https://a.example)。", "见[a.example](https://a.example)。"),
    ("Hello", "你好<b>吗</b>", "你好<3"),
    ("P < 0.05", "P<script>", "P<0.05"),
    ("Hello {name}", "{name}{age}", "{name}你好"),
    ("50 %", "50%(x)99999s", "50%(x)"),
    ("Hello", "# 你好", "#你好"),
    ("Hello", "1. 你好", "1.5倍"),
    ("July 7", "8. 你好", "7. Juli"),
    ("Text[^1].", "文[^1]字[^1]", "文字[^1]"),
    ("Text[^1].", "文字[^2]", "文字[^1]"),
    ("Hello", "~~你好~~", "~你好~"),
    ("Hello", "你好\u202e", "你好。"),
    ("Hello", "a" + "\u0301" * 5, "a\u0301\u0302"),
    ("Hello", "&#x202e;你好", "&amp;你好"),
    ("Hello", "www\\.x.example", "www"),
    ("Hello", "https&#58;//x.example", "https"),
    ("Hello", "w<!-- -->ww", "www"),
    ("Hello", "\u200b", "。"),
    ("Hello", "![你好]()", "!你好()"),
    ("See [a][b].", "见![甲][b]。", "见[甲][b]！"),
    ("See [a].", "见[甲][a]、[乙][a]。", "见[甲][a]。"),
    ("Hello[^1]", "![^1]你好![^1]", "你好![^1]"),
    ("Hello", "[你好]()", "[你好]"),
    ("Hello", "见///evil.com/x", "见//甲"),
    ("Hello", "见evil。com/x", "他读过MIT。com"),
    ("Hello", "见evil.com。cn/x", "北京大学。The/x"),
    ("Hello", "见evil.中国/x", "标题：中国/美国"),
    ("Hello", "见北京.com/x", "以.com/.cn结尾"),
    ("Hello", "见evil.com#x", "见JD.com"),
    ("Hello", "见JD.com:8080", "JD.com：2024年"),
    ("Hello", "见evil.com?x=1", "你用JD.com？AI好"),
    ("Hello", "见192.168.0.1/admin", "见v1.2.3/admin"),
    ("192.168.0.1", "见192.168.0.2", "见192.168.0.1。"),
    ("Of (192.168.0.0/24)", "的（10.0.0.0/24）的", "的（192.168.0.0/24）的"),
    ("Hello 30.11.2026", "1.2.3.4", "30.11.2026，3.5"),
    ("Hello", "magnet:?xt=urn:btih:abc", "Magnet：什么"),
    ("Hello", "skype:abc?call", "Skype：abc"),
    ("News: all of it", "news:evil", "News:all"),
    ("Tel: +86 755 2603 0000", "tel:+8613800138000", "Tel:+86-755-2603-0000"),
    ("Hello", "sms:+8613800138000", "电话：+86 755 2603 0000"),
    ("Hello", "bitcoin:1abc", "比特币:1abc"),
    ("ISO 9001:2015 at 10:30", "10.0.0.1:30", "ISO 9001:2015，10:30，比分：2:1"),
    ("Hello", "evil\u200b.com/x", "evil.com"),
    ("a\u200bb e\u200bf", "e\u200bvil.c\u200bom/x", "a\u200bb\u200b"),
    *(("Hello", f"你{sign}好", "你 好") for sign in UNSEEN),
    ("Hello", "你\U000e0100\U000e0101好", "葛\U000e0100城"),
    ("Hello ☺", "你好☺\ufe0f\ufe0f", "你好☺\ufe0f，1\ufe0f\u20e3"),
    ("Hello", "你\u200d好👩", "👩\u200d💻，❤\ufe0f\u200d🔥，👩🏽\u200d💻"),
    ("Hello", "inter\xadnational", "international"),
    ("inter\xadnational", "你\xad好\xad吗", "Inter\xadnatio\xadnale"),
    ("a\u200bb", "你\u200b\u200b好", "你\u200b好"),
    ("Hello", "a\u200cb", "می\u200cخواهم，क्\u200dष，ไทย\u200bไทย，ក\u200bខ"),
    ("Hello", "a\u180bb", "ᠠ\u180bᠨ\u180eᠠ"),
    ("Hello", "你&shy;好", "你&amp;shy好"),
    ("a&shy;b", "你&#x200b;好", "a\xadb"),
    (LINK, "[](https://a.example)详情[乙](https://b.example)", "[甲](https://a.example)[乙](https://b.example)"),
    (LINK, "[ ](https://a.example)见[乙](https://b.example)", "[**甲**](https://a.example)"),
    (LINK, "[&nbsp;](https://a.example)见", "[&amp;](https://a.example)见"),
    ("See [a][b].", "见[ ][b]。", "见[甲][b]。"),
    ("See [](https://a.example).", "[](https://a.example)[ ](https://a.example)", "[](https://a.example)。"),
    ("Hello", "`code`故事", "code故事"),
    ("Run `make`, then make it.", "运行`make`，再`运行`", "运行`make`，再`make`"),
    ("Run `make` in `src`.", "运行`make`、`src`、`x`", "在`src`中运行`make`"),
    ("Hello", "****" * 4 + "你好" + "****" * 4, "***你好***"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "bad", "good"), PAIRS)
def test_additions_are_found_and_words_are_not(source: str, bad: str, good: str) -> None:
    """The first translation is refused, the second one is a matter of checks at most."""
    assert list(find_additions(source, bad, lang="zh"))
    assert list(find_additions(source, good, lang="zh")) == []


@given(st.text("aw１1.．)-+=*_~:/ \n\t#|>!^'\"%xX\xad\xa0你。：　\u3000\u200b", max_size=14))
def test_without_a_sign_nothing_is_added(text: str) -> None:
    """Most translations have none, and are not looked at further."""
    if not SIGNS.search(text) and prints_something(text):
        assert list(looked_up_additions("Hello", text, lang="zh")) == []


def test_directions_belong_to_scripts_that_run_from_the_right() -> None:
    """Isolates that are ended may stand in Arabic and Hebrew; overrides nowhere."""
    isolate, override = "\u2067PKU\u2069", "\u202ePKU\u202c"

    assert list(find_additions("PKU", isolate, lang="ar")) == []
    assert list(find_additions("PKU", isolate, lang="zh"))
    assert list(find_additions("PKU", isolate[:-1], lang="he"))
    assert list(find_additions("PKU", "\u2069PKU\u2067", lang="fa"))
    assert list(find_additions("PKU", override, lang="ar"))


@given(st.text())
def test_text_adds_nothing_to_itself(text: str) -> None:
    """What the source has may stand in its translation."""
    assert list(find_additions(text, text, lang="zh")) == []


@given(st.text(alphabet=st.sampled_from("ab字。*_[]()<>!&;#{}%\\`~/:.@ \n\"'-1"), max_size=60))
def test_span_of_an_addition_lies_in_the_translation(text: str) -> None:
    """Editors show what is meant."""
    for addition in find_additions("Hello", text, lang="zh"):
        if addition.span:
            assert 0 <= addition.span.start < addition.span.end <= len(text)


# ---------------------------------------------------------------- the proof of the HTML


@pytest.mark.parametrize(
    "html",
    [
        "plain &lt;b&gt; text",
        '<em>a</em> <a href="https://a.example/?a=1&amp;b=2" title="&quot;x&quot;">a</a><br />\nb',
        '<span class="untranslated" lang="en">a</span> <s>b</s> <code>&lt;c&gt;</code>',
        '<img src="../pictures/a.png" alt="&quot;" width="3" height="2" loading="lazy" />',
        '\ufeff\ufeff<em>a</em>\r\n<sup class="x"><a href="#fn1" id="fnref1">[1]</a></sup>',
    ],
)
def test_html_of_a_text_is_handed_on_as_it_is(html: str) -> None:
    """The sanitizer asserts; it never cleans."""
    assert verified(html) == html


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        '<em onclick="x">a</em>',
        '<a href="javascript:x">a</a>',
        '<a href="https://a.example" rel="attachment">a</a>',
        '<img src="data:image/png;base64,AA" alt="">',
        '<span style="position:fixed">a</span>',
        "<em>a",
        "<p>a</p>",
        "a<!-- b -->",
        "<svg></svg>",
    ],
)
def test_html_that_no_text_can_have_is_a_fault_of_pubkit(html: str) -> None:
    """No page is made of it."""
    with pytest.raises(RenderingError, match="internal fault"):
        verified(html)


@pytest.mark.parametrize("address", ["http://:1[:", "https://", "javascript:x", "data:,"])
def test_address_that_browsers_do_not_read_is_none(address: str) -> None:
    """A link to it would be dropped, or read in another way."""
    assert not is_address(address)
    assert is_address("https://a.example/路径?x=1#y")
