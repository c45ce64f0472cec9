"""What people read on a terminal, and programs from a pipe."""

import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import click

from pubkit.errors import PubkitError
from pubkit.messages import gettext as _
from pubkit.messages import ngettext
from pubkit.model import Finding, Severity


def wants_color() -> bool | None:
    """Return False if the user wants none, else None: a terminal has colours, a pipe has not.

    Source:
        https://no-color.org
    """
    return False if os.environ.get("NO_COLOR") else None


def print_error(error: PubkitError) -> None:
    """Say what is wrong, where, and what to do about it, on stderr."""
    location = error.location and replace(error.location, path=shown_path(error.location.path))
    place = f"{location}: " if location else ""
    text = _("error: ") + place + error.message
    click.secho(text, fg="red", err=True, color=wants_color())
    if error.remedy:
        click.echo("  → " + error.remedy.replace("\n", "\n    "), err=True)


def print_warning(message: str) -> None:
    """Say on stderr what the user may want to know."""
    click.secho(_("warning: ") + message, fg="yellow", err=True)


def say(message: str, *, quiet: bool) -> None:
    """Tell of progress on stderr, unless nobody wants to hear it."""
    if not quiet:
        click.echo(message, err=True)


@contextmanager
def progress(total: int, *, quiet: bool) -> Iterator[Any]:
    """Show a bar on a terminal; yields a function that is told each step's name before it."""
    if quiet or total < 2 or not sys.stderr.isatty():
        yield lambda _step: None
        return
    # Only here: importing rich costs more than most commands take.
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total)
        steps = iter(range(total))

        def step(name: str) -> None:
            bar.update(task, description=name, completed=next(steps, total))

        yield step


def summary(findings: Iterable[Finding], entries: int) -> dict[str, int]:
    """Return the numbers below a list of findings."""
    found = list(findings)
    errors = sum(finding.severity is Severity.ERROR for finding in found)
    return {"errors": errors, "warnings": len(found) - errors, "entries": entries}


# ---------------------------------------------------------------- findings


def findings_as_json(findings: Iterable[Finding], entries: int) -> str:
    """Return the findings in the JSON format that other programs rely on."""
    found = list(findings)
    return json.dumps(
        {
            "version": 1,
            "findings": [_as_mapping(finding) for finding in found],
            "summary": summary(found, entries),
        },
        ensure_ascii=False,
        indent=1,
    )


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


def findings_for_github(findings: Iterable[Finding]) -> Iterator[str]:
    """Yield the findings as workflow commands, which GitHub shows beside the lines."""
    for finding in findings:
        path = shown_path(finding.path) if finding.path else ""
        place = f"file={_escaped(path)},line={finding.line or 1}"
        title = f"title={_escaped(finding.check)}"
        yield f"::{finding.severity} {place},{title}::{_escaped(finding.message)}"


def _escaped(text: str) -> str:
    escapes = {"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"}
    return "".join(escapes.get(character, character) for character in text)


def print_findings(findings: Iterable[Finding], entries: int) -> None:
    """List the findings for a translator, file by file, and count them."""
    found = list(findings)
    path = None
    for finding in found:
        if finding.path != path:
            path = finding.path
            click.secho(f"\n{shown_path(path)}", bold=True)
        _print_finding(finding)
    numbers = summary(found, entries)
    click.echo(
        ("\n" if found else "")
        + ngettext("{entries} text checked: ", "{entries} texts checked: ", entries).format(
            entries=entries
        )
        + ngettext("{errors} error, ", "{errors} errors, ", numbers["errors"]).format(**numbers)
        + ngettext("{warnings} warning", "{warnings} warnings", numbers["warnings"]).format(
            **numbers
        )
    )


def _print_finding(finding: Finding) -> None:
    color = "red" if finding.severity is Severity.ERROR else "yellow"
    line = str(finding.line) if finding.line else _("new")
    click.secho(f"{line:>6}  ", nl=False, dim=True)
    click.secho(finding.check, nl=False, fg=color)
    click.echo(f"  {finding.message}")
    click.secho(" " * 8 + _shortened(finding.msgid), dim=True)


def shown_path(path: str | None) -> str:
    """Return a path as seen from here."""
    if path is None:
        return _("(no file yet)")
    relative = os.path.relpath(path)
    return path if relative.startswith("..") else relative


def _shortened(text: str, length: int = 90) -> str:
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1] + "…"
