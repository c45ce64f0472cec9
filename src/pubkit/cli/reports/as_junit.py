"""Findings as JUnit XML, which Jenkins, GitLab and others show as failed tests.

Source:
    The JUnit XML format as Jenkins' JUnit plugin and GitLab's unit test reports read it.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from pubkit.cli.output import shown_path
from pubkit.model import Finding, Severity
from pubkit.patterns import pattern
from pubkit.workflow.report import Report

FORBIDDEN = pattern("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML document may hold, not even escaped."""


def as_junit(report: Report) -> Iterator[str]:
    """Yield the one document: a suite for each catalog, a failed test for each error.

    Warnings fail nothing: they stand in the output of their catalog's suite.
    """
    suites = Element("testsuites", name="pubkit check")
    by_path: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in report.findings:
        by_path[shown_path(finding.path)].append(finding)
    for path in dict.fromkeys(shown_path(file.path) for file in report.files):
        suites.append(_suite(path, by_path[path]))
    indent(suites)
    yield "<?xml version='1.0' encoding='UTF-8'?>"
    yield tostring(suites, encoding="unicode")


def _suite(path: str, findings: Sequence[Finding]) -> Element:
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    warnings = [finding for finding in findings if finding.severity is not Severity.ERROR]
    suite = Element(
        "testsuite",
        name=_clean(path),
        tests=str(len(errors) or 1),
        failures=str(len(errors)),
        errors="0",
    )
    for finding in errors:
        suite.append(_case(path, finding))
    if not errors:
        SubElement(suite, "testcase", classname=_clean(path), name="no errors")
    if warnings:
        SubElement(suite, "system-out").text = "\n".join(map(_line, warnings))
    return suite


def _case(path: str, finding: Finding) -> Element:
    name = f"{finding.check}, line {finding.line}"
    case = Element("testcase", classname=_clean(path), name=name, file=_clean(path))
    case.set("line", str(finding.line))
    failure = SubElement(case, "failure", type=finding.check, message=_clean(finding.message))
    failure.text = _clean(f"{finding.msgid}\n{finding.msgstr}")
    return case


def _line(finding: Finding) -> str:
    return _clean(f"{finding.line}: {finding.check}: {finding.message}")


def _clean(text: str) -> str:
    return FORBIDDEN.sub("\ufffd", text)
