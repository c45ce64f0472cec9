"""Findings in the JSON format that other programs rely on."""

import json
from collections.abc import Iterator

from pubkit.cli.output import shown_path
from pubkit.model import Finding
from pubkit.workflow.report import Report


def as_json(report: Report) -> Iterator[str]:
    """Yield the one document; keys may be added, none is ever taken away."""
    document = {
        "version": 1,
        "findings": [_as_mapping(finding) for finding in report.findings],
        "summary": {
            "errors": report.errors,
            "warnings": report.warnings,
            "entries": report.entries,
        },
        "skipped": list(report.skipped),
    }
    yield json.dumps(document, ensure_ascii=False, indent=1)


def _as_mapping(finding: Finding) -> dict[str, object]:
    span = finding.span
    return {
        "check": finding.check,
        "severity": str(finding.severity),
        "message": finding.message,
        "path": shown_path(finding.path) if finding.path else None,
        "line": finding.line,
        "lang": finding.lang,
        "msgctxt": finding.msgctxt,
        "msgid": finding.msgid,
        "span": [span.start, span.end] if span else None,
        "suggestion": finding.suggestion,
    }
