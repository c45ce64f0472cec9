"""Whether a catalog is that of a document, in the language wanted, and adds nothing but words."""

from collections.abc import Collection, Iterable

from pubkit.errors import CatalogError, Location, RefusedTranslationError
from pubkit.formats.markdown import Addition, find_additions
from pubkit.localize import is_language
from pubkit.messages import gettext as _
from pubkit.messages import ngettext, shortened
from pubkit.model import Catalog, Entry, Key, Segment
from pubkit.patterns import pattern


def verify_catalog(
    catalog: Catalog, *, lang: str, reference: str, segments: Iterable[Segment]
) -> None:
    """Make sure that a catalog is about this document and in this language.

    Raises:
        CatalogError: Its header names another language, or nothing in it is of this document.
    """
    verify_language(catalog, lang)
    keys = {segment.key for segment in segments}
    live = tuple(catalog.live_entries)
    is_known = any(entry.key in keys or _names(entry, reference) for entry in live)
    if live and not is_known and not _are_spelt_otherwise(live, keys):
        raise CatalogError(
            _("The catalog belongs to another document: no entry is of {document}").format(
                document=reference
            ),
            location=Location(catalog.path or "", live[0].line or None),
            remedy=_("Put the right file here, or remove it and run: pubkit extract"),
        )


def _names(entry: Entry, reference: str) -> bool:
    """Tell whether an entry refers to a document; other programs say the line, too."""
    return any(without_line(place) == reference for place in entry.references)


LINE = pattern(r":\d+\Z")


def without_line(reference: str) -> str:
    """Return the file of a reference that may say the line, too."""
    return LINE.sub("", reference)


def _are_spelt_otherwise(entries: Iterable[Entry], keys: Iterable[Key]) -> bool:
    """Tell whether a catalog of another program has a text of the document."""
    from pubkit.formats.markdown import normal_form  # only for what seems to be misplaced

    known = {normal_form(msgid) for _msgctxt, msgid in keys}
    return any(normal_form(entry.msgid) in known for entry in entries)


def verify_language(catalog: Catalog, lang: str) -> None:
    """Make sure that a catalog is in a language, if it says in which.

    Raises:
        CatalogError: Its header names another one.
    """
    if catalog.lang and not is_language(catalog.lang, lang):
        raise CatalogError(
            _("The catalog is in “{found}”, but “{wanted}” is expected here").format(
                found=catalog.lang, wanted=lang
            ),
            location=Location(catalog.path or "", catalog.header.line if catalog.header else 1),
            remedy=_("Put the right file here, or mend “Language:” in its header"),
        )


# ---------------------------------------------------------------- what translations add


def verify_additions(catalog: Catalog, *, lang: str, segments: Iterable[Segment]) -> None:
    """Make sure that no translation that would be printed adds anything but words.

    No waiver lets it pass: what is added stands under the name of a publisher who never saw it.

    Args:
        catalog: The translations; unfinished ones are not printed, and may be as they are.
        lang: Their language.
        segments: The texts that are printed.

    Raises:
        RefusedTranslationError: One adds a link, a picture, a tag or anything else of
            ``additions``; the error names the first and counts the others.
    """
    keys = {segment.key for segment in segments}
    printed = (e for e in catalog.live_entries if e.is_translated and e.key in keys)
    found = [(entry, added) for entry in printed if (added := _first_addition(entry, lang))]
    if found:
        raise _refusal(catalog, *found[0], others=found[1:])


def _first_addition(entry: Entry, lang: str) -> Addition | None:
    if entry.msgid_plural is not None:
        return Addition(_("The translation has plural forms, and its source has none"))
    return next(find_additions(entry.msgid, entry.msgstr, lang=lang), None)


def _refusal(
    catalog: Catalog, entry: Entry, addition: Addition, *, others: Collection[object]
) -> RefusedTranslationError:
    message = _("The translation of “{text}” adds something: {addition}").format(
        text=shortened(entry.msgid), addition=addition.message
    )
    if others:
        more = ngettext(
            "{number} more translation does so",
            "{number} more translations do so",
            len(others),
        )
        message = f"{message}; {more.format(number=len(others))}"
    return RefusedTranslationError(
        message,
        location=Location(catalog.path or "", entry.line or None),
        remedy=_("Remove it, or write it into the source; pubkit check finds all of them"),
    )
