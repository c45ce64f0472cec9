"""What ``pubkit check`` found, written for people and for programs.

Each format is one module with one function, from a ``Report`` to the lines that are printed; only
that of the format that is wanted is imported.
"""

from collections.abc import Callable, Iterator
from importlib import import_module

from pubkit.workflow.report import Report

FORMATS = ("text", "json", "sarif", "junit", "github")


def write_report(report: Report, style: str) -> Iterator[str]:
    """Return the lines of a report in one of the formats."""
    module = import_module(f"pubkit.cli.reports.as_{style}")
    write: Callable[[Report], Iterator[str]] = getattr(module, f"as_{style}")
    return write(report)
