"""What the header of a catalog must say before its text can be trusted.

Dates and the other fields are not looked at: nothing that is published depends on them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from pubkit.errors import CatalogError
from pubkit.formats.po.consistency import is_compiled
from pubkit.formats.po.decoding import PoText, conversion_command
from pubkit.formats.po.plural import parse_plural_rule
from pubkit.messages import gettext as _
from pubkit.model import Catalog, Entry
from pubkit.patterns import pattern

MAX_PLURAL_FORMS = 6
"""Arabic has six; no language has more."""


def check_header(entries: Sequence[Entry], source: PoText) -> tuple[Entry | None, str | None]:
    """Check that the header declares the charset and the plural forms that the file uses.

    Args:
        entries: All entries of the file, the header first if there is one.
        source: The file.

    Returns:
        The header, and the language that it names as a BCP 47 tag.

    Raises:
        CatalogError: It is missing where it is needed, misplaced or contradicts the file.
    """
    header = entries[0] if entries and _is_header(entries[0]) else None
    _check_place(entries, source)
    _check_charset(header, entries, source)
    _check_plural_forms(header, entries, source)
    return header, _language(header)


def _is_header(entry: Entry) -> bool:
    return entry.key == (None, "") and not entry.is_obsolete


def _check_place(entries: Sequence[Entry], source: PoText) -> None:
    for entry in entries[1:]:
        if _is_header(entry):
            raise source.fault_on_line(
                entry.line,
                _("An empty msgid belongs to the header, which must be the first entry."),
                _("Move the header to the top of the file, or fill in the msgid."),
            )
    if entries and _is_header(entries[0]) and entries[0].msgid_plural is not None:
        raise source.fault_on_line(
            entries[0].line,
            _("The header has plural forms."),
            _("Give the header a plain msgstr, as in “pubkit extract”."),
        )


# ---------------------------------------------------------------- charset

# gettext looks for it anywhere in the header, other programs in Content-Type only.
_CHARSET = pattern(r"charset=([^ \t\n]*)")


def _check_charset(header: Entry | None, entries: Iterable[Entry], source: PoText) -> None:
    charsets = _CHARSET.findall(header.msgstr) if header else []
    for charset in charsets:
        if charset.upper() not in ("UTF-8", "UTF8"):
            raise _header_fault(
                "charset=",
                source,
                _("The header says that the file is in {charset}; pubkit reads UTF-8 only.").format(
                    charset=charset or "?"
                ),
                _("See whether its text is right, and mend the header: {command}").format(
                    command=conversion_command(source.path, encoding="utf-8")
                ),
            )
    if not charsets and not _is_ascii(entries, source):
        raise source.fault_on_line(
            header.line if header else 1,
            _("No header says in which charset the file is."),
            _('Begin the file with: msgid "" msgstr "Content-Type: text/plain; charset=UTF-8\\n"'),
        )


def _is_ascii(entries: Iterable[Entry], source: PoText) -> bool:
    """Whether the file is ASCII even where numeric escapes are decoded."""
    return source.text.isascii() and all(
        text.isascii() for entry in entries for text in _texts(entry)
    )


def _texts(entry: Entry) -> Iterator[str]:
    yield from (entry.msgid, entry.msgstr, entry.msgctxt or "", entry.msgid_plural or "")
    yield from entry.msgstr_plural
    yield entry.previous_msgctxt or ""
    yield entry.previous_msgid or ""
    yield entry.previous_msgid_plural or ""


# ---------------------------------------------------------------- plural forms

# Like gettext, which takes the first of each, wherever in the header it stands.
_COUNT = pattern(r"nplurals=\s*([0-9]*)", re.ASCII)
_NUMBERED = pattern(r"nplurals=\s*[0-9]", re.ASCII)
_RULE = pattern(r"plural=([^;\n]*)")


def _check_plural_forms(header: Entry | None, entries: Sequence[Entry], source: PoText) -> None:
    if _is_open_template(header, entries):
        return
    declared = _declared_plural_forms(header, source)
    for entry in entries:
        if entry.msgid_plural is None or not is_compiled(entry):
            continue
        if declared is None:
            raise source.fault_on_line(
                entry.line,
                _("This entry has plural forms, but the header has no Plural-Forms."),
                _("Add the field, as in “Plural-Forms: nplurals=1; plural=0;\\n” for Chinese."),
            )
        if len(entry.msgstr_plural) != declared:
            raise source.fault_on_line(
                entry.line,
                _("The header says nplurals={declared}, but this entry has {count}.").format(
                    declared=declared, count=len(entry.msgstr_plural)
                ),
                _("Give the entry one msgstr for each plural form of the language."),
            )


def _is_open_template(header: Entry | None, entries: Iterable[Entry]) -> bool:
    """Whether the file has no language yet, and so no number of plural forms."""
    is_numbered = header and _NUMBERED.search(header.msgstr)
    is_translated = any(any(entry.msgstr_plural) for entry in entries)
    return not is_numbered and not is_translated and _language(header) is None


def _declared_plural_forms(header: Entry | None, source: PoText) -> int | None:
    text = header.msgstr if header else ""
    count, rule = _COUNT.search(text), _RULE.search(text)
    if not count or not rule:
        return None
    digits = count[1].lstrip("0")
    if len(digits) != 1 or int(digits) > MAX_PLURAL_FORMS:
        raise _header_fault(
            "nplurals=",
            source,
            _("The header's nplurals must be a number from 1 to {limit}.").format(
                limit=MAX_PLURAL_FORMS
            ),
            _("Write the number of plural forms of the language; Chinese has nplurals=1."),
        )
    _check_rule(rule[1], int(digits), source)
    return int(digits)


def _check_rule(expression: str, count: int, source: PoText) -> None:
    try:
        parse_plural_rule(expression, count)
    except ValueError as error:
        raise _header_fault(
            "plural=",
            source,
            _("The header's plural rule “{rule}” is wrong: {reason}").format(
                rule=expression[:60], reason=error
            ),
            _("Copy the Plural-Forms of the language from the GNU gettext manual, 11.2.6."),
        ) from None


def _header_fault(needle: str, source: PoText, message: str, remedy: str) -> CatalogError:
    """Return an error at the first ``needle`` after the header's msgid."""
    msgid = max(source.text.find("msgid"), 0)
    return source.fault(max(source.text.find(needle, msgid), msgid), message, remedy)


def _language(header: Entry | None) -> str | None:
    """Turn the locale name of the header's ``Language`` into a BCP 47 tag."""
    name = Catalog(header=header).metadata.get("Language", "")
    return name.replace("_", "-") or None
