"""The style sheets that WeasyPrint gives every page: one of them kept, two read when asked for.

WeasyPrint reads three at its start, which takes 70 ms. The first one is kept as it was read, its
selectors as the code that they were compiled to; those for forms and for old HTML are read when
a page wants them.
"""

import marshal
import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from types import FunctionType
from typing import Any

from pubkit import caches
from pubkit.rendering.loading.changed import ChangedError

KIND = "default-sheets"
_NAMES = {"UA_STYLESHEET": "UA", "UA_FORM_STYLESHEET": "UA_FORM", "PH_STYLESHEET": "PH"}
_PARTS = ("base_url", "matcher", "page_rules", "layers")
_TABLES = (
    "id_selectors", "class_selectors", "lower_local_name_selectors", "namespace_selectors",
    "lang_attr_selectors", "other_selectors", "order",
)  # fmt: skip


@contextmanager
def no_default_sheets() -> Iterator[None]:
    """Let style sheets have no rules; ``load_default_sheets`` gives them theirs."""
    import tinycss2

    original, tinycss2.parse_stylesheet = tinycss2.parse_stylesheet, lambda _text: []
    try:
        yield
    finally:
        tinycss2.parse_stylesheet = original


def load_default_sheets(key: str) -> None:
    """Give WeasyPrint's style sheets their rules: from what is kept, or when they are asked for.

    Raises:
        ChangedError: They are others than those that are known here.
    """
    from weasyprint import html

    _verify(html)
    if not _restore(html, caches.read_kept(KIND, key)):
        html.CSS.__init__(html.UA_STYLESHEET, string=html.UA, counter_style=html.UA_COUNTER_STYLE)
        caches.keep(KIND, key, _dump(html))
    _defer(html.UA_FORM_STYLESHEET, string=html.UA_FORM, counter_style=html.UA_COUNTER_STYLE)
    _defer(html.PH_STYLESHEET, string=html.PH)


def _verify(html: Any) -> None:
    found = {name for name, value in vars(html).items() if isinstance(value, html.CSS)}
    sheets = [getattr(html, name) for name in _NAMES if name in found]
    if (
        found != {*_NAMES}
        or any(tuple(vars(sheet)) != _PARTS or sheet.matcher.order for sheet in sheets)
        or any(set(vars(sheet.matcher)) != {*_TABLES} for sheet in sheets)
        # They would be lost: only the first sheet's are waited for.
        or "@counter-style" in html.UA_FORM + html.PH
    ):
        raise ChangedError("default style sheets")


def _defer(sheet: Any, **arguments: Any) -> None:
    """Let a style sheet read its rules when it is asked for any part of it."""
    original: Any = type(sheet)

    class Waiting(original):  # type: ignore[misc]
        def __getattr__(self, name: str) -> Any:
            if name not in _PARTS:
                raise AttributeError(name)
            self.__class__ = original
            original.__init__(self, **arguments)
            return getattr(self, name)

    for name in _PARTS:
        delattr(sheet, name)
    sheet.__class__ = Waiting


# ---------------------------------------------------------------- what is kept


def _dump(html: Any) -> bytes:
    """Return the first sheet as bytes; functions are code, and numbers where they are used."""
    sheet, codes = html.UA_STYLESHEET, []

    def numbered(entry: tuple[Any, ...]) -> tuple[Any, ...]:
        codes.append(entry[0].__code__)
        return (len(codes) - 1, *entry[1:])

    tables = {name: _mapped(getattr(sheet.matcher, name), numbered) for name in _TABLES}
    parts = (sheet.base_url, tables, sheet.page_rules, sheet.layers, dict(html.UA_COUNTER_STYLE))
    return marshal.dumps((marshal.dumps(codes), pickle.dumps(parts)))


def _restore(html: Any, data: bytes | None) -> bool:
    if data is None:
        return False
    from cssselect2.compiler import ascii_lower, split_whitespace, urlparse

    names = {"split_whitespace": split_whitespace, "ascii_lower": ascii_lower, "urlparse": urlparse}
    codes, parts = marshal.loads(data)  # noqa: S302
    tests = [FunctionType(code, names) for code in marshal.loads(codes)]  # noqa: S302
    sheet = html.UA_STYLESHEET
    sheet.base_url, tables, sheet.page_rules, sheet.layers, counters = pickle.loads(parts)  # noqa: S301
    for name, table in tables.items():
        tested = _mapped(table, lambda entry: (tests[entry[0]], *entry[1:]))
        setattr(sheet.matcher, name, tested)
    html.UA_COUNTER_STYLE.update(counters)
    return True


def _mapped(table: Any, change: Any) -> Any:
    """Return a table of a matcher with its entries changed; one of them is just a number."""
    match table:
        case dict():
            return {name: [change(entry) for entry in entries] for name, entries in table.items()}
        case list():
            return [change(entry) for entry in table]
        case _:
            return table
