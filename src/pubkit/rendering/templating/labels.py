"""What templates say by themselves: the labels that stand in their sources.

Reading a source takes longer than making a page of it, so what was found is kept.
"""

import json
from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from pubkit import caches
from pubkit.errors import Location, RenderingError
from pubkit.messages import gettext as _
from pubkit.model import Role, Segment
from pubkit.rendering.templating.files import PAGES, find_template, read_source
from pubkit.rendering.templating.version import engine_version
from pubkit.values import dataclass

if TYPE_CHECKING:
    from jinja2 import nodes

KIND = "template-labels"


def find_labels(
    templates: Path | None = None, *, pages: Iterable[str] = PAGES
) -> tuple[Segment, ...]:
    """Return the labels of the templates in use, in the order in which they stand.

    Args:
        templates: The publisher's own templates.
        pages: The templates of the pages that are made; with all that they build on.

    Raises:
        RenderingError: A template is wrong, or a label's text is not written in the template.
    """
    found = [label for used in _used_templates(templates, pages) for label in used.labels]
    labels: dict[str, Segment] = {}
    for label in found:
        known = labels.setdefault(label.msgid, label)
        if label.comments and not known.comments:
            labels[label.msgid] = label
    return tuple(labels.values())


@dataclass(frozen=True, slots=True)
class _Source:
    """What the source of a template says without being used."""

    labels: tuple[Segment, ...]
    builds_on: tuple[str, ...]
    """The templates that it includes, imports or extends."""


def _used_templates(templates: Path | None, pages: Iterable[str]) -> Iterable[_Source]:
    """Return the templates of pages and all that they build on."""
    used: dict[str, _Source] = {}
    waiting = [*pages]
    while waiting:
        name = waiting.pop(0)
        if name not in used:
            path = find_template(name, templates)
            text = _text_of_none(name) if path is None else read_source(path)
            used[name] = _source(name, text, str(path))
            waiting += used[name].builds_on
    return used.values()


def _text_of_none(name: str) -> str:
    """Raise the error of a template that is missing."""
    from pubkit.rendering.templating.environment import template_errors, template_text

    with template_errors():
        return template_text(name, None)


@lru_cache(maxsize=100)
def _source(name: str, text: str, filename: str) -> _Source:
    """Return what a template says: as it is kept, or read."""
    key = sha256(repr((name, text, engine_version())).encode()).hexdigest()
    data = caches.read_kept(KIND, key)
    if data is not None:
        return _from_json(data)
    source = _read_source(name, text, filename)
    caches.keep(KIND, key, _to_json(source))
    return source


def _read_source(name: str, text: str, filename: str) -> _Source:
    from jinja2 import nodes
    from jinja2.meta import find_referenced_templates

    from pubkit.rendering.templating.environment import parse_template, template_errors

    with template_errors():
        tree = parse_template(text, name=name, filename=filename)
        calls = [call for call in tree.find_all(nodes.Call) if _is_label(call)]
        return _Source(
            labels=tuple(_label_segment(call, name) for call in calls),
            builds_on=tuple(filter(None, find_referenced_templates(tree))),
        )


def _is_label(call: "nodes.Call") -> bool:
    from jinja2 import nodes

    return isinstance(call.node, nodes.Name) and call.node.name == "label"


def _label_segment(call: "nodes.Call", template: str) -> Segment:
    from jinja2 import nodes

    texts = [*call.args, *(keyword.value for keyword in call.kwargs if keyword.key == "comment")]
    values = [text.value for text in texts if isinstance(text, nodes.Const)]
    if len(values) != len(texts) or not values:
        raise RenderingError(
            _("The text of a label must be written in the template"),
            location=Location(template, call.lineno),
            remedy=_('Write label("Some text"), with {name} for what varies').format(name="{name}"),
        )
    msgid, *comments = values
    return _segment(msgid, comments, call.lineno)


def _segment(msgid: str, comments: Iterable[str], line: int) -> Segment:
    return Segment(msgid=msgid, text=msgid, role=Role.LABEL, comments=tuple(comments), line=line)


def _to_json(source: _Source) -> bytes:
    labels = [(label.msgid, label.comments, label.line) for label in source.labels]
    return json.dumps((labels, source.builds_on)).encode()


def _from_json(data: bytes) -> _Source:
    labels, builds_on = json.loads(data)
    return _Source(tuple(_segment(*label) for label in labels), tuple(builds_on))
