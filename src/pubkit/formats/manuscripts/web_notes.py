"""The footnotes of a page of the web: a mark and a note that link to one another."""

from pubkit.formats.manuscripts.trees import ancestors, drop, every, replace_by
from pubkit.formats.xml import Element, add_element, full_text

LONGEST_MARK = 5
"""Signs of a mark, such as ``[12]``."""
BODIES = ("li", "p", "dd")


def mark_notes(content: Element) -> frozenset[str]:
    """Make of marks and notes what pandoc reads as such; return where their links lead.

    LibreOffice, Word, wikis and converters of Markdown name them in ways of their own; what they
    have in common is that the mark leads to the note, and the note back to the mark.
    """
    named = _named(content)
    links = [link for link in every(content, "a") if (link.get("href") or "").startswith("#")]
    pairs: list[tuple[Element, Element]] = []
    bodies: set[Element] = set()
    ways: dict[Element, set[str]] = {}
    for link in links:
        if not bodies.isdisjoint(ancestors(link)):
            continue  # the way back
        body = _body(named.get(_target(link)))
        if body is not None and _leads_back(body, link, ways):
            pairs.append((link, body))
            bodies.add(body)
    marks = {name for link, _note in pairs for name in _names(link)}
    hrefs = {f"#{name}" for name in marks} | {str(link.get("href")) for link, _note in pairs}
    numbers: dict[Element, str] = {}
    for link, body in pairs:
        number = numbers.setdefault(body, f"note-{len(numbers) + 1}")
        _make_mark(link, number)
    for body, number in numbers.items():
        _make_note(content, body, number, marks)
    return frozenset(hrefs)


def _named(content: Element) -> dict[str, Element]:
    found: dict[str, Element] = {}
    for element in content.iter("*"):
        for name in (element.get("id"), element.get("name")):
            if name:
                found.setdefault(name, element)
    return found


def _target(link: Element) -> str:
    return (link.get("href") or "")[1:]


def _body(target: Element | None) -> Element | None:
    """Return the note at which a link leads: an item, a paragraph, or a division of its own."""
    if target is None or target.tag in ("li", "aside", "div"):
        return target
    around = [target, *ancestors(target)][:4]
    divisions = [e for e in around if e.tag == "div" and _is_of_note(e.get("id") or "")]
    rows = [e for e in around if e.tag in BODIES]
    return next(iter(divisions + rows), None)


def _is_of_note(name: str) -> bool:
    return name.startswith(("sdfootnote", "sdendnote", "ftn", "edn"))


def _names(link: Element) -> set[str]:
    """Return the names of a mark and of the raised letters in which it stands."""
    parent = link.getparent()
    found = {link.get("id"), link.get("name")}
    if parent is not None and parent.tag in ("sup", "span"):
        found.add(parent.get("id"))
    return {name for name in found if name}


def _leads_back(body: Element, link: Element, ways: dict[Element, set[str]]) -> bool:
    text = full_text(link).strip()
    if not 0 < len(text) <= LONGEST_MARK or body in [*ancestors(link)]:
        return False
    if body not in ways:
        ways[body] = {_target(back) for back in every(body, "a")}
    return not ways[body].isdisjoint(_names(link))


def _make_mark(link: Element, number: str) -> None:
    parent = link.getparent()
    if parent is not None and parent.tag == "sup" and full_text(parent) == full_text(link):
        link.tail = None
        replace_by(parent, [link])
    link.set("type", "noteref")
    link.set("href", f"#{number}")


def _make_note(content: Element, body: Element, number: str, marks: set[str]) -> None:
    """Put a note, without its way back, behind the text."""
    for back in every(body, "a"):
        if _target(back) in marks:
            parent = back.getparent()
            is_alone = parent is not None and full_text(parent) == full_text(back)
            drop(parent if is_alone and parent is not None and parent is not body else back)
    rows = body.getparent()
    drop(body)
    if rows is not None and rows.tag in ("ol", "ul") and not len(rows):
        _drop_with_rule(rows)
    note = add_element(content, "div", {"type": "footnote", "id": number})
    if body.tag == "p":
        body.tail = None
        note.append(body)
        return
    note.text = body.text
    note.extend(list(body))


def _drop_with_rule(rows: Element) -> None:
    """Take out a list of notes, and the line that parts it from the text."""
    before = rows.getprevious()
    if before is not None and before.tag == "hr":
        drop(before)
    drop(rows)
