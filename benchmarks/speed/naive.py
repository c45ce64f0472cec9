"""What a good script makes in an afternoon: markdown-it, polib, Jinja2 and WeasyPrint as they are.

::

    python -m benchmarks.speed.naive job.json [LANG DOCUMENT]...

One layout, no walls, no proof. The template and the style sheets of a job are made beforehand.
"""

import json
import sys
from itertools import groupby
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

from benchmarks.speed.markdown import read_document, read_translations, translated_tokens


def main() -> None:
    """Make the editions that are named, or all of the job."""
    job = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    pairs = list(zip(sys.argv[2::2], sys.argv[3::2], strict=True)) or job["editions"]
    for lang, name in pairs:
        make_edition(job, name, lang)


def make_edition(job: dict[str, Any], name: str, lang: str) -> None:
    """Write the page of a document in a language, and, if it is wanted, its PDF."""
    project, out = Path(job["project"]), Path(job["out"]) / lang
    html = page(job, project, name, lang)
    out.mkdir(parents=True, exist_ok=True)
    (out / f"{name}.html").write_text(html, "utf-8")
    if job["is_printed"]:
        from weasyprint import HTML

        base = f"{(project / 'source').as_uri()}/"
        document = HTML(string=html, base_url=base)
        document.write_pdf(out / f"{name}.pdf", stylesheets=job["sheets"][lang], **job["options"])


def page(job: dict[str, Any], project: Path, name: str, lang: str) -> str:
    """Return the page of a document in a language."""
    head, text = read_document(project / "source" / f"{name}.md")
    folder = project / "locales" / lang.replace("-", "_") / "LC_MESSAGES"
    texts = read_translations(folder / f"{name}.po")
    fields = {field: texts.get(value, value) for field, value in head.items()}
    parser = MarkdownIt("commonmark").enable("table")
    tokens = translated_tokens(parser, text, lambda text: texts.get(text, text))
    template = Path(job["templates"][lang]).read_text("utf-8")
    environment = Environment(autoescape=True)
    return environment.from_string(template).render(fields, body=body(parser, tokens, fields))


def body(parser: MarkdownIt, tokens: list[Token], fields: dict[str, str]) -> Markup:
    """Return the blocks of a text as HTML: figures in rows, the dateline before the text."""
    html, is_first = "", True
    for is_row, group in groupby(tokens, lambda token: token.type == "figure"):
        if not is_row:
            html += parser.renderer.render(list(group), parser.options, {})
            continue
        figures = [_figure(token.meta) for token in group]
        kind = "hero" if is_first else f"of-{min(len(figures), 3)}"
        html, is_first = f'{html}<div class="figures {kind}">{"".join(figures)}</div>\n', False
    dateline = f'<span class="dateline">{escape(fields.get("dateline", ""))}</span> — '
    return Markup(html.replace("<p>", f'<p class="lead">{dateline}', 1))  # noqa: S704


def _figure(meta: dict[str, str]) -> str:
    alternative, caption, credit = (
        escape(meta[name]) for name in ("alternative", "caption", "credit")
    )
    thanks = f' <span class="credit">{credit}</span>' if credit else ""
    return (
        f'<figure style="--ratio: 1.5; --width: 1600px"><img src="{meta["path"]}"'
        f' alt="{alternative}"><figcaption>{caption}{thanks}</figcaption></figure>'
    )


if __name__ == "__main__":
    main()
