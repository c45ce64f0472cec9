"""``pubkit explain``."""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from itertools import groupby

import click

from pubkit.checks.themes import REGISTRY
from pubkit.cli.options import examples
from pubkit.cli.summaries import summary
from pubkit.messages import gettext as _
from pubkit.model import Severity


def _complete(_context: click.Context, _parameter: click.Parameter, beginning: str) -> list[str]:
    return [name for name in REGISTRY if name.startswith(beginning)]


@click.command(
    name="explain",
    short_help=summary("explain"),
    help=_("Explain a check, with a bad and a good example; without a name, list all checks."),
    epilog=examples("pubkit explain", "pubkit explain untranslated-name"),
)
@click.argument("check", metavar="[CHECK]", required=False, shell_complete=_complete)
def command(check: str | None) -> None:
    """Print the page of a check, or the list of checks."""
    if check is None:
        for line in _list():
            click.echo(line)
    elif check in REGISTRY:
        found = REGISTRY[check]
        click.secho(f"{check} ({_severity(found.severity)})\n", bold=True)
        click.echo("\n\n".join(_translated(*part) for part in _parts(found.page)))
    else:
        nearest = get_close_matches(check, REGISTRY, n=1)
        hint = _("; did you mean “{name}”?").format(name=nearest[0]) if nearest else ""
        raise click.UsageError(_("there is no check “{check}”").format(check=check) + hint)


def _list() -> Iterator[str]:
    """Yield all checks, theme by theme."""
    width = max(map(len, REGISTRY))
    for theme, checks in groupby(REGISTRY.values(), key=lambda known: known.theme):
        yield click.style(theme, bold=True)
        for known in checks:
            severity = _severity(known.severity)
            yield f"  {known.id:<{width}}  {severity:<7}  {_(known.summary)}"


def _severity(severity: Severity) -> str:
    return _("error") if severity is Severity.ERROR else _("warning")


# ---------------------------------------------------------------- pages

EXAMPLES = frozenset({"Bad:", "Good:"})
"""The parts of a page that are not translated: they are translations."""


def sentences(page: str) -> Iterator[str]:
    """Yield what is translated of a check's page, the first sentence before all."""
    for heading, text in _parts(page):
        if heading not in EXAMPLES:
            yield _joined(text)


def _parts(page: str) -> Iterator[tuple[str, str]]:
    """Yield the heading and the text of each part; the first has no heading."""
    for part in re.split(r"\n\n(?=\S)", page):
        first, _newline, rest = part.partition("\n")
        yield (first, rest) if rest else ("", first)


def _joined(text: str) -> str:
    return " ".join(text.split())


def _translated(heading: str, text: str) -> str:
    if not heading:
        return _(text)
    headings = {"Why:": _("Why:"), "Bad:": _("Bad:"), "Good:": _("Good:"), "Source:": _("Source:")}
    joined = _joined(text)
    if heading not in EXAMPLES and _(joined) != joined:
        text = "    " + _(joined)
    return f"{headings.get(heading, heading)}\n{text}"
