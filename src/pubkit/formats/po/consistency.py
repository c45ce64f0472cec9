"""What the entries of one file must not contradict: one another, and themselves."""

from collections.abc import Iterable, Iterator, Sequence

from pubkit.formats.po.decoding import PoText
from pubkit.messages import gettext as _
from pubkit.model import Entry


def check_duplicates(entries: Sequence[Entry], source: PoText) -> None:
    """Check that no text has two entries, be it that one of them is obsolete.

    Raises:
        CatalogError: Two entries have the same msgctxt and msgid.
    """
    if len({(entry.msgctxt, entry.msgid) for entry in entries}) == len(entries):
        return
    seen: dict[tuple[str | None, str], Entry] = {}
    for entry in entries:
        first = seen.setdefault(entry.key, entry)
        if first is not entry:
            raise source.fault_on_line(
                entry.line,
                _("The text “{msgid}” has an entry already, on line {line}.").format(
                    msgid=_shorten(entry.msgid), line=first.line
                ),
                _("Keep the better one of the two translations and delete the other entry."),
            )


def _shorten(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"


def check_line_breaks(entries: Iterable[Entry], source: PoText) -> None:
    r"""Check that a finished translation begins and ends with ``\n`` where its msgid does.

    Raises:
        CatalogError: One of the two has a line break there and the other has none.
    """
    for entry in entries:
        if _has_like_ends(entry) or not entry.msgid or not is_compiled(entry):
            continue
        for keyword, text in _counterparts(entry):
            if _outer_breaks(text) != _outer_breaks(entry.msgid):
                raise source.fault_on_line(
                    entry.line,
                    _("Only one of msgid and {keyword} begins, or ends, with “\\n”.").format(
                        keyword=keyword
                    ),
                    _("Begin and end the {keyword} as the msgid does.").format(keyword=keyword),
                )


def _has_like_ends(entry: Entry) -> bool:
    """Tell at a glance of most entries that there is no fault."""
    if entry.msgid_plural is not None:
        return False
    return _outer_breaks(entry.msgid) == _outer_breaks(entry.msgstr)


def is_compiled(entry: Entry) -> bool:
    """Whether GNU msgfmt puts the entry into its output, so that it looks at its texts."""
    has_text = entry.msgstr or (entry.msgstr_plural and entry.msgstr_plural[0])
    return bool(has_text and not entry.is_obsolete and not entry.is_fuzzy)


def _counterparts(entry: Entry) -> Iterator[tuple[str, str]]:
    if entry.msgid_plural is None:
        yield "msgstr", entry.msgstr
        return
    yield "msgid_plural", entry.msgid_plural
    yield from ((f"msgstr[{index}]", text) for index, text in enumerate(entry.msgstr_plural))


def _outer_breaks(text: str) -> tuple[bool, bool]:
    return text[:1] == "\n", text[-1:] == "\n"
