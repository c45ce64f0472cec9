"""Run the checks over a catalog, and obey the translators' waivers."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import groupby

from pubkit.checks.pair import SourceTexts, Translation
from pubkit.checks.registry import (
    ALWAYS,
    Check,
    Found,
    WaivedEntry,
    checks_of,
    find_checks,
    find_problems,
)
from pubkit.checks.themes import REGISTRY
from pubkit.checks.typography.house import infer_spacing
from pubkit.checks.waivers import read_waivers
from pubkit.errors import CatalogError, ConfigError, Location
from pubkit.localize import normalize_tag
from pubkit.messages import gettext as _
from pubkit.model import Catalog, Entry, Finding, Problem, Role, Segment, Severity, Termbase
from pubkit.patterns import pattern


def check_catalog(
    catalog: Catalog,
    termbase: Termbase | None = None,
    *,
    source_lang: str | None = None,
    ignore: Collection[str] = (),
    spacing: str | None = None,
    with_source: bool = True,
    longest: Callable[[str], int] | None = None,
) -> list[Finding]:
    """Return what is wrong with the translations of a catalog, in file order.

    Args:
        catalog: The translations; its header names their language, else their letters tell it.
        termbase: The agreed names; without one, names are not compared.
        source_lang: The language of the messages; told from their letters if not given.
        ignore: The ids of checks to leave out.
        spacing: What the house sets between Han and Latin letters: ``tight`` (nothing), ``spaced``
            or ``ignore``; if not given, ``tight``, unless the catalog spaces throughout.
        with_source: Whether to look for slips of the source text, too.
        longest: How long the translation of a text may be: what is longer is not printed.

    Raises:
        CatalogError: The header names a language that nobody knows.
        ConfigError: A check to leave out does not exist.
    """
    left_out = find_checks(ignore) - ALWAYS
    source = source_lang or guess_language(entry.msgid for entry in catalog.live_entries)
    lang = _language(catalog) or _guess_target(catalog, source)
    translation = Translation(
        catalog=catalog,
        termbase=termbase or Termbase(lang=lang or ""),
        source_lang=source,
        lang=lang,
        spacing=spacing or infer_spacing(entry.msgstr for entry in catalog.live_entries),
        longest=longest,
    )
    found = _check(translation, with_source=with_source)
    return [*_told_once(finding for finding in found if finding.check not in left_out)]


def check_source(
    source: SourceTexts,
    *,
    path: str,
    waivers: Catalog | None = None,
    ignore: Collection[str] = (),
) -> list[Finding]:
    """Return the slips of a source text itself, in the order of its segments.

    Args:
        source: The segments, each with its line in the source file.
        path: The source file.
        waivers: The source language's own catalog; its comments say what is no slip.
        ignore: The ids of checks to leave out.

    Raises:
        ConfigError: A check to leave out does not exist.
    """
    left_out = find_checks(ignore)
    waived = _waived(waivers) if waivers else {}
    findings = (
        _source_finding(check, problem, problem.at, path=path, lang=source.lang)
        for check, problem in find_problems(source)
        if check.id not in left_out and isinstance(problem.at, Segment)
    )
    kept = (found for found in findings if found.check not in waived.get(_key(found), ()))
    return sorted(kept, key=lambda finding: finding.line)


# ---------------------------------------------------------------- languages


def guess_language(texts: Iterable[str]) -> str:
    """Tell Chinese from English by the letters of the first texts."""
    han = latin = 0
    for text in texts:
        han += sum(map(len, HAN.findall(text)))
        latin += sum(map(len, LATIN.findall(text)))
        if han + latin > ENOUGH_LETTERS:
            break
    return "zh" if han * 3 > latin else "en"


HAN = pattern("[\u3400-\u9fff]+")
LATIN = pattern("[A-Za-z\u00c0-\u024f]+")
ENOUGH_LETTERS = 20_000


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


# ---------------------------------------------------------------- texts

_Key = tuple[str | None, str]


def _check(translation: Translation, *, with_source: bool) -> Iterator[Finding]:
    """Yield the findings in file order, those about several texts beside those about one."""
    subjects: list[object] = [translation]
    if with_source:
        subjects.append(_source_texts(translation))
    across: defaultdict[_Key, list[Found]] = defaultdict(list)
    for subject in subjects:
        for check, problem in find_problems(subject):
            if problem.at:
                across[problem.at.key].append((check, problem))
    for pair in translation.pairs:
        found = (*find_problems(pair), *across.get(pair.entry.key, ()))
        if found or pair.entry.translator_comments:
            yield from _obeying_waivers(found, pair.entry, translation)


def _source_texts(translation: Translation) -> SourceTexts:
    segments = tuple(
        Segment(
            msgid=pair.entry.msgid,
            msgctxt=pair.entry.msgctxt,
            role=next(map(Role, pair.roles), Role.PARAGRAPH),
            line=pair.entry.line,
        )
        for pair in translation.pairs
    )
    return SourceTexts(
        lang=translation.source_lang, segments=segments, termbase=translation.termbase
    )


def _waived(catalog: Catalog) -> dict[_Key, frozenset[str]]:
    """Return the checks that the translators' comments silence, by entry."""
    return {
        entry.key: frozenset(
            name
            for waiver in read_waivers(entry.translator_comments)
            if waiver.reason
            for name in waiver.checks
        )
        for entry in catalog.live_entries
        if entry.translator_comments
    }


