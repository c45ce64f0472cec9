r"""Line breaks of a source text: which of them mean something.

An author's editor breaks lines where it likes. Such a soft break becomes a space, or nothing
where the script has no spaces; a hard break, two spaces or a backslash at the end of a line,
becomes ``\`` and a newline.
"""

from collections.abc import Mapping, Sequence

from markdown_it import MarkdownIt

from pubkit.formats.markdown.comments import BEGIN, without_comments
from pubkit.formats.markdown.dialect import scan_text
from pubkit.formats.markdown.east_asian import is_east_asian, is_full_width_punctuation
from pubkit.formats.markdown.emphasis import SHARED_MARKS
from pubkit.patterns import pattern


def join_lines(text: str, parser: MarkdownIt, env: Mapping[str, object]) -> str:
    """Return a text as translators shall see it: on one line, without the author's comments.

    Where that would change what is printed (a code span over two lines that ends the first with
    a backslash, say), the text is kept as it is.
    """
    text = text.strip()
    if "\n" not in text and BEGIN not in text:
        return text
    joined = _join(without_comments(text).strip().split("\n"))
    if _has_only_other_spaces(joined, text) or not any(mark in text for mark in MARKS):
        return joined
    is_same = _printed(joined, parser, env) == _printed(text, parser, env)
    return joined if is_same else text


def _has_only_other_spaces(joined: str, text: str) -> bool:
    """Tell without parsing of most texts that they are printed alike.

    For all inline Markdown one space is as good as another, or as a soft line break.
    """
    return not NOT_PLAIN.search(text) and joined.split() == text.split()


NOT_PLAIN = pattern(r"<|(?:\\| {2}|\n)[ \t]*\n")
"""What may be more than a soft line break; addresses and tags are not looked at so closely."""


MARKS = "`<[*_~"
"""What begins inline Markdown that can span lines."""


def _printed(text: str, parser: MarkdownIt, env: Mapping[str, object]) -> str:
    tokens = scan_text(text, parser, env)
    return "".join(parser.renderer.render(tokens, parser.options, {}).split())


def _join(lines: Sequence[str]) -> str:
    parts: list[str] = []
    for line, following in zip(lines, (*lines[1:], ""), strict=True):
        text = line.strip()
        if not following:
            parts.append(text)
        elif line.endswith("  "):
            parts.append(text + "\\" * _ends_with_escape(text) + "\\\n")
        elif _ends_with_escape(text):
            parts.append(text + "\n")
        else:
            parts.append(text + _link(text, following.lstrip()))
    return "".join(parts)


def _ends_with_escape(line: str) -> bool:
    return (len(line) - len(line.rstrip("\\"))) % 2 == 1


def _link(before: str, after: str) -> str:
    """Return what a soft line break between two lines becomes.

    Source:
        CSS Text Module Level 4, 4.1.3 "Segment Break Transformation Rules".
    """
    last, first = _last_letter(before), _first_letter(after)
    is_unspaced = _has_no_spaces(last) and _has_no_spaces(first)
    has_own_space = is_full_width_punctuation(last) or is_full_width_punctuation(first)
    return "" if is_unspaced or has_own_space else " "


OPENING = pattern(r"[*_~\[]*")
CLOSING = pattern(r"(?:\]\([^()\s]*\)|[*_~])*\Z")


def _last_letter(line: str) -> str:
    """Return the last character that says in which script a line ends."""
    end = CLOSING.search(line[-LOOK:])
    text = line[-LOOK:][: end.start()] if end else line
    return next((letter for letter in reversed(text) if letter not in SHARED_MARKS), " ")


def _first_letter(line: str) -> str:
    """Return the first character that says in which script a line begins."""
    start = OPENING.match(line)
    text = line[start.end() if start else 0 :][:LOOK]
    return next((letter for letter in text if letter not in SHARED_MARKS), " ")


LOOK = 200
"""How far a letter is looked for beside a line break; link targets may be long."""


def _has_no_spaces(letter: str) -> bool:
    """Tell whether the script runs on without spaces; Korean does not."""
    return is_east_asian(letter) and not HANGUL.match(letter)


HANGUL = pattern("[\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff\uffa0-\uffdc]")
