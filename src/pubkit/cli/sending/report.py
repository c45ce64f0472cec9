"""``pubkit send report``."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pubkit.cli.clock import current_time, local_zone
from pubkit.cli.options import campaign_option, examples, project_option
from pubkit.cli.output import print_warning, shown_path
from pubkit.config import Config, find_project, read_config
from pubkit.errors import DeliveryError
from pubkit.formats.files import write_bytes
from pubkit.messages import gettext as _

if TYPE_CHECKING:
    from pubkit.workflow.sending_status import Found

FORMATS = ("html", "csv", "json")


@click.command(
    name="report",
    short_help=_("Report what became of a campaign: a page with charts, CSV or JSON."),
    help=_(
        "Report what became of a campaign.\n\n"
        "html is a page with charts, complete in one file, for the screen and for paper: totals "
        "by state, language, group, time, reason and domain, and nobody's address. It is written "
        "to outbox/, which is never published. csv is a table with a row for each member; it has "
        "addresses and names only with --addresses. json has the figures for programs. Both go to "
        "the standard output.\n\n"
        "Files can be read by their owner alone."
    ),
    epilog=examples(
        "pubkit send report report",
        "pubkit send report report --format csv --addresses -o members.csv",
        "pubkit send report report --format json",
    ),
)
@click.argument("document", metavar="DOC")
@click.option(
    "-f",
    "--format",
    "shape",
    type=click.Choice(FORMATS),
    default="html",
    show_default=True,
    help=_("What to make."),
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(dir_okay=False),
    help=_("Where to write it; - is the standard output."),
)
@campaign_option()
@click.option(
    "--addresses",
    "has_addresses",
    is_flag=True,
    help=_("Put addresses, names and titles into the table, which is personal data then."),
)
@project_option()
def command(
    document: str,
    shape: str,
    output: str | None,
    number: int | None,
    has_addresses: bool,
    folder: Path,
) -> None:
    """Write a report, and print its path where it is a file."""
    if has_addresses and shape != "csv":
        raise click.UsageError(_("Addresses stand only in a table: add --format csv"))
    # Only here: a database takes a moment to import, and the help of the command needs none.
    from pubkit.workflow.ledgers import doubt, refuse_doubtful
    from pubkit.workflow.sending_status import find_campaign

    config = read_config(find_project(folder.resolve()))
    found = find_campaign(config, document, number)
    if found is None:
        refuse_doubtful(config)
        raise DeliveryError(
            _("There is nothing to report: “{document}” was never sent").format(document=document),
            remedy=_("See all campaigns: pubkit send status"),
        )
    if error := doubt(config):
        print_warning(error.message)
    data = _report(found, shape, has_addresses=has_addresses)
    _hand_over(data, _path(config, found, shape, output))


def _report(found: "Found", shape: str, *, has_addresses: bool) -> bytes:
    from pubkit.workflow import sending_report

    zone = local_zone()
    if shape == "csv":
        return sending_report.table(found, zone=zone, has_addresses=has_addresses)
    figures = sending_report.figures(found, zone=zone)
    if shape == "json":
        text = json.dumps(sending_report.as_mapping(figures), ensure_ascii=False, indent=1)
        return f"{text}\n".encode()
    from pubkit.workflow.sending_page import campaign_page

    now = current_time().astimezone(zone)
    return campaign_page(figures, title=sending_report.title(found), now=now).encode()


def _path(config: Config, found: "Found", shape: str, output: str | None) -> Path | None:
    """Return where a report is written; None for the standard output."""
    if output is not None:
        return None if output == "-" else Path(output)
    campaign = found.campaign
    name = f"{campaign.document.replace('/', '-')}.campaign-{campaign.number}.html"
    return config.outbox / name if shape == "html" else None


def _hand_over(data: bytes, path: Path | None) -> None:
    if path is None:
        sys.stdout.buffer.write(data)
        return
    write_bytes(path, data, error=DeliveryError, is_private=True)
    click.echo(shown_path(str(path)))
