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
