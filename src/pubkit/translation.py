"""From a document to its catalogs and back: pure functions, no file is touched.

::

    segments --make_template--> template --update_catalog--> catalog
    document, catalog --translate_document--> document in the catalog's language
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from pubkit.errors import CatalogError, ConfigError, Location
from pubkit.localize import locale_name, plural_count, plural_forms, same_language
from pubkit.messages import gettext as _
from pubkit.model import Catalog, Document, Entry, Segment, State

Key = tuple[str | None, str]
Hints = Callable[[str], tuple[str, ...]]

# ---------------------------------------------------------------- template


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
    return Catalog(entries=entries, header=_header(project=project, created=created))


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


def _header(*, project: str, created: str, lang: str | None = None) -> Entry:
    fields = {
        "Project-Id-Version": project,
        "POT-Creation-Date": created,
        "PO-Revision-Date": "YEAR-MO-DA HO:MI+ZONE",
        "Last-Translator": "FULL NAME <EMAIL@ADDRESS>",
        "Language-Team": "LANGUAGE <LL@li.org>",
        "Language": locale_name(lang) if lang else "",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    if lang:
        fields["Plural-Forms"] = plural_forms(lang)
    return Entry(msgid="", msgstr="".join(f"{name}: {value}\n" for name, value in fields.items()))


# ---------------------------------------------------------------- update

SIMILARITY = 70
"""In percent of the characters: below it, an old translation hinders more than it helps."""


def no_hints(_text: str) -> tuple[str, ...]:
    """Tell a translator nothing about a segment."""
    return ()


def update_catalog(
    catalog: Catalog | None, template: Catalog, *, lang: str, hints: Hints = no_hints
) -> Catalog:
    """Return the catalog with the template's messages and all translations that still fit.

    * A message that stays keeps everything that translators wrote.
    * A message that changed a little keeps its translation as fuzzy, with ``#|`` its old text.
    * A message that disappeared becomes obsolete, and comes back when its text does.

    Laws: updating twice is updating once; an entry that does not change is returned equal, so
    that it is written with its old bytes.

    Args:
        catalog: The catalog so far; None makes a new one.
        template: The messages of the document today.
        lang: The language of the translations.
        hints: What translators shall know of a text: the names in it.

    Source:
        GNU gettext manual, 7.1 "Invoking the msgmerge Program".
    """
    old = _with_header(catalog or Catalog(lang=lang), template, lang)
    known = {entry.key: entry for entry in old.entries if entry.is_obsolete}
    known |= {entry.key: entry for entry in old.live_entries}
    wanted = {entry.key for entry in template.entries}
    lost = {
        entry.key: entry.msgid
        for entry in old.live_entries
        if entry.key not in wanted and entry.msgstr.strip()
    }
    live, used = [], set()
    for message in template.entries:
        key = message.key if message.key in known else _take_similar(message, lost)
        used.add(key)
        found = known[key] if key else None
        live.append(_merge(_with_plurals(message, lang), found, hints))
    obsolete = _obsolete(entry for entry in old.entries if entry.key not in used)
    updated = replace(old, entries=(*live, *obsolete))
    is_changed = updated.entries != old.entries
    return replace(updated, header=_dated_header(old, template)) if is_changed else old


def _with_plurals(message: Entry, lang: str) -> Entry:
    """Return the message with as many empty plural forms as the language has."""
    forms = ("",) * plural_count(lang) if message.msgid_plural else ()
    return replace(message, msgstr_plural=forms)


def _merge(message: Entry, found: Entry | None, hints: Hints) -> Entry:
    """Return the message with the translation that was found for it."""
    comments = (*message.extracted_comments, *hints(message.msgid))
    if found is None:
        return replace(message, extracted_comments=comments)
    merged = replace(
        found,
        extracted_comments=comments,
        references=message.references,
        is_obsolete=False,
    )
    return merged if found.key == message.key else _as_fuzzy(merged, message)


def _as_fuzzy(found: Entry, message: Entry) -> Entry:
    """Return a translation of another text as a proposal for this one.

    What was fuzzy before was translated from the text before that.
    """
    keeps_previous = found.is_fuzzy and found.previous_msgid is not None
    return replace(
        found,
        msgctxt=message.msgctxt,
        msgid=message.msgid,
        flags=("fuzzy", *(flag for flag in found.flags if flag != "fuzzy")),
        previous_msgctxt=found.previous_msgctxt if keeps_previous else found.msgctxt,
        previous_msgid=found.previous_msgid if keeps_previous else found.msgid,
    )


def _take_similar(message: Entry, lost: dict[Key, str]) -> Key | None:
    """Take the lost text that is most like the message, if any is like it."""
    if not lost or message.msgid_plural:
        return None
    from rapidfuzz import fuzz, process  # only a changed source needs it; `check` shall be fast

    match = process.extractOne(message.msgid, lost, scorer=fuzz.ratio, score_cutoff=SIMILARITY)
    if match is None:
        return None
    del lost[match[2]]
    return match[2]


def _obsolete(unused: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return what no message needs today but may need again; nothing is kept that says nothing."""
    return tuple(
        entry if entry.is_obsolete else replace(entry, is_obsolete=True, references=())
        for entry in unused
        if entry.is_obsolete or _has_text(entry)
    )


