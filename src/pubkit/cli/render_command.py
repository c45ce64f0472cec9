"""``pubkit render``."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pubkit.cli.clock import current_time
from pubkit.cli.options import (
    chosen_languages,
    documents_argument,
    examples,
    languages_option,
    project_option,
    quiet_option,
)
from pubkit.cli.output import print_error, print_warning, progress, shown_path
from pubkit.cli.summaries import summary
from pubkit.config import FORMATS
from pubkit.errors import PubkitError
from pubkit.messages import gettext as _
from pubkit.messages import ngettext
from pubkit.model import Edition
from pubkit.workflow.press import Presses, processors
from pubkit.workflow.project import Project, open_project
from pubkit.workflow.render import Failed, Rendered, Wanted, make_pages, prepare_pages

if TYPE_CHECKING:
    from pubkit.workflow.site import LeftOut, Published

EXIT_FAILED = 2


@click.command(
    name="render",
    short_help=summary("render"),
    help=_(
        "Make HTML and PDF editions in build/ and print their paths.\n\n"
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
    folder: Path,
    quiet: bool,
) -> None:
    """Render, and print one written path per line."""
    project = open_project(folder)
    wanted = Wanted(
        languages=chosen_languages(project, languages),
        formats=_formats(formats) or project.config.render.formats,
        is_strict=strict or archive,
        is_site=project.config.render.site if site is None else site,
    )
    _verify_page(wanted)
    _verify_pdf(wanted, is_archive=archive)
    _verify_all(documents, is_all=is_all)
    local = partial(_make_here, jobs=jobs)
    make = partial(_make_on_cluster, address=cluster) if cluster else local
    results = [
        _reported(result, step, quiet=quiet, keeps=archive)
        for result, step in make(project, documents, wanted=wanted, quiet=quiet)
    ]
    failed = [result for result in results if isinstance(result, Failed)]
    made = [result for result in results if isinstance(result, Edition)]
    if archive:
        from pubkit.workflow.archive import write_archives

        for path in write_archives(project, _complete(made, failed)):
            click.echo(shown_path(str(path)))
    if failed:
        _report_failures(failed, number=len(results), is_site=wanted.is_site)
        raise click.exceptions.Exit(EXIT_FAILED)
    if wanted.is_site:
        from pubkit.workflow.site import publish

        _report_site(publish(project, now=current_time(), is_strict=strict), quiet=quiet)


Step = Callable[[str], None]
Results = Iterator[tuple[Rendered | Failed, Step]]
"""What has become of editions, each with what is to be told of it."""


def _make_here(
    project: Project, documents: tuple[str, ...], *, wanted: Wanted, quiet: bool, jobs: int | None
) -> Results:
    # The presses load while the documents are read, so they are opened before.
    number = len(wanted.languages) * len(project.paths(documents))
    with Presses(min(jobs or processors(), number), is_printed="pdf" in wanted.formats) as makers:
        pages = prepare_pages(project, documents, wanted=wanted)
        editions = make_pages(project, pages, wanted=wanted, makers=makers)
        with progress(len(pages), quiet=quiet, is_over=True) as step:
            yield from ((edition, step) for edition in editions)


def _make_on_cluster(
    project: Project, documents: tuple[str, ...], *, wanted: Wanted, quiet: bool, address: str
) -> Results:
    from pubkit.workflow.cluster.rendering import render_on_cluster  # it is seldom wanted

    number = len(wanted.languages) * len(project.paths(documents))
    remark = _silent if quiet else print_warning
    with progress(number, quiet=quiet, is_over=True) as step:
        editions = render_on_cluster(
            project, documents, wanted=wanted, address=address, remark=remark
        )
        yield from ((edition, step) for edition in editions)


def _silent(_text: str) -> None:
    """Say nothing."""


def _verify_all(documents: tuple[str, ...], *, is_all: bool) -> None:
    if is_all and documents:
        raise click.BadParameter(_("all documents are made with it: name none"), param_hint="--all")


def _name(result: Rendered | Failed) -> str:
    document = result.edition.document if isinstance(result, Rendered) else result.document
    return f"{document.name} {document.lang}"


def _complete(made: Sequence[Edition], failed: Sequence[Failed]) -> list[Edition]:
    """Return the editions of documents of which none failed: an archive holds all languages."""
    lacking = {failure.document.name for failure in failed}
    return [edition for edition in made if edition.document.name not in lacking]


def _report_failures(failed: Sequence[Failed], *, number: int, is_site: bool) -> None:
    """Say at the end, below many lines, what is missing."""
    names = [f"{failure.document.name} ({failure.document.lang})" for failure in failed]
    message = ngettext(
        "{failures} of {number} edition could not be made: {names}",
        "{failures} of {number} editions could not be made: {names}",
        number,
    ).format(failures=len(failed), number=number, names=", ".join(names))
    remedy = _("The newsroom was left as it is; mend them and render again") if is_site else None
    print_error(PubkitError(message, remedy=remedy))


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


def _reported(
    result: Rendered | Failed, step: Callable[[str], None], *, quiet: bool, keeps: bool
) -> Failed | Edition | None:
    """Tell of an edition as soon as it is made, or is known to have failed.

    Returns:
        The failure; of an edition that was made nothing, unless it is still needed: thousands
        of them would not go into memory.
    """
    step(_name(result))
    if isinstance(result, Failed):
        print_error(result.error)
        return result
    _report(result, quiet=quiet)
    return result.edition if keeps else None


def _report(rendered: Rendered, *, quiet: bool) -> None:
    for path in rendered.paths:
        click.echo(shown_path(str(path)))
    if rendered.waiting and not quiet:
        document = rendered.edition.document
        print_warning(
            ngettext(
                "{name} in “{lang}” is a draft: {number} text waits; see pubkit check {name}",
                "{name} in “{lang}” is a draft: {number} texts wait; see pubkit check {name}",
                rendered.waiting,
            ).format(name=document.name, lang=document.lang, number=rendered.waiting)
        )


def _report_site(published: "Published", *, quiet: bool) -> None:
    for path in published.paths:
        click.echo(shown_path(str(path)))
    if not quiet:
        for remark in _remarks(published):
            print_warning(remark)


def _remarks(published: "Published") -> Iterator[str]:
    """Yield what the publisher has to know before the newsroom is published."""
    if not published.has_addresses:
        yield _(
            "The newsroom has no feeds and no sitemap, which need full addresses: "
            "set base_url in [project] of pubkit.toml to where it will be published"
        )
    for lang in published.waiting:
        yield _(
            "Texts of the newsroom in “{lang}” wait for translation: run pubkit extract, "
            "and translate templates.po"
        ).format(lang=lang)
    drafts = [f"{left.name} ({left.lang})" for left in published.left_out if left.until is None]
    if drafts:
        yield ngettext(
            "{number} draft is left out of the newsroom: {names}",
            "{number} drafts are left out of the newsroom: {names}",
            len(drafts),
        ).format(number=len(drafts), names=_some(drafts))
    yield from (_embargoed(left, left.until) for left in published.left_out if left.until)
    paths = [shown_path(str(path)) for path in published.outdated]
    if paths:
        yield ngettext(
            "{number} page is older than its texts or its design; render it again: {paths}",
            "{number} pages are older than their texts or their design; render them again: {paths}",
            len(paths),
        ).format(number=len(paths), paths=_some(paths))


def _embargoed(edition: "LeftOut", until: datetime) -> str:
    if edition.is_exact:
        message = _("{name} in “{lang}” is left out of the newsroom: its embargo ends at {time}")
    else:
        message = _(
            "{name} in “{lang}” is left out of the newsroom until {time}: its embargo names no "
            "zone, as 2023-07-10T10:00+08:00 does, so it lasts until it has ended everywhere"
        )
    return message.format(name=edition.name, lang=edition.lang, time=until.isoformat())


def _some(names: Sequence[str], number: int = 5) -> str:
    return ", ".join(names[:number]) + (" …" if len(names) > number else "")
