"""Characters that another family than the text's own has to lend: they must not move the line.

A family has its own idea of how high and deep a line is. Where a Chinese name or an arrow stands
in an English line, the line would open. An element without height takes no part in that.
"""

from xml.etree.ElementTree import Element

from pubkit.patterns import pattern

# Beyond the letters, marks, figures and currencies that the bundled faces have.
FOREIGN = pattern(r"[^\x00-\u2069\u2070-\u207a\u207c-\u2094€₤₦₩₫₱₹₺₽™−]+")
FLAT = "line-height: 0"
OPAQUE = frozenset({"style", "script", "title", "svg"})


def enclose_foreign(root: Element) -> None:
    """Enclose each run of such characters on a page in a Latin, Greek or Cyrillic script."""
    if root.get("class", "").split(" ")[0] not in ("Latn", "Grek", "Cyrl"):
        return
    for body in root.iter("body"):
        _enclose(body)


def _enclose(element: Element) -> None:
    if element.tag in OPAQUE or not isinstance(element.tag, str) or element.tag.startswith("{"):
        return
    for child in list(element):
        _enclose(child)
        place = list(element).index(child) + 1
        child.tail, spans = _divided(child.tail)
        element[place:place] = spans
    element.text, spans = _divided(element.text)
    element[0:0] = spans


def _divided(text: str | None) -> tuple[str | None, list[Element]]:
    """Return the text before the first run, and an element for each run with what follows it."""
    runs = list(FOREIGN.finditer(text)) if text and not text.isascii() else []
    if not text or not runs:
        return text, []
    ends = [*(run.start() for run in runs[1:]), len(text)]
    spans = []
    for run, end in zip(runs, ends, strict=True):
        span = Element("span", {"style": FLAT})
        span.text, span.tail = run[0], text[run.end() : end]
        spans.append(span)
    return text[: runs[0].start()], spans
