"""What ``pubkit check`` found, written for people and for programs.

Each format is one module with one function, from a ``Report`` to the lines that are printed.
"""

from collections.abc import Callable, Iterator, Mapping

from pubkit.cli.reports.as_github import as_github
from pubkit.cli.reports.as_json import as_json
from pubkit.cli.reports.as_junit import as_junit
from pubkit.cli.reports.as_sarif import as_sarif
from pubkit.cli.reports.as_text import as_text
from pubkit.workflow.report import Report

FORMATS: Mapping[str, Callable[[Report], Iterator[str]]] = {
    "text": as_text,
    "json": as_json,
    "sarif": as_sarif,
    "junit": as_junit,
    "github": as_github,
}
