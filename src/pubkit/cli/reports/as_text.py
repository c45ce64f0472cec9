"""Findings for a translator: what is wrong, where in the text, what should stand there.

::

    locales/zh/LC_MESSAGES/report.po

      41  error  wrong-name  “于潘” cannot be read as “Yu Fan”
          Dr. Yu Fan, General Manager of Huawei MindSpore Technology …
          华为MindSpore技术总经理于潘博士从三个方面分享了想法
                               ^^^^
          expected: 于璠
          to waive: # pubkit: ignore wrong-name -- (why)
"""

import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import groupby

import click

from pubkit.cli.output import shown_path
from pubkit.messages import gettext as _
from pubkit.messages import ngettext
from pubkit.model import Finding, Severity, Span
from pubkit.workflow.report import Report

WIDTH = 90
"""Columns of a line of text; a longer one is cut around what is marked."""
MARGIN = " " * 10
UNFINISHED = ("missing-translation", "fuzzy")
"""What is not there yet is not waived."""


def as_text(report: Report) -> Iterator[str]:
    """Yield the findings catalog by catalog, and what they come to."""
    for path, findings in groupby(report.findings, key=lambda finding: finding.path):
        yield click.style(f"{shown_path(path)}\n", bold=True)
        for finding in findings:
            yield from _finding(finding)
            yield ""
    yield from _summary(report)


def _finding(finding: Finding) -> Iterator[str]:
    is_error = finding.severity is Severity.ERROR
    color = "red" if is_error else "yellow"
    line = str(finding.line or _("new")).rjust(6)
    label = _("error") if is_error else _("warning")
    check = click.style(f"{label}  {finding.check}", fg=color)
    yield f"{click.style(line, dim=True)}  {check}  {finding.message}"
    source = _window(finding.msgid, None)[0]
    if source != finding.msgstr:
        yield MARGIN + click.style(source, dim=True)
    if finding.msgstr.strip() and (finding.span or finding.msgstr != finding.msgid):
        yield from _marked(finding, color)
    if finding.suggestion:
        yield MARGIN + _("expected: {text}").format(text=finding.suggestion)
    elif finding.suggestion == "" and finding.is_safe:
        yield MARGIN + _("expected: nothing here")
    if finding.check not in UNFINISHED:
        waiver = f"# pubkit: ignore {finding.check} -- " + _("(why)")
        yield MARGIN + click.style(_("to waive: {line}").format(line=waiver), dim=True)


def _marked(finding: Finding, color: str) -> Iterator[str]:
    """Yield the translation with the faulty characters in colour and underlined by carets."""
    text, span = _window(finding.msgstr, finding.span)
    if span is None:
        yield MARGIN + text
        return
    before, faulty, after = text[: span.start], text[span.start : span.end], text[span.end :]
    yield MARGIN + before + click.style(faulty, fg=color, bold=True) + after
    yield MARGIN + " " * _columns(before) + click.style("^" * max(1, _columns(faulty)), fg=color)


def _window(text: str, span: Span | None) -> tuple[str, Span | None]:
    """Return a text on one line, cut around the span if it is long, and where the span is then."""
    line = "".join(" " if character.isspace() else _visible(character) for character in text)
    if _columns(line) <= WIDTH:
        return line, span
    start = max(0, min(span.start - WIDTH // 6, len(line))) if span else 0
    end = start
    width = 0
    while end < len(line) and width < WIDTH - 2:
        width += _columns(line[end])
        end += 1
    cut = ("…" if start else "") + line[start:end] + ("…" if end < len(line) else "")
    if span is None:
        return cut, None
    moved = (1 if start else 0) - start
    return cut, Span(span.start + moved, min(span.end, end) + moved)


def _visible(character: str) -> str:
    """Return a character that a terminal can show in one place."""
    return "\ufffd" if unicodedata.category(character) in ("Cc", "Cf", "Co", "Cs") else character


def _columns(text: str) -> int:
    """Return how many columns of a terminal a text takes: Han characters take two."""
    return sum(
        0
        if unicodedata.combining(character)
        else 2
        if unicodedata.east_asian_width(character) in "WF"
        else 1
        for character in text
    )


def _summary(report: Report) -> Iterator[str]:
    entries, errors, warnings = report.entries, report.errors, report.warnings
    yield (
        ngettext("{entries} text checked: ", "{entries} texts checked: ", entries).format(
            entries=entries
        )
        + ngettext("{errors} error, ", "{errors} errors, ", errors).format(errors=errors)
        + ngettext("{warnings} warning", "{warnings} warnings", warnings).format(warnings=warnings)
    )
    counts = Counter(finding.check for finding in report.findings)
    if len(counts) > 1:
        listed = ", ".join(f"{check} {number}" for check, number in counts.most_common())
        yield click.style(listed, dim=True)
    fixable = sum(finding.is_safe for finding in report.findings)
    if fixable:
        yield ngettext(
            "{number} of them can be mended with: pubkit check --fix",
            "{number} of them can be mended with: pubkit check --fix",
            fixable,
        ).format(number=fixable)
