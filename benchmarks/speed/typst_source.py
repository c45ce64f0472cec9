"""A document as Typst source, with the same texts, pictures, headings, captions and header."""

import re
import shutil
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from benchmarks.speed.markdown import read_document, read_translations, translated_tokens

HEAD = """\
#set page(paper: "a4", margin: (x: 26mm, top: 28mm, bottom: 26mm),
  header: context if counter(page).get().first() > 1 {{ text(8pt)[{title}] }},
  footer: context text(8pt)[#h(1fr) #counter(page).display("1 / 1", both: true)])
#set text(font: {fonts}, lang: "{lang}", size: 10.5pt)
#set par(justify: true)
#set document(title: [{title}])
#set figure(numbering: none)
#text(20pt, weight: "bold")[{title}]

#text(12pt)[{subtitle}]

"""
MARKS = re.compile(r"([\\*_`$#@<>~\[\]])")
FONTS = '("Noto Serif", "Noto Serif CJK SC")'


def write_source(project: Path, name: str, lang: str, folder: Path) -> Path:
    """Write a document in a language, and the pictures that it shows; return its file."""
    fields, text = read_document(project / "source" / f"{name}.md")
    catalogs = project / "locales" / lang.replace("-", "_") / "LC_MESSAGES"
    texts = read_translations(catalogs / f"{name}.po")
    parser = MarkdownIt("commonmark").enable("table")
    tokens = translated_tokens(parser, text, lambda text: texts.get(text, text))
    title, subtitle = (
        escaped(texts.get(value, value))
        for value in (fields.get("title", ""), fields.get("subtitle", ""))
    )
    head = HEAD.format(title=title, subtitle=subtitle, fonts=FONTS, lang=lang.partition("-")[0])
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "pictures").exists():
        shutil.copytree(project / "source" / "pictures", folder / "pictures")
    path = folder / f"{name}.{lang}.typ"
    path.write_text(head + "".join(map(_markup, _grouped(tokens))), "utf-8")
    return path


def escaped(text: str) -> str:
    """Return a text in which Typst sees no markup."""
    return MARKS.sub(r"\\\1", text)


def _grouped(tokens: list[Token]) -> list[list[Token]]:
    """Return rows of figures, tables, and all else by itself."""
    groups: list[list[Token]] = []
    is_table = False
    for token in tokens:
        joins = is_table or (token.type == "figure" and groups and groups[-1][0].type == "figure")
        if joins:
            groups[-1].append(token)
        else:
            groups.append([token])
        is_table = (is_table or token.type == "table_open") and token.type != "table_close"
    return groups


def _markup(tokens: list[Token]) -> str:
    first = tokens[0]
    match first.type:
        case "figure":
            figures = ", ".join(map(_figure, tokens))
            return f"#grid(columns: {min(len(tokens), 3)}, gutter: 4mm, {figures})\n\n"
        case "table_open":
            cells = [f"[{escaped(cell.content)}]" for cell in tokens if cell.type == "inline"]
            width = sum(token.type == "th_open" for token in tokens)
            return f"#table(columns: {width}, {', '.join(cells)})\n\n"
        case "heading_open":
            return "=" * int(first.tag[1:]) + " "
        case "blockquote_open":
            return "#quote(block: true)[\n"
        case "blockquote_close":
            return "]\n\n"
        case "inline":
            return escaped(first.content)
        case _:
            return "\n\n" if first.type.endswith("_close") else ""


def _figure(token: Token) -> str:
    meta = token.meta
    caption = escaped(" ".join(filter(None, (meta["caption"], meta["credit"]))))
    return f'figure(image("{meta["path"]}", width: 100%), caption: [{caption}])'
