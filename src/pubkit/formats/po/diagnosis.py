"""Why a file is refused, in words that a translator understands.

The reader only knows that something cannot be read; this module looks at what stands there.
"""

import re
import unicodedata

from pubkit.errors import CatalogError
from pubkit.formats.po.decoding import PoText
from pubkit.formats.po.lexer import BLANK, BROKEN_STRING
from pubkit.messages import gettext as _
from pubkit.patterns import pattern

_QUOTES = "“”„‟‘’‚‛«»‹›「」『』＂〝〞〟′″"
_MERGE_MARKER = pattern(r"^(?:<{7}|={7}|>{7}|\|{7})", re.MULTILINE)
_JOINED_LINE = pattern(r"\\(?:\n|\Z)")
_KEYWORDS = ("msgctxt", "msgid", "msgid_plural", "msgstr")


def diagnose(source: PoText, offset: int) -> CatalogError:
    """Return the error for text of which no token can be made.

    Args:
        source: The file.
        offset: Where no token begins.
    """
    character = source.text[offset]
    if character == '"':
        return _diagnose_string(source, offset)
    if character == "#":
        return _diagnose_comment(source, offset)
    if _MERGE_MARKER.match(source.text, offset):
        return source.fault(
            offset,
            _("Two versions of the file were merged here and nobody has chosen one."),
            _("Keep one version, delete the lines that begin with <<<<<<<, ======= and >>>>>>>."),
        )
    return _diagnose_character(source, offset)


def _diagnose_string(source: PoText, offset: int) -> CatalogError:
    broken = BROKEN_STRING.match(source.text, offset)
    end = broken.end() if broken else offset
    found = source.text[end : end + 1]
    if found in ("", "\n") or source.text.startswith("\r\n", end):
        return _unclosed(source, offset, end)
    if found == "\\":
        return _wrong_escape(source, end)
    return _control_character(source, end)


def _unclosed(source: PoText, offset: int, end: int) -> CatalogError:
    last = source.text[end - 1]
    if last == "\\":
        return _joined_line(source, end - 1)
    if last in _QUOTES:
        return _wrong_quote(source, end - 1)
    return source.fault(
        offset,
        _("The string that begins here has no closing quotation mark on its line."),
        _('End it with "; the file may have been cut off while it was saved.'),
    )


def _wrong_quote(source: PoText, offset: int) -> CatalogError:
    return source.fault(
        offset,
        _("{quote} is not the ASCII quotation mark that a string needs.").format(
            quote=source.text[offset]
        ),
        _('Type " with an English keyboard, without curly or full-width quotation marks.'),
    )


def _wrong_escape(source: PoText, offset: int) -> CatalogError:
    if source.text[offset + 1 : offset + 2] in ("", "\r", "\n"):
        return _joined_line(source, offset)
    return source.fault(
        offset,
        _("“{escape}” has no meaning in a catalog.").format(
            escape=source.text[offset : offset + 2]
        ),
        _('Write \\\\ for a backslash, \\n for a new line and \\" for a quotation mark.'),
    )


def _joined_line(source: PoText, offset: int) -> CatalogError:
    return source.fault(
        offset,
        _("The line ends with a backslash, which joins it with the next line."),
        _("Delete the backslash, or write something after it."),
    )


def _control_character(source: PoText, offset: int) -> CatalogError:
    if source.text[offset] == "\r" and "\n" not in source.text:
        return source.fault(
            offset,
            _("The lines end as on old Macintosh computers, which catalogs cannot have."),
            _("Save the file with the line ends of Unix or Windows (LF or CR LF)."),
        )
    return source.fault(
        offset,
        _("The invisible control character {code} stands here.").format(
            code=_code(source.text[offset])
        ),
        _("Delete it; write \\n for a new line and a space between words."),
    )


def _diagnose_comment(source: PoText, offset: int) -> CatalogError:
    end = re.compile(r"[\x00\n]|\r(?!\n)|\Z").search(source.text, offset)
    stop = end.start() if end else offset
    if source.text[stop : stop + 1] == "\n":
        return _joined_line(source, stop - 1)
    return _control_character(source, stop)


def _diagnose_character(source: PoText, offset: int) -> CatalogError:
    character = source.text[offset]
    if character in _QUOTES:
        return _wrong_quote(source, offset)
    if character in "\x00\x1a" or unicodedata.category(character) == "Cc":
        return _control_character(source, offset)
    if unicodedata.category(character) in ("Zs", "Zl", "Zp", "Cf"):
        return source.fault(
            offset,
            _("The invisible character {code} stands outside a string.").format(
                code=_code(character)
            ),
            _("Replace it with an ordinary space; full-width input methods type it."),
        )
    if _JOINED_LINE.match(source.text, offset):
        return _joined_line(source, offset)
    return _stray_text(source, offset)


