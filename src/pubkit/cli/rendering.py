"""``pubkit render``, while its presses load: it reads, has editions made, and tells of them."""

import os
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import click

from pubkit.cli.clock import current_time
from pubkit.cli.output import print_error, print_warning, progress, shown_path, warning_text
from pubkit.cli.quick import heard_in_editions
from pubkit.config import Config
from pubkit.errors import PubkitError
from pubkit.messages import gettext as _
from pubkit.messages import ngettext
from pubkit.model import Edition
from pubkit.values import dataclass
from pubkit.workflow.answers import keep_answer
from pubkit.workflow.inputs import Watched
from pubkit.workflow.manifest import Manifest, UpToDate
from pubkit.workflow.press import Makers
from pubkit.workflow.project import Project
from pubkit.workflow.render import Failed, Rendered, make_pages, prepare_pages
from pubkit.workflow.wanted import Wanted

if TYPE_CHECKING:
    from pubkit.workflow.site import LeftOut, Published

EXIT_FAILED = 2


@dataclass(frozen=True, slots=True)
class Making:
    """The making of editions; written paths are printed, one on a line."""

    config: Config
    documents: tuple[str, ...]
    """Their names; all if none is named."""
    wanted: Wanted
    is_quiet: bool
    """Whether nothing is said but results and errors."""
    has_archives: bool
    """Whether archive editions are made, too."""

    @property
    def project(self) -> Project:
        """Where."""
        return Project(self.config)

    def by(self, makers: Makers, *, watched: Watched, began: int, is_forced: bool) -> None:
        """Have those made by others of this machine that are not up to date.

        Args:
            makers: Who makes them.
            watched: A look at the project from before it is read.
            began: When the first of its inputs may have been read.
            is_forced: Whether those are made, too, that are up to date.

        Raises:
            PubkitError: A document or catalog is malformed.
            click.exceptions.Exit: Not all editions could be made.
        """
        heard = heard_in_editions(os.environ)
        seen = watched.of(self.project)
        manifest = Manifest(seen, self.wanted, environment=heard, began=began)
        # An archive edition is made of the others as they come out of the press.
        makes_all = is_forced or self.has_archives
        ready = [] if makes_all else manifest.all_up_to_date(self.documents)
        without = {(edition.name, edition.lang) for edition in ready}
        pages = prepare_pages(self.project, self.documents, wanted=self.wanted, without=without)
        editions = make_pages(self.project, pages, wanted=self.wanted, makers=makers)
        said = _about_ready(ready, quiet=self.is_quiet)
        self._report(manifest.noting(editions), number=len(pages), said=said)
        if not (makes_all or self.wanted.is_site):
            self._keep_answer(manifest, number=len(ready) + len(pages))

    def _keep_answer(self, manifest: Manifest, *, number: int) -> None:
        """Keep what would be said to the same question now, if all editions are there."""
        asked = click.get_current_context().obj
        ready = manifest.all_up_to_date(self.documents) if asked else []
        if ready and len(ready) == number:
            keep_answer(
                asked,
                manifest.look,
                manifest.files,
                out="",
                err=_about_ready(ready, quiet=self.is_quiet),
                results=manifest.written_files(ready),
                are_right=lambda: manifest.all_up_to_date(self.documents) == ready,
            )

    def on_cluster(self, address: str) -> None:
        """Have them made on a cluster.

        Raises:
            PubkitError: A document or catalog is malformed; the cluster cannot be used.
            click.exceptions.Exit: Not all editions could be made.
        """
        from pubkit.workflow.cluster.rendering import render_on_cluster  # it is seldom wanted

        editions = render_on_cluster(
            self.project,
            self.documents,
            wanted=self.wanted,
            address=address,
            remark=_silent if self.is_quiet else print_warning,
        )
        number = len(self.wanted.languages) * len(self.project.paths(self.documents))
        self._report(editions, number=number)

    def _report(
        self, editions: Iterator[Rendered | Failed], *, number: int, said: str = ""
    ) -> None:
        with progress(number, quiet=self.is_quiet, is_over=True) as step:
            results = [self._reported(result, step) for result in editions]
        click.echo(said, err=True, nl=False)
        failed = [result for result in results if isinstance(result, Failed)]
        if self.has_archives:
            made = [result for result in results if isinstance(result, Edition)]
            _make_archives(self.project, _complete(made, failed))
        if failed:
            _report_failures(failed, number=len(results), is_site=self.wanted.is_site)
            raise click.exceptions.Exit(EXIT_FAILED)
        if self.wanted.is_site:
            _make_site(self.project, is_strict=self.wanted.is_strict, quiet=self.is_quiet)

    def _reported(
        self, result: Rendered | Failed, step: Callable[[str], None]
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
        _report(result, quiet=self.is_quiet)
        return result.edition if self.has_archives else None


def _about_ready(ready: Sequence[UpToDate], *, quiet: bool) -> str:
    """Return what is said of editions that need not be made."""
    if quiet or not ready:
        return ""
    drafts = (_about_draft(one.name, one.lang, one.waiting) for one in ready if one.waiting)
    summary = ngettext(
        "{number} edition is up to date; --force makes it again",
        "{number} editions are up to date; --force makes them again",
        len(ready),
    ).format(number=len(ready))
    return "".join((*map(warning_text, drafts), f"{summary}\n"))


def _make_archives(project: Project, editions: Sequence[Edition]) -> None:
    from pubkit.workflow.archive import write_archives

    for path in write_archives(project, editions):
        click.echo(shown_path(str(path)))


def _make_site(project: Project, *, is_strict: bool, quiet: bool) -> None:
    from pubkit.workflow.site import publish

    _report_site(publish(project, now=current_time(), is_strict=is_strict), quiet=quiet)


def _silent(_text: str) -> None:
    """Say nothing."""


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


def _report(rendered: Rendered, *, quiet: bool) -> None:
    for path in rendered.paths:
        click.echo(shown_path(str(path)))
    if rendered.waiting and not quiet:
        document = rendered.edition.document
        print_warning(_about_draft(document.name, document.lang, rendered.waiting))


def _about_draft(name: str, lang: str, waiting: int) -> str:
    return ngettext(
        "{name} in “{lang}” is a draft: {number} text waits; see pubkit check {name}",
        "{name} in “{lang}” is a draft: {number} texts wait; see pubkit check {name}",
        waiting,
    ).format(name=name, lang=lang, number=waiting)


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
