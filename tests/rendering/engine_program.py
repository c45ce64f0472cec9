"""A process that loads the engine, makes PDFs of pages, and tells what it did, as JSON.

python -m tests.rendering.engine_program stock|fast|changed|elsewhere|broken CACHE [PICTURES PAGE…]
"""

import json
import sys
from collections.abc import Iterator
from ctypes import util
from hashlib import sha256
from pathlib import Path
from types import CodeType, SimpleNamespace
from typing import Any

import cffi
import tinycss2

from pubkit import caches
from pubkit.formats.markdown import parse_document
from pubkit.rendering import engine
from pubkit.rendering.loading import default_sheets, version

DOCUMENT = b"---\ntitle: A title\ndate: 2023-07-10\n---\n\nA text.\n"
"""Only what is said of faults depends on it."""
FOUND = (util.find_library, cffi.FFI, tinycss2.parse_stylesheet)


def main(mode: str, cache: str, pictures: str = "", *pages: str) -> None:
    """Do it."""
    caches.keep_in(Path(cache))
    match mode:
        case "stock":
            engine.be_stock()
        case "changed":
            version.MAJOR_VERSION = "1"
        case "elsewhere":
            version.sys = SimpleNamespace(platform="darwin")
        case "broken":
            # What fails last has been preceded by everything else.
            default_sheets._PARTS = ("another",)  # type: ignore[assignment]
    engine.load_engine()
    told = told_of_engine()
    # However it was loaded; in which fonts a stock engine sets a page is another question.
    engine._is_stock = False
    told["pdfs"] = [sha256(made_pdf(Path(page), Path(pictures))).hexdigest() for page in pages]
    print(json.dumps(told))  # noqa: T201


def told_of_engine() -> dict[str, Any]:
    """Return what was loaded, and whether everything that was touched is as before."""
    from weasyprint import html
    from weasyprint.text.ffi import ffi

    return {
        "font tools at once": any(name.startswith("fontTools") for name in sys.modules),
        "declarations read": isinstance(ffi, cffi.FFI),
        "forms waiting": "matcher" not in vars(html.UA_FORM_STYLESHEET),
        "sheets": [list(rules_of(getattr(html, name))) for name in default_sheets._NAMES],
        "counters": sha256(repr(html.UA_COUNTER_STYLE).encode()).hexdigest(),
        "untouched": (util.find_library, cffi.FFI, tinycss2.parse_stylesheet) == FOUND,
    }


def rules_of(sheet: Any) -> Iterator[str]:
    """Yield all rules of a style sheet."""
    for name, table in vars(sheet.matcher).items():
        entries = table.items() if isinstance(table, dict) else [("", table)]
        for key, found in entries:
            if isinstance(found, list):
                for test, *rest in found:
                    yield f"{name} {key} {instructions(test.__code__)} {rest}"
            else:
                yield f"{name} {found}"
    yield repr((sheet.base_url, sheet.page_rules, sheet.layers))


def instructions(code: CodeType) -> tuple[object, ...]:
    """Return what a function does, without where it lies."""
    values = [instructions(it) if isinstance(it, CodeType) else it for it in code.co_consts]
    return code.co_code.hex(), code.co_names, values


def made_pdf(page: Path, pictures: Path) -> bytes:
    """Return the PDF of a page."""
    from pubkit.rendering.pdf import render_pdf

    document = parse_document(DOCUMENT, path="source/report.md", default_lang="en")
    return render_pdf(page.read_text("utf-8"), document=document, pictures=pictures)


main(*sys.argv[1:])
