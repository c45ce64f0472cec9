"""``pubkit render``."""

from pathlib import Path

import click

from pubkit.cli.options import (
    chosen_languages,
    documents_argument,
    examples,
    languages_option,
    project_option,
    quiet_option,
)
from pubkit.cli.summaries import summary
from pubkit.config import FORMATS, find_project, read_config
from pubkit.messages import gettext as _
from pubkit.states import clock
from pubkit.workflow.press import Presses, processors
from pubkit.workflow.wanted import Wanted

MANY = 1_000
"""How many documents there may be, before anybody has looked."""


@click.command(
    name="render",
    short_help=summary("render"),
    help=_(
        "Make HTML and PDF editions in build/ and print their paths. Those that are up to date "
        "are left as they are, and not printed.\n\n"
        "An edition with texts that are not translated or not reviewed is a draft: it shows them "
        "in the source language, marked, and says DRAFT on every page.\n\n"
        "With --site the editions become a newsroom that can be put on any web server: a list of "
        "all releases in each language, by keyword and year, with feeds and a sitemap. Drafts and "
        "releases under embargo are left out of it.\n\n"
        "With --archive each language gets an archive edition, too: name.archive.pdf, a PDF/A-3a "
        "that holds the Markdown source, the catalogs, and the editions that are made with it in "
        "other languages. Drafts are refused."
    ),
    epilog=examples(
        "pubkit render",
        "pubkit render report --lang zh --format pdf",
        "pubkit render --strict",
        "pubkit render --strict --site",
        "pubkit render report --archive",
        "pubkit render --all --cluster tcp://scheduler:8786",
    ),
)
@documents_argument()
@languages_option()
@click.option(
    "-f",
    "--format",
    "formats",
    metavar="FORMATS",
    help=_("html, pdf or html,pdf.  [default: the setting, or both]"),
)
@click.option("--strict", is_flag=True, help=_("Refuse drafts."))
@click.option(
    "--site/--no-site",
    default=None,
    help=_("Make the newsroom around all editions, too.  [default: the setting, or not]"),
)
@click.option("--archive", is_flag=True, help=_("Make archive editions, too, of no draft."))
@click.option(
    "-j",
    "--jobs",
    metavar="N",
    type=click.IntRange(min=1),
    help=_("How many editions are made at the same time.  [default: one per processor]"),
)
@click.option(
    "--cluster",
    metavar="ADDRESS",
    help=_("Make them on a cluster of Dask, as in tcp://scheduler:8786; see docs/cluster.md."),
)
@click.option("--all", "is_all", is_flag=True, help=_("Make all documents.  [default]"))
@click.option("--force", is_flag=True, help=_("Make editions again that are up to date, too."))
@project_option()
@quiet_option()
def command(
    documents: tuple[str, ...],
    languages: tuple[str, ...],
    formats: str | None,
    strict: bool,
    site: bool | None,
    archive: bool,
    jobs: int | None,
    cluster: str | None,
    is_all: bool,
    force: bool,
    folder: Path,
    quiet: bool,
) -> None:
    """Render, and print one written path per line."""
    config = read_config(find_project(folder.resolve()))
    wanted = Wanted(
        languages=chosen_languages(config.project.languages, languages),
        formats=_formats(formats) or config.render.formats,
        is_strict=strict or archive,
        is_site=config.render.site if site is None else site,
    )
    _verify_page(wanted)
    _verify_pdf(wanted, is_archive=archive)
    _verify_all(documents, is_all=is_all)
    if cluster:
        from pubkit.cli.rendering import Making

        Making(config, documents, wanted, quiet, archive).on_cluster(cluster)
        return
    number = min(jobs or processors(), len(wanted.languages) * (len(documents) or MANY))
    began = clock()
    # The presses load the engine while this process imports what reads and translates.
    with Presses(number, is_printed="pdf" in wanted.formats) as makers:
        from pubkit.cli.rendering import Making
        from pubkit.workflow.inputs import open_watched

        making = Making(config, documents, wanted, quiet, archive)
        making.by(makers, watched=open_watched(folder), began=began, is_forced=force)


def _verify_page(wanted: Wanted) -> None:
    if wanted.is_site and "html" not in wanted.formats:
        raise click.BadParameter(
            _("a newsroom is made of pages: add html to --format, or say --no-site"),
            param_hint="--site",
        )


def _verify_pdf(wanted: Wanted, *, is_archive: bool) -> None:
    if is_archive and "pdf" not in wanted.formats:
        raise click.BadParameter(
            _("an archive edition is made from the PDF: add pdf to --format"),
            param_hint="--archive",
        )


def _verify_all(documents: tuple[str, ...], *, is_all: bool) -> None:
    if is_all and documents:
        raise click.BadParameter(_("all documents are made with it: name none"), param_hint="--all")


def _formats(text: str | None) -> tuple[str, ...]:
    chosen = tuple(dict.fromkeys(name.strip() for name in (text or "").split(",") if name.strip()))
    for name in chosen:
        if name not in FORMATS:
            raise click.BadParameter(
                _("“{name}” is not a format; formats are {formats}").format(
                    name=name, formats=", ".join(FORMATS)
                ),
                param_hint="--format",
            )
    return chosen
