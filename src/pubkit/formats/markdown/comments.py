"""Comments, ``<!-- … -->``: read wherever they stand, and never printed.

Source:
    CommonMark 0.31.2, 4.6 "HTML blocks", start condition 2, and 6.6 "Raw HTML".
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline

BEGIN, END = "<!--", "-->"


def comments(parser: "MarkdownIt") -> None:
    """Teach a parser to read comments as hidden tokens."""
    parser.block.ruler.before(
        "paragraph", "comment", comment_block, {"alt": ["paragraph", "reference", "blockquote"]}
    )
    parser.inline.ruler.before("autolink", "comment", comment_inline)


def find_end(text: str, start: int, end: int | None = None) -> int:
    """Return where the comment that begins at ``start`` ends, or -1.

    ``<!-->`` is a whole comment, hence the overlap.
    """
    found = text.find(END, start + 2, end)
    return found + len(END) if found >= 0 else -1


def without_comments(text: str) -> str:
    """Return the text without its comments, and without the spaces that stood around them."""
    parts, position = [""], 0
    while (start := text.find(BEGIN, position)) >= 0 and (end := find_end(text, start)) >= 0:
        parts.append(_after(parts[-1], text[position:start]))
        position = end
    parts.append(_after(parts[-1], text[position:]))
    return "".join(parts)


def _after(before: str, part: str) -> str:
    return part.lstrip(" ") if before.endswith(" ") else part


def comment_block(state: "StateBlock", start_line: int, end_line: int, silent: bool) -> bool:
    """Read a comment that begins a line, up to the line on which it ends.

    What follows it on its last line begins a block of its own; a comment of one line with text
    behind it belongs to the paragraph that it begins.
    """
    begin = state.bMarks[start_line] + state.tShift[start_line]
    if state.is_code_block(start_line) or not state.src.startswith(BEGIN, begin):
        return False
    end = _end_in_block(state, begin, state.eMarks[end_line - 1])
    if end < 0:
        return False
    last_line = _line_of(state, end, start_line)
    rest = state.src[end : state.eMarks[last_line]]
    is_whole = not rest.strip()
    if not is_whole and last_line == start_line:
        return False
    if not silent:
        _push(state, start_line, last_line, state.src[begin:end])
        state.line = last_line + 1 if is_whole else last_line
        if not is_whole:
            _begin_line_at(state, last_line, end)
    return True


LAST_END = "last end of a comment"


def _end_in_block(state: "StateBlock", begin: int, limit: int) -> int:
    # One search backwards spares hostile text a search forwards from each of its lines.
    if LAST_END not in state.env:
        state.env[LAST_END] = state.src.rfind(END)
    return find_end(state.src, begin, limit) if begin < state.env[LAST_END] else -1


def _line_of(state: "StateBlock", position: int, line: int) -> int:
    while state.eMarks[line] < position:
        line += 1
    return line


def _push(state: "StateBlock", start_line: int, last_line: int, comment: str) -> None:
    token = state.push("comment", "", 0)
    token.map = [start_line, last_line + 1]
    token.content = _content(comment)
    token.hidden = True


def _begin_line_at(state: "StateBlock", line: int, position: int) -> None:
    rest = state.src[position : state.eMarks[line]]
    state.bMarks[line] = position
    state.tShift[line] = len(rest) - len(rest.lstrip())
    state.sCount[line] = state.blkIndent


def comment_inline(state: "StateInline", silent: bool) -> bool:
    """Read a comment within a text."""
    if not state.src.startswith(BEGIN, state.pos):
        return False
    end = _end_in_text(state)
    if end < 0:
        return False
    if not silent:
        token = state.push("comment", "", 0)
        token.content = _content(state.src[state.pos : end])
        token.hidden = True
    state.pos = end
    return True


NO_END = -1
"""The key, among positions in the state's cache, of the place after which no comment ends."""


def _end_in_text(state: "StateInline") -> int:
    if state.pos >= state.cache.get(NO_END, len(state.src)):
        return -1
    end = find_end(state.src, state.pos, state.posMax)
    if end < 0 and state.posMax == len(state.src):
        state.cache[NO_END] = state.pos
    return end


def _content(comment: str) -> str:
    return comment[len(BEGIN) : -len(END)].strip()