def _stray_text(source: PoText, offset: int) -> CatalogError:
    character = source.text[offset]
    plain = unicodedata.normalize("NFKC", character)
    if plain != character and plain.isascii():
        return source.fault(
            offset,
            _("“{character}” is a full-width character.").format(character=character),
            _("Type “{plain}” instead.").format(plain=plain),
        )
    if _follows_string(source, offset):
        return _inner_quote(source, offset)
    return source.fault(
        offset,
        _("“{character}” stands outside a string.").format(character=character),
        _('Put translations between two " and begin comments with “# ”.'),
    )


def _follows_string(source: PoText, offset: int) -> bool:
    line_start = source.text.rfind("\n", 0, offset) + 1
    return source.text[line_start:offset].rstrip().endswith('"')


def _inner_quote(source: PoText, offset: int) -> CatalogError:
    return source.fault(
        offset,
        _("The string ended before this word."),
        _('Inside a string write \\" for a quotation mark, or use “ and ”.'),
    )


def _code(character: str) -> str:
    return f"U+{ord(character):04X}"


# ---------------------------------------------------------------- keywords


_KEYWORD = pattern(rf"([a-z_]+){BLANK}(?:\[{BLANK}[0-9]++{BLANK}\]{BLANK})?")


def explain_unquoted(source: PoText, token: re.Match[str]) -> CatalogError:
    """Return the error for a word that is no keyword of an entry or has no string after it."""
    keyword = token["keyword"]
    if _JOINED_LINE.match(source.text, token.end("keyword")):
        return _joined_line(source, token.end("keyword"))
    if keyword == "domain":
        return source.fault(
            token.start(),
            _("The file is divided into domains."),
            _("Split it: each domain is a file of its own."),
        )
    if _follows_string(source, token.start()) and keyword not in _KEYWORDS:
        return _inner_quote(source, token.start())
    if keyword not in _KEYWORDS:
        return _unknown_keyword(source, token)
    if token["index"] and keyword != "msgstr":
        return source.fault(
            token.start("index"), _("Only msgstr can have a number."), _("Delete the brackets.")
        )
    if not token["strings"]:
        return explain_missing_string(source, token.start())
    return source.fault(
        token.start(),
        _("“{keyword}” cannot stand after “#|”.").format(keyword=keyword),
        _("Only the previous msgctxt, msgid and msgid_plural are kept there."),
    )


def _unknown_keyword(source: PoText, token: re.Match[str]) -> CatalogError:
    keyword = token["keyword"]
    if keyword.lower() in _KEYWORDS:
        remedy = _("Write it in small letters: {keyword}.").format(keyword=keyword.lower())
    else:
        remedy = _("Only {keywords} can begin a line; begin comments with “# ”.").format(
            keywords=", ".join(_KEYWORDS)
        )
    return source.fault(
        token.start(), _("“{keyword}” is no keyword.").format(keyword=keyword[:40]), remedy
    )


def explain_missing_string(source: PoText, offset: int) -> CatalogError:
    """Return the error for a keyword that stands here and has no string after it."""
    keyword = _KEYWORD.match(source.text, offset)
    end = keyword.end() if keyword else offset
    rest = source.text[end : end + 1]
    if rest not in ("", "#") and not (rest.isascii() and rest.isalpha()):
        return diagnose(source, end)
    return source.fault(
        offset,
        _("Nothing stands after “{keyword}”.").format(keyword=keyword[1] if keyword else ""),
        _('Write a string after it; the empty one is "".'),
    )


def explain_order(source: PoText, token: re.Match[str], *, last: str, kind: str) -> CatalogError:
    """Return the error for a comment or keyword that the entry cannot go on with.

    Args:
        source: The file.
        token: The comment or keyword.
        last: The kind of the field before it; empty if there is none.
        kind: The kind of this one; empty for a comment.
    """
    message, remedy = _explain_order(last, kind)
    return source.fault(token.start(), message, remedy)


def _explain_order(last: str, kind: str) -> tuple[str, str]:
    if not kind:
        return (
            _("A comment stands inside an entry, after its {field}.").format(field=last),
            _("Move the comment above the entry."),
        )
    if not last:
        return (
            _("{field} stands here without a msgid.").format(field=kind),
            _("Write the msgid above it, or delete it."),
        )
    if kind == "msgstr[]" and last == "msgid":
        return (
            _("A numbered msgstr stands here, but the entry has no msgid_plural."),
            _("Write msgstr without a number, or add the msgid_plural."),
        )
    if kind == "msgstr" and last in ("msgid_plural", "msgstr[]"):
        return (
            _("A msgstr without a number stands in an entry with plural forms."),
            _("Number the plural forms msgstr[0], msgstr[1] and so on."),
        )
    if kind == last == "msgstr":
        return (
            _("A second msgstr stands here, without a msgid of its own."),
            _("Keep the better one of the two translations, or add the msgid that is missing."),
        )
    return (
        _("{field} cannot stand after {last}.").format(field=kind, last=last),
        _("An entry is a msgid and then its msgstr; look for a line that is missing."),
    )
