"""Findings as SARIF, which code hosts and editors show beside the text.

Source:
    OASIS Static Analysis Results Interchange Format (SARIF) 2.1.0.
"""

import json
from collections.abc import Iterator
from pathlib import Path, PurePath

from pubkit.checks.themes import REGISTRY
from pubkit.cli.output import shown_path
from pubkit.model import Finding
from pubkit.workflow.report import Report

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)


def as_sarif(report: Report) -> Iterator[str]:
    """Yield the one document: a run with the rules that found something."""
    # Only here: it imports the parser of mail messages, for which no other format should wait.
    from importlib.metadata import version

    rules = sorted({finding.check for finding in report.findings})
    run = {
        "tool": {
            "driver": {
                "name": "pubkit",
                "version": version("pubkit"),
                "rules": [_rule(check) for check in rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, rules.index(finding.check)) for finding in report.findings],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    yield json.dumps(log, ensure_ascii=False, indent=1)


def _rule(check: str) -> dict[str, object]:
    known = REGISTRY[check]
    return {
        "id": check,
        "shortDescription": {"text": known.summary},
        "fullDescription": {"text": known.summary},
        "help": {"text": known.page},
        "defaultConfiguration": {"level": str(known.severity)},
    }


def _result(finding: Finding, rule: int) -> dict[str, object]:
    result: dict[str, object] = {
        "ruleId": finding.check,
        "ruleIndex": rule,
        "level": str(finding.severity),
        "message": {"text": _message(finding)},
        "properties": {
            "lang": finding.lang,
            "msgctxt": finding.msgctxt,
            "msgid": finding.msgid,
            "msgstr": finding.msgstr,
            "span": [finding.span.start, finding.span.end] if finding.span else None,
            "suggestion": finding.suggestion,
        },
    }
    if finding.path:
        result["locations"] = [_location(finding)]
    return result


def _message(finding: Finding) -> str:
    marked = finding.msgstr[finding.span.start : finding.span.end] if finding.span else ""
    return f"{finding.message} [{marked}]" if marked else finding.message


def _location(finding: Finding) -> dict[str, object]:
    path = shown_path(finding.path)
    is_here = not PurePath(path).is_absolute()
    return {
        "physicalLocation": {
            "artifactLocation": {
                "uri": PurePath(path).as_posix() if is_here else Path(path).as_uri()
            },
            # An entry that extraction will add has no line yet.
            "region": {"startLine": max(1, finding.line)},
        }
    }
