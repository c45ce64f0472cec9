"""Offspring of hostile texts: pieces of the corpus put together anew, and grown from a grammar."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random

from tests.hostile.corpus import BODY, HARMLESS, MANY, Text

PIECES = (
    *("[", "]", "](", ")", "![", "<", ">", "</", "/>", "<!--", "-->", "&", ";", "&#", "&lt;", '"'),
    *("'", "`", "``", "*", "**", "***", "_", "__", "~~", "\\", "\\\n", "\n", "\n\n", "  \n", "|"),
    *("# ", "> ", "- ", "1. ", "---", "```", "[^n1]", "[^", "{{", "}}", "{%", "%}", "{#", "${"),
    *("%(x)s", "{0}", "{x.y}", "https://", "http://", "//", "www.", "evil.example", "/x", "@"),
    *("javascript:", "data:text/html,", "file:///etc/passwd", "mailto:", "tel:", "\\\\", "%5c"),
    *("%2f", "..", "../", "programme", "[programme]", "https://example.org/programme"),
    *("pictures/hall.png", "pictures/other.png", "<script>", "</script>", "</style>", "</title>"),
    *("]]>", "<img src=x onerror=alert(1)>", "<svg onload=x>", "style=", "onclick=", "\u202e"),
    *("\u2067", "\u2069", "\u200b", "\u200f", "\ufeff", "\u0301", "\u2028", "\x07", "\t", "\xa0"),
    *(
        "{SECRET}",
        "{CANARY}",
        "文字",
        "，",
        "。",
        "“",
        "”",
        "（",
        "）",
        "：",
        "／",
        "．",
        "Word ",
        "7",
    ),
)
Mutation = Callable[[str, Random, Sequence[str]], str]


def _insert(text: str, random: Random, _others: Sequence[str]) -> str:
    place = random.randint(0, len(text))
    return text[:place] + random.choice(PIECES) + text[place:]


def _delete(text: str, random: Random, _others: Sequence[str]) -> str:
    place = random.randint(0, len(text))
    return text[:place] + text[place + random.randint(1, 4) :]


def _splice(text: str, random: Random, others: Sequence[str]) -> str:
    other = random.choice(others)
    return text[: random.randint(0, len(text))] + other[random.randint(0, len(other)) :]


def _repeat(text: str, random: Random, _others: Sequence[str]) -> str:
    start = random.randint(0, len(text))
    part = text[start : start + random.randint(1, 6)]
    return text[:start] + part * random.randint(2, 12) + text[start:]


def _wrap(text: str, random: Random, _others: Sequence[str]) -> str:
    before, after = random.choice(
        (
            *(("**", "**"), ("*", "*"), ("`", "`"), ("[", "](x)"), ("![", "](pictures/hall.png)")),
            *(
                ("<", ">"),
                ("[a](", ")"),
                ("[a](<", ">)"),
                ('[a](x "', '")'),
                ("\\", ""),
                ("(", ")"),
            ),
        )
    )
    start, end = sorted((random.randint(0, len(text)), random.randint(0, len(text))))
    return text[:start] + before + text[start:end] + after + text[end:]


def _swap(text: str, random: Random, _others: Sequence[str]) -> str:
    if not text:
        return "文"
    place = random.randrange(len(text))
    sign = chr(ord(text[place]) ^ 1 << random.randint(0, 6))
    return text[:place] + (sign if sign.isprintable() else " ") + text[place + 1 :]


MUTATIONS: tuple[Mutation, ...] = (
    _insert,
    _insert,
    _insert,
    _delete,
    _splice,
    _repeat,
    _wrap,
    _swap,
)
LONGEST = 180
"""What every translation may have, so that its length is not what stops it."""


def grow(random: Random, corpus: Sequence[Text]) -> Text:
    """Return a new text: made of pieces, or a text of the corpus or a good one, changed."""
    others = [text.text for text in corpus]
    kind = random.choice((*BODY, *MANY, "paragraph", "paragraph", "link", "link", "defined"))
    match random.randrange(3):
        case 0:
            made = "".join(random.choice(PIECES) for _ in range(random.randint(1, 14)))
        case 1:
            made = random.choice(others)
        case _:
            made = HARMLESS.get(kind, "无害的文字，见第2页。")
    for _ in range(random.randint(1, 5)):
        made = random.choice(MUTATIONS)(made, random, others)[:LONGEST].strip() or "文字"
    # Only a whole place is filled in; all else of the kind stays as it was written.
    return replace(random.choice(corpus), name="grown", text=made, kind=kind, is_safe=False)
