"""``pubkit check``."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from pubkit.checks.registry import find_checks
from pubkit.checks.themes import REGISTRY, THEMES
from pubkit.cli.options import (
    chosen_languages,
    complete_documents,
    examples,
    languages_option,
    project_option,
)
from pubkit.cli.output import print_warning, say, shown_path
from pubkit.cli.reports import FORMATS, write_report
from pubkit.cli.summaries import summary
from pubkit.errors import ConfigError
from pubkit.messages import gettext as _
from pubkit.messages import ngettext
from pubkit.model import Severity
from pubkit.workflow.check_files import Fixed, check_files, fix_files
from pubkit.workflow.report import Report, Selection

EXIT_FINDINGS = 1
CATALOGS = (".po", ".pot")
EDITIONS = (".pdf", ".html")


def _complete_checks(
    _context: click.Context, _parameter: click.Parameter, beginning: str
) -> list[str]:
    themes = (theme.__name__.rpartition(".")[2] for theme in THEMES)
    return [name for name in (*REGISTRY, *themes) if name.startswith(beginning)]


@click.command(
    name="check",
    short_help=summary("check"),
    help=_(
        "Report what is wrong with the translations.\n\n"
        "Name documents of the project, or .po, .pdf or .html files anywhere; without a name, the "
        "whole project is checked. The exit code is 1 if there are errors. pubkit explain CHECK "
        "says more. A translator comment above the entry waives one finding:\n\n"
        "  # pubkit: ignore copied-source -- the company uses its Latin name"
    ),
    epilog=examples(
        "pubkit check",
        "pubkit check report --lang zh",
        "pubkit check --select facts,wrong-name --severity error",
        "pubkit check --fix",
        "pubkit check zh.po --names names.po --format json",
        "pubkit check --editions",
        "pubkit check build/zh/report.pdf",
    ),
)
@click.argument("targets", metavar="[DOC|FILE]...", nargs=-1, shell_complete=complete_documents)
@click.option(
    "--names",
    metavar="FILE.po",
    type=click.Path(path_type=Path, dir_okay=False),
    help=_("The agreed names, for .po files outside a project."),
)
@click.option(
    "--format",
    "style",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help=_("For people, for programs, for code hosts, for test reports, for GitHub."),
)
@click.option(
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False, writable=True),
    help=_("Write the findings there instead of printing them."),
)
@click.option(
    "--select",
    metavar="CHECK[,CHECK]",
    multiple=True,
    shell_complete=_complete_checks,
    help=_("Only these checks: ids, themes such as facts, patterns such as 'source-*'."),
)
@click.option(
    "--ignore",
    metavar="CHECK[,CHECK]",
    multiple=True,
    shell_complete=_complete_checks,
    help=_("All checks but these."),
)
@click.option(
    "--severity",
    type=click.Choice([severity.value for severity in Severity]),
    default=Severity.WARNING.value,
    show_default=True,
    help=_("The least grave findings that are shown."),
)
@click.option(
    "--fix",
    is_flag=True,
    help=_(
        "Mend what is safe to mend (marks, widths, spaces; never names or words) in the .po "
        "files, then report what is left."
    ),
)
@click.option(
    "--editions",
    is_flag=True,
    help=_("Check the finished files in build/ instead of the catalogs."),
)
@languages_option()
@project_option()
def command(
    targets: tuple[str, ...],
    names: Path | None,
    style: str,
    output: Path | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    severity: str,
    fix: bool,
    editions: bool,
    languages: tuple[str, ...],
    folder: Path,
) -> None:
    """Check, print, and exit 1 on errors."""
    selection = Selection(
        select=_checks("--select", select),
        ignore=_checks("--ignore", ignore),
        severity=Severity(severity),
    )
    kinds = {_kind(target) for target in targets}
    _verify(kinds, names, fix=fix, editions=editions)
    if kinds == {CATALOGS}:
        report = _check_catalogs(list(map(Path, targets)), names, selection, fix=fix)
    elif kinds == {EDITIONS}:
        report = _check_finished(list(map(Path, targets)), selection)
    else:
        report = _check_project(targets, languages, folder, selection, fix=fix, editions=editions)
    _print(report, style, output)
    if report.errors:
        raise click.exceptions.Exit(EXIT_FINDINGS)


def _kind(target: str) -> tuple[str, ...]:
    """Return the suffixes of a target's kind; a document has none."""
    return next((kind for kind in (CATALOGS, EDITIONS) if target.endswith(kind)), ())


def _verify(kinds: set[tuple[str, ...]], names: Path | None, *, fix: bool, editions: bool) -> None:
    """Make sure that the options go with the targets."""
    if len(kinds) > 1:
        raise click.UsageError(_("Name documents, .po files or finished files, not several kinds"))
    if names and kinds != {CATALOGS}:
        raise click.UsageError(_("--names goes with .po files; a project has its own names.po"))
    if editions and kinds - {()}:
        raise click.UsageError(_("--editions goes with documents; a finished file needs no option"))
    if fix and (editions or kinds == {EDITIONS}):
        raise click.UsageError(_("--fix mends catalogs; then render the editions again"))


def _check_catalogs(
    files: list[Path], names: Path | None, selection: Selection, *, fix: bool
) -> Report:
    if fix:
        _tell_fixed(fix_files(files, names=names, selection=selection))
    return check_files(files, names=names, selection=selection)


def _check_finished(files: list[Path], selection: Selection) -> Report:
    # Only here: catalogs need neither the reader of PDFs nor the templates.
    from pubkit.workflow.check_editions import check_finished_files

    return check_finished_files(files, selection=selection)


def _check_project(
    documents: tuple[str, ...],
    languages: tuple[str, ...],
    folder: Path,
    selection: Selection,
    *,
    fix: bool,
    editions: bool,
) -> Report:
    # Only here: a catalog by itself needs neither the parser of Markdown nor the templates.
    from pubkit.workflow.check import check_project
    from pubkit.workflow.check_editions import check_editions
    from pubkit.workflow.fix import fix_project
    from pubkit.workflow.project import open_project

    project = open_project(folder)
    chosen = chosen_languages(project.languages, languages)
    if fix:
        _tell_fixed(fix_project(project, documents, languages=chosen, selection=selection))
    run = check_editions if editions else check_project
    return run(project, documents, languages=chosen, selection=selection)


def _checks(option: str, lists: Sequence[str]) -> frozenset[str]:
    names = [name.strip() for listed in lists for name in listed.split(",")]
    try:
        return find_checks(filter(None, names))
    except ConfigError as error:
        message = f"{error.message}. {error.remedy}"
        raise click.BadParameter(message, param_hint=f"'{option}'") from None


def _tell_fixed(files: Iterable[Fixed]) -> None:
    for file in files:
        number = ngettext("{number} fixed", "{number} fixed", file.number).format(
            number=file.number
        )
        say(f"{shown_path(str(file.path))}: {number}", quiet=False)


def _print(report: Report, style: str, output: Path | None) -> None:
    lines = write_report(report, style)
    if output:
        text = "\n".join(map(click.unstyle, lines)) + "\n"
        try:
            output.write_text(text, encoding="utf-8")
        except OSError as error:
            raise click.FileError(str(output), error.strerror) from None
    else:
        for line in lines:
            click.echo(line)
    if report.skipped and style == "text":
        print_warning(
            _(
                "without agreed names these checks did not run: {checks}. Names were compared by "
                "reading alone"
            ).format(checks=", ".join(report.skipped))
        )
