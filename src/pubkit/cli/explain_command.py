"""``pubkit explain``."""

from difflib import get_close_matches

import click

from pubkit.checks import REGISTRY
from pubkit.cli.options import examples
from pubkit.messages import gettext as _
from pubkit.model import Severity


def _complete(_context: click.Context, _parameter: click.Parameter, beginning: str) -> list[str]:
    return [name for name in REGISTRY if name.startswith(beginning)]


@click.command(
    name="explain",
    help=_("Explain a check, with a bad and a good example; without a name, list all checks."),
    epilog=examples("pubkit explain", "pubkit explain untranslated-name"),
)
@click.argument("check", metavar="[CHECK]", required=False, shell_complete=_complete)
def command(check: str | None) -> None:
    """Print the page of a check, or the list of checks."""
    if check is None:
        width = max(map(len, REGISTRY))
        for name, known in REGISTRY.items():
            click.echo(f"{name:<{width}}  {_severity(known.severity)}  {known.summary}")
    elif check in REGISTRY:
        found = REGISTRY[check]
        click.secho(f"{check} ({_severity(found.severity)})\n", bold=True)
        click.echo(found.page)
    else:
        nearest = get_close_matches(check, REGISTRY, n=1)
        hint = _("; did you mean “{name}”?").format(name=nearest[0]) if nearest else ""
        raise click.UsageError(_("there is no check “{check}”").format(check=check) + hint)


def _severity(severity: Severity) -> str:
    return _("error") if severity is Severity.ERROR else _("warning")
