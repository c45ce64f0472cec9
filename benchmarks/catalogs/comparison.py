"""Whether pubkit and GNU gettext agree on a file, and if not, by which policy."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from benchmarks.catalogs.gettext import Compiled, Gettext
from pubkit.errors import CatalogError
from pubkit.formats.po import format_catalog, parse_catalog
from pubkit.model import Catalog, Entry

MARK = b"\xef\xbb\xbf"
"""msgfmt refuses a byte order mark; pubkit drops one."""


class Verdict(NamedTuple):
    """What was found about one file."""

    kind: str
    """A kind of agreement, the name of a policy, or a kind of disagreement."""
    is_fault: bool = False
    detail: str = ""


READ = Verdict("both read it, and alike")
REFUSED = Verdict("both refuse it")
STRICTER = Verdict("msgfmt refuses it with --check-header, and pubkit always")

POLICIES: Mapping[str, str] = {
    "pubkit reads UTF-8 only": r"The header says that the file is in|is not UTF-8[.,;]"
    r"|saved as UTF-(?:16|32)|is saved in another encoding",
    "text that is not ASCII in a charset that nobody declared": r"No header says in which charset",
    "control characters that cut a text, or end a line for some programs": (
        r"invisible control character|end as on old Macintosh computers"
    ),
    "numeric escapes that make no text: NUL, half a character": r"makes something that is no text",
    "a backslash at the end of a line, which joins it with the next one": (
        r"ends with a backslash, which joins"
    ),
    "fuzzy on one of several lines of flags, where gettext reads the last one": (
        r"gettext reads its last line of flags only"
    ),
    "a comment behind “#|”, which lets gettext take the next line for a previous text": (
        r"A comment stands on a line that begins with “#\|”"
    ),
    "the header at another place than the first": r"An empty msgid belongs to the header",
    "a header with plural forms, at which msgcat aborts": r"The header has plural forms",
    "a msgid after a msgid, which msgfmt reports and yet succeeds at times": (
        r"msgid cannot stand after msgid"
    ),
    "domains": r"The file is divided into domains",
    "two obsolete entries in one line": r"A second obsolete entry begins on the same line",
    "“[0]” of an obsolete msgstr behind a mark of its own": r"“\[” stands outside a string"
    r"|A msgstr without a number stands in an entry with plural forms",
    "a limit": r"are allowed\.$|nplurals must be a number from 1",
}
"""What pubkit refuses and msgfmt accepts, and how the refusal reads: each is a file that msgfmt
reads as nobody means it, that other programs read differently, or that is too large."""

_OTHER_CHARSET = re.compile(rb"charset=(?!utf-?8)", re.IGNORECASE)
_PLURALS = re.compile(
    r"the header has no Plural-Forms|The header says nplurals=|nplurals must be a number"
    r"|plural rule .* is wrong"
)


def compare(data: bytes, gettext: Gettext, *, with_msgcat: bool = True) -> Verdict:
    """Let both read a file, and tell how their findings agree."""
    try:
        catalog = parse_catalog(data, path="x.po")
    except CatalogError as error:
        return _compare_refused(data, error, gettext)
    return _compare_read(catalog, data.removeprefix(MARK), gettext, with_msgcat=with_msgcat)


def _compare_refused(data: bytes, error: CatalogError, gettext: Gettext) -> Verdict:
    if not error.location or not error.remedy:
        return Verdict("an error without place or remedy", is_fault=True, detail=str(error))
    if gettext.compile(data) is None:
        return REFUSED
    if _PLURALS.search(error.message) and not gettext.check_header(data):
        return STRICTER
    for policy, refusal in POLICIES.items():
        if re.search(refusal, error.message):
            return Verdict(policy)
    if _OTHER_CHARSET.search(data):  # and something else is wrong with it when it is read as UTF-8
        return Verdict("pubkit reads UTF-8 only")
    return Verdict("only pubkit refuses it", is_fault=True, detail=str(error))


def _compare_read(catalog: Catalog, data: bytes, gettext: Gettext, *, with_msgcat: bool) -> Verdict:
    compiled = gettext.compile(data)
    if compiled is None:
        return Verdict("only msgfmt refuses it", is_fault=True)
    if _with_plain_charset(compiled) != _with_plain_charset(as_compiled(catalog)):
        detail = f"msgfmt: {compiled}\npubkit: {as_compiled(catalog)}"
        return Verdict("read differently", is_fault=True, detail=detail)
    if format_catalog(catalog) != data:
        return Verdict("not written back as it was", is_fault=True)
    if not _is_open_template(catalog) and not gettext.check_header(data):
        return Verdict("only msgfmt --check-header refuses it", is_fault=True)
    return _compare_copied(catalog, data, gettext) if with_msgcat else READ


_NO_NUMBER = re.compile(r"nplurals=(?![ \t]*\d)")


def _is_open_template(catalog: Catalog) -> bool:
    """Whether the header, or that there is none, leaves the plural forms to the translator."""
    text = catalog.header.msgstr if catalog.header else ""
    return not text or bool(_NO_NUMBER.search(text))


def _compare_copied(catalog: Catalog, data: bytes, gettext: Gettext) -> Verdict:
    copied = gettext.copy(data)
    if copied and copied.entries and comparable(copied) != comparable(catalog):
        pairs = zip(comparable(catalog), comparable(copied), strict=False)
        detail = "\n".join(f"{ours}\n{theirs}" for ours, theirs in pairs if ours != theirs)
        return Verdict("msgcat reads comments differently", is_fault=True, detail=detail)
    return READ


# ---------------------------------------------------------------- what can be compared


def as_compiled(catalog: Catalog) -> Compiled:
    """Return what msgfmt should put into the compiled catalog."""
    finished = (entry for entry in catalog.live_entries if not entry.is_fuzzy)
    forms = ((_compiled_key(entry), _compiled_text(entry)) for entry in finished)
    header = catalog.header.msgstr if catalog.header else ""
    # msgfmt leaves the line out.
    header = re.sub(r"^POT-Creation-Date:.*\n", "", header, count=1, flags=re.MULTILINE)
    # msgfmt takes an entry whose first form is empty for untranslated.
    return {key: text for key, text in (("", header), *forms) if text.split("\0")[0]}


def _with_plain_charset(texts: Compiled) -> Compiled:
    """Return compiled texts with the header's charset in capitals, as newer msgfmt writes it."""
    if "" not in texts:
        return texts
    header = re.sub(r"charset=[^ \t\n]+", lambda found: found[0].upper(), texts[""], count=1)
    return {**texts, "": header}


