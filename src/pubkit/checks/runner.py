"""Run the checks over a catalog, and obey the translators' waivers."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from pubkit.checks.registry import REGISTRY, Check, Pair, WaivedEntry
from pubkit.checks.waivers import read_waivers
from pubkit.errors import CatalogError, ConfigError, Location
from pubkit.localize import normalize_tag
from pubkit.messages import gettext as _
from pubkit.model import Catalog, Entry, Finding, Problem, Termbase
from pubkit.names.mentions import find_mentions


@dataclass(frozen=True, slots=True)
class _Subject:
    """The catalog under inspection, and what holds for all its entries."""

    catalog: Catalog
    termbase: Termbase
    source_lang: str
    lang: str | None


def check_catalog(
    catalog: Catalog,
    termbase: Termbase | None = None,
    *,
    source_lang: str | None = None,
    ignore: Collection[str] = (),
) -> list[Finding]:
    """Return what is wrong with the translations of a catalog, in file order.

    Args:
        catalog: The translations; its header names their language, else their letters tell it.
        termbase: The agreed names; without one, names are not compared.
        source_lang: The language of the messages; told from their letters if not given.
        ignore: The ids of checks to leave out.

    Raises:
        CatalogError: The header names a language that nobody knows.
        ConfigError: A check to leave out does not exist.
    """
    _verify_ids(ignore)
    source = source_lang or guess_language(entry.msgid for entry in catalog.live_entries)
    lang = _language(catalog) or _guess_target(catalog, source)
    names = termbase or Termbase(lang=lang or "")
    subject = _Subject(catalog, names, source, lang)
    return [
        finding
        for entry in catalog.live_entries
        for finding in _check_entry(entry, subject)
        if finding.check not in ignore
    ]


def _verify_ids(names: Iterable[str]) -> None:
    for name in names:
        if name not in REGISTRY:
            nearest = get_close_matches(name, REGISTRY, n=1)
            raise ConfigError(
                _("“{check}” is not a check").format(check=name),
                remedy=_("Did you mean “{name}”?").format(name=nearest[0])
                if nearest
                else _("See all checks with: pubkit explain"),
            )


# ---------------------------------------------------------------- languages


def guess_language(texts: Iterable[str]) -> str:
    """Tell Chinese from English by the letters."""
    letters = Counter(
        "zh" if "\u3400" <= character <= "\u9fff" else "en"
        for text in texts
        for character in text
        if character.isalpha()
    )
    return "zh" if letters["zh"] * 3 > letters["en"] else "en"


def _guess_target(catalog: Catalog, source: str) -> str | None:
    """Tell the language of the translations, if it is Chinese or English and not the source's."""
    guessed = guess_language(entry.msgstr for entry in catalog.live_entries)
    return guessed if guessed != source else None


def _language(catalog: Catalog) -> str | None:
    try:
        return normalize_tag(catalog.lang) if catalog.lang else None
    except ConfigError as error:
        raise CatalogError(
            error.message,
            location=Location(catalog.path or "", catalog.header.line if catalog.header else None),
            remedy=_("Mend “Language:” in the header of the catalog"),
        ) from None


# ---------------------------------------------------------------- entries


def _check_entry(entry: Entry, subject: _Subject) -> Iterator[Finding]:
    pair = Pair(
        entry=entry,
        source_lang=subject.source_lang,
        lang=subject.lang,
        termbase=subject.termbase,
        mentions=find_mentions(entry.msgid, subject.termbase),
    )
    waivers = read_waivers(entry.translator_comments)
    waived = {name for waiver in waivers if waiver.reason for name in waiver.checks}
    used = set()
    for check, problem in _problems(pair):
        if check.id in waived:
            used.add(check.id)
        else:
            yield _finding(check, problem, entry, subject)
    for check, problem in _problems(WaivedEntry(waivers=waivers, used=frozenset(used))):
        yield _finding(check, problem, entry, subject)


def _problems(subject: object) -> Iterator[tuple[Check, Problem]]:
    """Run every check of this kind of subject."""
    for check in REGISTRY.values():
        if check.subject is type(subject):
            yield from ((check, problem) for problem in check.find(subject))


def _finding(check: Check, problem: Problem, entry: Entry, subject: _Subject) -> Finding:
    return Finding(
        check=check.id,
        severity=check.severity,
        message=problem.message,
        path=subject.catalog.path,
        line=entry.line,
        lang=subject.lang,
        msgctxt=entry.msgctxt,
        msgid=entry.msgid,
        span=problem.span,
        suggestion=problem.suggestion,
    )
