"""Emphasis beside Chinese, Japanese and Korean text.

CommonMark decides by white space and punctuation whether ``**`` opens or closes. Chinese has no
spaces, so ``**“协会”**成立`` would print its asterisks. Beside East Asian text, punctuation does
therefore not count against a delimiter; all other text keeps the rule.

Source:
    CommonMark 0.31.2, 6.2 "Emphasis and strong emphasis".
"""

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token
from markdown_it.utils import EnvType

from pubkit.formats.markdown.east_asian import is_east_asian, is_punctuation


class EastAsianInline(ParserInline):
    """Inline parser whose emphasis works in Chinese, Japanese and Korean text."""

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        """Parse one run of text."""
        state = _EastAsianState(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


class _EastAsianState(StateInline):
    """The state of an inline parser, with CommonMark's flanking rule extended."""

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803
        """Tell whether the delimiters at ``start`` can open or close emphasis."""
        scanned = super().scanDelims(start, canSplitWord)
        end = start + scanned.length
        if not (self._is_east_asian(start - 1, -1) or self._is_east_asian(end, +1)):
            return scanned
        before = self.src[start - 1] if start else " "
        after = self.src[end] if end < self.posMax else " "
        left, right = not after.isspace(), not before.isspace()
        if canSplitWord:
            return Scanned(left, right, scanned.length)
        return Scanned(
            left and (not right or is_punctuation(before)),
            right and (not left or is_punctuation(after)),
            scanned.length,
        )

    def _is_east_asian(self, position: int, step: int) -> bool:
        """Tell whether the text here is East Asian; marks shared with other scripts do not say."""
        while 0 <= position < self.posMax and self.src[position] in SHARED_MARKS:
            position += step
        return 0 <= position < self.posMax and is_east_asian(self.src[position])


SHARED_MARKS = frozenset("“”‘’—…·()[]\"'")
"""Punctuation of Chinese text that English text has, too."""
