"""Markup that one text of a document has, or has not, unlike its other texts."""

import pytest

from pubkit.checks.runner import check_catalog
from pubkit.model import Catalog, Entry, Severity

WORKS = {"Harbours": "港口", "Rivers": "河流", "Lakes": "湖泊", "Seas": "海洋"}


def found_in(marked: int) -> list[tuple[str, Severity]]:
    """Return what is found where some titles are in title marks and italic, the rest not."""
    entries = tuple(
        Entry(
            msgid=f"The city published its *Rules for {english}*.",
            msgstr=f"市政府公布*《{chinese}规则》*。"
            if number < marked
            else f"市政府公布《{chinese}规则》。",
        )
        for number, (english, chinese) in enumerate(WORKS.items())
    )
    findings = check_catalog(Catalog(entries=entries, lang="zh"), source_lang="en")
    return [(finding.check, finding.severity) for finding in findings]


@pytest.mark.parametrize("marked", [0, 1, 4])
def test_titles_of_one_manner_are_right(marked: int) -> None:
    """Chinese titles need no italics, and may have them."""
    assert found_in(marked) == []


def test_title_unlike_all_others_is_doubted() -> None:
    """Where titles keep their italics, one without has lost them."""
    assert found_in(3) == [("emphasis", Severity.WARNING)]
