"""Run the checks over a catalog, and obey the translators' waivers.

A waiver is a translator comment, which every tool keeps::

    # pubkit: ignore copied-source -- the company uses its Latin name
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from pubkit.checks.registry import REGISTRY, Check, Pair
from pubkit.messages import gettext as _
from pubkit.model import Catalog, Entry, Finding, Problem, Severity, Termbase
from pubkit.names.mentions import find_mentions

WAIVER = re.compile(r"pubkit:\s*ignore\s+([\w\s,-]+?)\s+--\s*(\S.*)?\Z")
UNUSED_WAIVER = "unused-waiver"


@dataclass(frozen=True, slots=True)
class Languages:
    """The languages of a catalog's messages and of their translations."""

    source: str
    target: str


def check_catalog(
    catalog: Catalog,
    termbase: Termbase | None = None,
    *,
    source_lang: str | None = None,
    ignore: Collection[str] = (),
) -> list[Finding]:
    """Return what is wrong with the translations of a catalog, in file order.

    Args:
        catalog: The translations; its header names their language.
        termbase: The agreed names; without one, names are not compared.
        source_lang: The language of the messages; told from their letters if not given.
        ignore: The ids of checks to leave out.
    """
    source = source_lang or guess_language(catalog)
    languages = Languages(source, catalog.lang or source)
    names = termbase or Termbase(lang=languages.target)
    return [
        finding
        for entry in catalog.live_entries
        for finding in _check_entry(entry, catalog, names, languages)
        if finding.check not in ignore
    ]


def guess_language(catalog: Catalog) -> str:
    """Tell Chinese messages from English ones by their letters."""
    letters = Counter(
        "zh" if "\u3400" <= character <= "\u9fff" else "en"
        for entry in catalog.live_entries
        for character in entry.msgid
        if character.isalpha()
    )
    return "zh" if letters["zh"] * 3 > letters["en"] else "en"


def _check_entry(
    entry: Entry, catalog: Catalog, termbase: Termbase, languages: Languages
) -> Iterator[Finding]:
    pair = Pair(
        entry=entry,
        source_lang=languages.source,
        lang=languages.target,
        termbase=termbase,
        mentions=find_mentions(entry.msgid, termbase),
    )
    waived = _waived(entry)
    used: set[str] = set()
    for check in REGISTRY.values():
        for problem in check.find(pair) if check.subject is Pair else ():
            if check.id in waived:
                used.add(check.id)
            else:
                yield _finding(check, problem, pair, catalog)
    yield from (_unused_waiver(name, pair, catalog) for name in waived if name not in used)


def _waived(entry: Entry) -> tuple[str, ...]:
    """Return the ids that the translator waives; a waiver needs a reason."""
    matches = (WAIVER.search(comment) for comment in entry.translator_comments)
    lists = (match[1].split(",") for match in matches if match and match[2])
    return tuple(name.strip() for names in lists for name in names)


def _finding(check: Check, problem: Problem, pair: Pair, catalog: Catalog) -> Finding:
    return Finding(
        check=check.id,
        severity=check.severity,
        message=problem.message,
        path=catalog.path,
        line=pair.entry.line,
        lang=pair.lang,
        msgctxt=pair.entry.msgctxt,
        msgid=pair.entry.msgid,
        span=problem.span,
        suggestion=problem.suggestion,
    )


def _unused_waiver(name: str, pair: Pair, catalog: Catalog) -> Finding:
    message = _("The waiver of “{check}” hides nothing; remove it").format(check=name)
    check = Check(
        id=UNUSED_WAIVER, severity=Severity.WARNING, subject=Pair, find=lambda _pair: iter(())
    )
    return _finding(check, Problem(message=message), pair, catalog)