def _compiled_key(entry: Entry) -> str:
    context = "" if entry.msgctxt is None else f"{entry.msgctxt}\x04"
    plural = "" if entry.msgid_plural is None else f"\0{entry.msgid_plural}"
    return f"{context}{entry.msgid}{plural}"


def _compiled_text(entry: Entry) -> str:
    return "\0".join(entry.msgstr_plural) if entry.msgstr_plural else entry.msgstr


def comparable(catalog: Catalog) -> list[tuple[object, ...]]:
    """Return all of the entries that msgcat keeps as it is."""
    entries = (catalog.header, *catalog.entries) if catalog.header else catalog.entries
    # msgcat puts obsolete entries at the end.
    ordered = sorted(entries, key=lambda entry: entry.is_obsolete)
    return [
        (
            *(entry.key, entry.msgid_plural, entry.msgstr, entry.msgstr_plural),
            *(entry.translator_comments, entry.extracted_comments, _joined_references(entry)),
            *(entry.is_fuzzy and _is_translated(entry), entry.is_obsolete),
            *(entry.previous_msgctxt, entry.previous_msgid, entry.previous_msgid_plural),
        )
        for entry in ordered
        if not entry.is_obsolete or _is_translated(entry)
    ]


def _is_translated(entry: Entry) -> bool:
    """Whether gettext takes the entry for translated: it looks at the first form only."""
    return bool(_compiled_text(entry).split("\0")[0])


def _joined_references(entry: Entry) -> set[str]:
    """Return the words of the references; msgcat joins line numbers with the word before."""
    return set(re.split(r"[ :]+", " ".join(entry.references)))