def _has_text(entry: Entry) -> bool:
    return any(text.strip() for text in (entry.msgstr, *entry.msgstr_plural))


def _with_header(catalog: Catalog, template: Catalog, lang: str) -> Catalog:
    """Return the catalog with a header: an empty file has none, and is otherwise in no charset."""
    if catalog.header:
        return catalog
    return replace(catalog, header=_new_header(template, lang), lang=catalog.lang or lang)


def _new_header(template: Catalog, lang: str) -> Entry:
    fields = template.metadata
    return _header(
        project=fields.get("Project-Id-Version", ""),
        created=fields.get("POT-Creation-Date", ""),
        lang=lang,
    )


def _dated_header(catalog: Catalog, template: Catalog) -> Entry | None:
    """Return the catalog's header with the template's creation date."""
    created = template.metadata.get("POT-Creation-Date")
    if catalog.header is None or created is None:
        return catalog.header
    lines = catalog.header.msgstr.splitlines(keepends=True)
    dated = (
        f"POT-Creation-Date: {created}\n" if line.startswith("POT-Creation-Date:") else line
        for line in lines
    )
    return replace(catalog.header, msgstr="".join(dated))


# ---------------------------------------------------------------- translate


def translate_document(document: Document, catalog: Catalog | None, *, lang: str) -> Document:
    """Return the document in a language, each segment with its text and its state.

    A segment without a finished translation keeps its source text and says so: an edition never
    falls back silently. In the document's own language an empty translation means "as in the
    source", and a filled one corrects the source text.

    Args:
        document: The document in its source language; it is left as it is.
        catalog: The translations; fuzzy ones are not used. None if there are none yet.
        lang: The language wanted.

    Raises:
        CatalogError: The catalog is in another language or belongs to another document.
    """
    if catalog:
        verify_catalog(catalog, lang=lang, reference=document.path, segments=document.segments)
    translate = _own_language if same_language(lang, document.source_lang) else _other_language
    entries = index_entries(catalog)

    def translated(segments: tuple[Segment, ...]) -> tuple[Segment, ...]:
        return tuple(translate(segment, entries.get(segment.key)) for segment in segments)

    return replace(
        document,
        lang=lang,
        fields=translated(document.fields),
        body_segments=translated(document.body_segments),
    )


def translate_segments(
    segments: Iterable[Segment], catalog: Catalog | None, *, lang: str, source_lang: str
) -> tuple[Segment, ...]:
    """Return the segments in a language; like ``translate_document`` for texts without one."""
    translate = _own_language if same_language(lang, source_lang) else _other_language
    entries = index_entries(catalog)
    return tuple(translate(segment, entries.get(segment.key)) for segment in segments)


def index_entries(catalog: Catalog | None) -> Mapping[Key, Entry]:
    """Return the live entries by what identifies them."""
    return {entry.key: entry for entry in catalog.live_entries} if catalog else {}


def _own_language(segment: Segment, entry: Entry | None) -> Segment:
    if entry is None or not entry.is_translated:
        return replace(segment, text=segment.msgid, state=State.SOURCE)
    return replace(segment, text=entry.msgstr, state=State.TRANSLATED)


def _other_language(segment: Segment, entry: Entry | None) -> Segment:
    if entry is not None and entry.is_translated:
        return replace(segment, text=entry.msgstr, state=State.TRANSLATED)
    is_fuzzy = entry is not None and entry.is_fuzzy
    state = State.FUZZY if is_fuzzy else State.UNTRANSLATED
    return replace(segment, text=segment.msgid, state=state)


def verify_catalog(
    catalog: Catalog, *, lang: str, reference: str, segments: Iterable[Segment]
) -> None:
    """Make sure that a catalog is about this document and in this language.

    Raises:
        CatalogError: Its header names another language, or nothing in it is of this document.
    """
    if catalog.lang and not _is_in(catalog, lang):
        raise CatalogError(
            _("The catalog is in “{found}”, but “{wanted}” is expected here").format(
                found=catalog.lang, wanted=lang
            ),
            location=Location(catalog.path or "", catalog.header.line if catalog.header else 1),
            remedy=_("Put the right file here, or mend “Language:” in its header"),
        )
    keys = {segment.key for segment in segments}
    live = tuple(catalog.live_entries)
    is_known = any(entry.key in keys or reference in entry.references for entry in live)
    if live and not is_known:
        raise CatalogError(
            _("The catalog belongs to another document: no entry is of {document}").format(
                document=reference
            ),
            location=Location(catalog.path or "", live[0].line or None),
            remedy=_("Put the right file here, or remove it and run: pubkit extract"),
        )


def _is_in(catalog: Catalog, lang: str) -> bool:
    """Tell whether a catalog is in a language; a tag that nobody knows is in none."""
    try:
        return same_language(catalog.lang or "", lang)
    except ConfigError:
        return False
