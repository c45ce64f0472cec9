"""Findings as workflow commands, which GitHub shows beside the lines.

Source:
    GitHub documentation, "Workflow commands for GitHub Actions": error and warning messages.
"""

from collections.abc import Iterator

from pubkit.cli.output import shown_path
from pubkit.workflow.report import Report


def as_github(report: Report) -> Iterator[str]:
    """Yield one command for each finding."""
    for finding in report.findings:
        path = shown_path(finding.path) if finding.path else ""
        place = f"file={_escaped(path)},line={finding.line or 1}"
        title = f"title={_escaped(finding.check)}"
        yield f"::{finding.severity} {place},{title}::{_escaped(finding.message)}"


def _escaped(text: str) -> str:
    escapes = {"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"}
    return "".join(escapes.get(character, character) for character in text)
