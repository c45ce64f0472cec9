"""The formats of ``pubkit check``."""

import json
from collections.abc import Iterator
from itertools import pairwise
from xml.etree import ElementTree

import click
import pytest

from pubkit.cli.reports import FORMATS, write_report
from pubkit.model import Finding, Severity, Span
from pubkit.workflow.report import Checked, Report

WRONG_NAME = Finding(
    check="untranslated-name",
    severity=Severity.ERROR,
    message="“Pan Feng” is left untranslated; the agreed form is 潘锋",
    path="locales/zh/LC_MESSAGES/report.po",
    line=8,
    lang="zh",
    msgid="After lunch Pan Feng spoke.",
    msgstr="午餐后Pan Feng发言。",
    span=Span(3, 11),
    suggestion="潘锋",
)
INVISIBLE = Finding(
    check="control-character",
    severity=Severity.WARNING,
    message="U+0007 is a control character; delete it",
    path="locales/zh/LC_MESSAGES/report.po",
    line=12,
    msgid="He spoke.",
    msgstr="他\x07发言。",
    span=Span(1, 2),
    suggestion="",
    is_safe=True,
)


def report(*findings: Finding, path: str = "locales/zh/LC_MESSAGES/report.po") -> Report:
    """Return the report about one catalog of two texts."""
    return Report((Checked(path=path, lang="zh", entries=2, findings=findings),))


def printed(style: str, *findings: Finding) -> str:
    """Return what is printed, without colours."""
    return "\n".join(map(click.unstyle, write_report(report(*findings), style)))


def columns(lines: list[str]) -> Iterator[str]:
    """Yield what stands above the carets."""
    for text, carets in pairwise(lines):
        if set(carets.strip()) == {"^"}:
            wide = "".join(c if c.isascii() or c == "…" else c + c for c in text)
            yield wide[carets.index("^") : carets.rindex("^") + 1]


def test_text_marks_the_faulty_characters() -> None:
    """The carets stand under the fault, though a Han character takes two columns."""
    assert list(columns(printed("text", WRONG_NAME).splitlines())) == ["Pan Feng"]


def test_text_says_what_should_stand_there_and_how_to_waive_it() -> None:
    """A translator needs no other page to mend the fault, or to waive it."""
    text = printed("text", WRONG_NAME)

    assert "expected: 潘锋" in text
    assert "# pubkit: ignore untranslated-name -- (why)" in text


def test_long_text_is_cut_around_the_fault() -> None:
    """A paragraph of a page is not printed whole, but its fault is."""
    long = "很" * 300
    finding = Finding(
        check="untranslated-name",
        severity=Severity.ERROR,
        message="left",
        msgid="x",
        msgstr=f"{long}Pan Feng{long}",
        span=Span(300, 308),
    )
    text = printed("text", finding)

    assert list(columns(text.splitlines())) == ["Pan Feng"]
    assert max(map(len, text.splitlines())) < 100


def test_text_counts() -> None:
    """The last lines say how much there is to do, and what a program can do of it."""
    text = printed("text", WRONG_NAME, INVISIBLE)

    assert "2 texts checked: 1 error, 1 warning" in text
    assert "1 of them can be mended with: pubkit check --fix" in text


def test_clean_report_says_so() -> None:
    """Nothing found is told, too."""
    assert printed("text") == "2 texts checked: 0 errors, 0 warnings"


def test_terminal_is_not_disturbed_by_control_characters() -> None:
    """What a catalog holds must not ring the bell or move the cursor."""
    assert "\x07" not in printed("text", INVISIBLE)


def test_json_keeps_its_keys() -> None:
    """Other programs rely on them."""
    document = json.loads(printed("json", WRONG_NAME))

    assert document["version"] == 1
    assert document["summary"] == {"errors": 1, "warnings": 0, "entries": 2}
    assert document["findings"][0] == {
        "check": "untranslated-name",
        "severity": "error",
        "message": "“Pan Feng” is left untranslated; the agreed form is 潘锋",
        "path": "locales/zh/LC_MESSAGES/report.po",
        "line": 8,
        "lang": "zh",
        "msgctxt": None,
        "msgid": "After lunch Pan Feng spoke.",
        "span": [3, 11],
        "suggestion": "潘锋",
    }


def test_sarif_has_rule_level_and_place() -> None:
    """Code hosts show the finding at its line, and explain the rule."""
    run = json.loads(printed("sarif", WRONG_NAME, INVISIBLE))["runs"][0]
    first = run["results"][0]
    place = first["locations"][0]["physicalLocation"]

    rules = run["tool"]["driver"]["rules"]
    assert rules[first["ruleIndex"]]["id"] == first["ruleId"] == "untranslated-name"
    assert [result["level"] for result in run["results"]] == ["error", "warning"]
    assert place["artifactLocation"]["uri"] == "locales/zh/LC_MESSAGES/report.po"
    assert place["region"]["startLine"] == 8


def test_sarif_of_a_clean_report_has_no_results() -> None:
    """An empty list clears the findings of an earlier run."""
    assert json.loads(printed("sarif"))["runs"][0]["results"] == []


def test_junit_fails_for_errors_alone() -> None:
    """A warning is told, but fails no build."""
    suites = ElementTree.fromstring(printed("junit", WRONG_NAME, INVISIBLE).encode())  # noqa: S314
    (suite,) = suites

    assert (suite.get("tests"), suite.get("failures")) == ("1", "1")
    assert [failure.get("type") for failure in suite.iter("failure")] == ["untranslated-name"]
    assert "control-character" in (suite.findtext("system-out") or "")


def test_junit_of_a_clean_report_has_a_passed_test() -> None:
    """A suite without tests counts as missing in some programs."""
    (suite,) = ElementTree.fromstring(printed("junit").encode())  # noqa: S314

    assert (suite.get("tests"), suite.get("failures")) == ("1", "0")


@pytest.mark.parametrize("style", sorted(FORMATS))
def test_every_format_can_be_encoded(style: str) -> None:
    """Hostile text of a catalog breaks no document."""
    hostile = Finding(
        check="link",
        severity=Severity.ERROR,
        message="%0A::error::]]>&<\x1b[31m",
        path="a b,c:d%.po",
        msgid="<x>\x00\ufffe",
        msgstr="]]>\u202e\x1b",
    )
    assert printed(style, hostile).encode("utf-8")


def test_github_escapes_what_it_reads_as_its_own() -> None:
    """A message cannot begin another command."""
    finding = Finding(check="link", severity=Severity.ERROR, message="a\n::warning::b")

    assert len(printed("github", finding).splitlines()) == 1
