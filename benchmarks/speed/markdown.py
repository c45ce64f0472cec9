"""A Markdown document as scripts of the naive kind read it: front matter, blocks, translations.

Imports markdown-it and polib alone, so that a script that uses it loads nothing else.
"""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import polib
from markdown_it import MarkdownIt
from markdown_it.token import Token

FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n(.*)\Z", re.DOTALL)
FIELD = re.compile(r'^(\w+): "?([^"\n]+)"?$', re.MULTILINE)
FIGURE = re.compile(r'!\[([^]]*)\]\(([^ )]+)(?: "([^"]*)")?\)(?:\n(.+))?\Z')

Translate = Callable[[str], str]


def read_document(path: Path) -> tuple[dict[str, str], str]:
    """Return the fields of one line each, and the text."""
    found = FRONT_MATTER.match(path.read_text("utf-8"))
    head, body = found.groups() if found else ("", "")
    return dict(FIELD.findall(head)), body


def read_translations(path: Path) -> Mapping[str, str]:
    """Return what a catalog says, if there is one."""
    if not path.is_file():
        return {}
    return {entry.msgid: entry.msgstr for entry in polib.pofile(str(path)) if entry.msgstr}


def translated_tokens(parser: MarkdownIt, text: str, translate: Translate) -> list[Token]:
    """Return the blocks of a text, translated; a paragraph with a picture becomes a figure."""
    tokens: list[Token] = []
    for token in parser.parse(text):
        if token.type != "inline":
            tokens.append(token)
        elif found := FIGURE.match(token.content):
            tokens[-1:] = [_figure(found, translate)]
        else:
            content = translate(" ".join(token.content.split("\n")))
            tokens += parser.parseInline(content)
    return [token for place, token in enumerate(tokens) if not _closes_figure(tokens, place)]


def _figure(found: re.Match[str], translate: Translate) -> Token:
    alternative, path, credit, caption = found.groups()
    texts = {"alternative": alternative, "credit": credit, "caption": caption}
    meta = {name: translate(text) if text else "" for name, text in texts.items()}
    return Token("figure", "figure", 0, meta={**meta, "path": path})


def _closes_figure(tokens: list[Token], place: int) -> bool:
    return tokens[place].type == "paragraph_close" and tokens[place - 1].type == "figure"
