"""Every check against its cases: good and bad entries that anyone can add without Python.

``cases/<check-id>.po`` holds pairs from English, ``cases/<check-id>.<lang>.po`` those into other
languages. Above a bad entry stands ``# expect: <check-id>``; a good one has no finding of that
check. (A file of cases is no real document: what other checks say of it tells nothing.)
"""

import re
from pathlib import Path

import pytest

from pubkit.checks.edition import FinishedEdition
from pubkit.checks.runner import check_catalog
from pubkit.checks.themes import REGISTRY
from pubkit.formats.po import read_catalog
from pubkit.model import Catalog, Entry, Termbase
from pubkit.names.termbase import make_termbase

CASES = sorted((Path(__file__).parent / "cases").glob("*.po"))
EXPECTATION = re.compile(r"expect: (.+)")


def check_id(path: Path) -> str:
    """Return which check a file of cases is about."""
    return path.name.partition(".")[0]


def expected(entry: Entry) -> set[str]:
    """Return the ids of the checks that shall find something."""
    lists = (EXPECTATION.fullmatch(comment) for comment in entry.translator_comments)
    return {name.strip() for match in lists if match for name in match[1].split(",")}


COMPARING = frozenset({"inconsistent-translation", "reused-translation"})
"""Checks of texts beside one another: the cases of others are variations of one text."""


def ignored(path: Path) -> frozenset[str]:
    """Return the checks that do not apply to a file of cases."""
    return COMPARING - {check_id(path)}


def names_of(catalog: Catalog) -> Termbase | None:
    """Return the agreed names in the language of a file of cases."""
    path = Path(__file__).parent / "names" / f"{catalog.lang}.po"
    return make_termbase(read_catalog(path)) if path.exists() else None


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_cases_have_the_findings_that_they_expect(path: Path) -> None:
    """Bad entries are found, good ones are not."""
    catalog = read_catalog(path)
    wanted = {entry.line: names for entry in catalog.live_entries if (names := expected(entry))}
    judged = {check_id(path)}.union(*wanted.values())
    found: dict[int, set[str]] = {}
    for finding in check_catalog(catalog, names_of(catalog)):
        if finding.check in judged:
            found.setdefault(finding.line, set()).add(finding.check)

    assert wanted == found


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_cases_are_contrasting(path: Path) -> None:
    """A file of cases has good entries, and bad ones that expect the check it is named after."""
    expectations = [expected(entry) for entry in read_catalog(path).live_entries]

    assert any(check_id(path) in names for names in expectations)
    assert any(not names for names in expectations)


def test_every_check_has_cases() -> None:
    """A check without cases cannot be trusted; cases without a check are forgotten."""
    of_catalogs = {check.id for check in REGISTRY.values() if check.subject is not FinishedEdition}
    assert of_catalogs == {check_id(path) for path in CASES}


def test_spans_hold_what_is_at_fault() -> None:
    """A span lies within the translation, and is not empty."""
    for path in CASES:
        catalog = read_catalog(path)
        texts = {entry.line: entry.msgstr for entry in catalog.live_entries}
        for finding in check_catalog(catalog, names_of(catalog), ignore=ignored(path)):
            if finding.span:
                assert 0 <= finding.span.start < finding.span.end <= len(texts[finding.line])