def _key(finding: Finding) -> _Key:
    return finding.msgctxt, finding.msgid


def _source_finding(
    check: Check, problem: Problem, segment: Segment, *, path: str, lang: str
) -> Finding:
    return Finding(
        check=check.id,
        severity=problem.severity or check.severity,
        message=problem.message,
        path=path,
        line=segment.line,
        lang=lang,
        msgctxt=segment.msgctxt,
        msgid=segment.msgid,
        msgstr=segment.msgid,
        suggestion=problem.suggestion,
    )


def _obeying_waivers(
    found: Iterable[Found], entry: Entry, translation: Translation
) -> Iterator[Finding]:
    waivers = read_waivers(entry.translator_comments) if entry.translator_comments else ()
    waived = {name for waiver in waivers if waiver.reason for name in waiver.checks}
    # Slips of a source have their waivers in its own catalog, but are found in the source file.
    used = {check.id for check in checks_of(SourceTexts)} if translation.is_own_language else set()
    for check, problem in found:
        if check.id in waived and check.id not in ALWAYS:
            used.add(check.id)
        else:
            yield _finding(check, problem, entry, translation)
    if waivers:
        for check, problem in find_problems(WaivedEntry(waivers=waivers, used=frozenset(used))):
            yield _finding(check, problem, entry, translation)


def _told_once(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the findings without additions of which another one tells at the same place."""
    for _key_of_text, group in groupby(findings, lambda found: (found.line, _key(found))):
        told = list(group)
        errors = [found for found in told if _tells_of_additions(found)]
        for found in told:
            if found.check not in ALWAYS or not any(_overlap(found, other) for other in errors):
                yield found


def _tells_of_additions(found: Finding) -> bool:
    """Tell whether a finding is an error of the themes that see additions, too."""
    is_error = found.severity is Severity.ERROR and found.check not in ALWAYS
    return is_error and REGISTRY[found.check].theme in ("markup", "characters")


def _overlap(one: Finding, other: Finding) -> bool:
    if one.span is None or other.span is None:
        return one.message == other.message
    return one.span.start < other.span.end and other.span.start < one.span.end


def _finding(check: Check, problem: Problem, entry: Entry, translation: Translation) -> Finding:
    is_about_source = isinstance(problem.at, Segment)
    target = entry.msgstr_plural[-1] if entry.msgstr_plural else entry.msgstr
    return Finding(
        check=check.id,
        severity=problem.severity or check.severity,
        message=problem.message,
        path=translation.catalog.path,
        line=entry.line,
        lang=translation.lang,
        msgctxt=entry.msgctxt,
        msgid=entry.msgid,
        msgstr=entry.msgid if is_about_source else target,
        span=None if is_about_source else problem.span,
        suggestion=problem.suggestion,
        is_safe=problem.is_safe,
    )
