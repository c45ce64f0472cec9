"""The template of a document: what is to be translated, in the order of the document."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pubkit.model import Catalog, Entry, Key, Segment
from pubkit.translation.header import make_header


def make_template(
    segments: Iterable[Segment], *, reference: str, project: str, created: str
) -> Catalog:
    """Return the template of a document: one entry for each different segment, in order.

    Args:
        segments: What is to be translated.
        reference: The source file that every entry names; without line numbers, which would
            change with every paragraph that is inserted.
        project: The value of ``Project-Id-Version``.
        created: The value of ``POT-Creation-Date``.
    """
    groups: dict[Key, list[Segment]] = {}
    for segment in segments:
        groups.setdefault(segment.key, []).append(segment)
    entries = tuple(_entry(group, reference) for group in groups.values())
    return Catalog(entries=entries, header=make_header(project=project, created=created))


def _entry(segments: Sequence[Segment], reference: str) -> Entry:
    roles = ", ".join(dict.fromkeys(str(segment.role) for segment in segments))
    comments = dict.fromkeys(comment for segment in segments for comment in segment.comments)
    return Entry(
        msgctxt=segments[0].msgctxt,
        msgid=segments[0].msgid,
        extracted_comments=(roles, *comments),
        references=(reference,),
    )


def update_template(old: Catalog | None, new: Catalog) -> Catalog:
    """Return the new template, or the old one if its messages are the same.

    Law: a template changes, its creation date included, only when its messages do.
    """
    if old is None:
        return new
    if old.entries == new.entries:
        return old
    return replace(old, entries=new.entries, header=new.header, tail="")
