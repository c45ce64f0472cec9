"""``pubkit names``."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

import click
from rich.cells import cell_len

from pubkit.cli.clock import catalog_time
from pubkit.cli.options import (
    chosen_languages,
    documents_argument,
    examples,
    languages_option,
    project_option,
)
from pubkit.cli.output import say, shown_path
from pubkit.cli.summaries import summary
from pubkit.localize import language_name
from pubkit.messages import gettext as _
from pubkit.messages import ngettext
from pubkit.model import TermKind
from pubkit.workflow.names import Named, State, document_names, propose_names
from pubkit.workflow.project import open_project

KINDS = tuple(TermKind)
COLORS = {State.LACKING: "red", State.WAITING: "yellow", State.UNCERTAIN: "yellow"}


@click.command(
    name="names",
    short_help=summary("names"),
    help=_(
        "List the persons, titles and organizations of a document, and what names.po lacks.\n\n"
        "A rendering that is proposed was learnt from the translations, or read from the "
        "characters. --write adds the lacking ones to names.po as fuzzy entries with the texts "
        "they were found in; review them like any translation."
    ),
    epilog=examples("pubkit names", "pubkit names report --lang zh", "pubkit names --write"),
)
@documents_argument()
@click.option("--write", is_flag=True, help=_("Add what names.po lacks, as fuzzy entries."))
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help=_("For people, or for programs."),
)
@languages_option()
@project_option()
def command(
    documents: tuple[str, ...], write: bool, style: str, languages: tuple[str, ...], folder: Path
) -> None:
    """Print the names, and write the proposals."""
    project = open_project(folder)
    chosen = chosen_languages(project.languages, languages)
    names = list(document_names(project, documents, languages=chosen))
    if style == "json":
        click.echo(_as_json(names))
    else:
        for line in _table(names):
            click.echo(line)
    if write:
        for path in propose_names(project, names, created=catalog_time()):
            say(_("written: {path}").format(path=shown_path(str(path))), quiet=False)


def _as_json(names: Iterable[Named]) -> str:
    found = [
        {
            "document": named.document,
            "lang": named.lang,
            "kind": named.proposal.kind.value,
            "name": named.proposal.name,
            "rendering": named.proposal.rendering,
            "state": named.state.value,
            "mentions": named.proposal.mentions,
            "evidence": list(named.evidence),
        }
        for named in names
    ]
    return json.dumps({"version": 1, "names": found}, ensure_ascii=False, indent=1)


def _table(names: list[Named]) -> Iterator[str]:
    width = max((cell_len(named.proposal.name) for named in names), default=0)
    for (document, lang), group in groupby(names, key=lambda named: (named.document, named.lang)):
        yield click.style(f"{document} · {lang} {language_name(lang)}", bold=True)
        listed = sorted(group, key=lambda named: KINDS.index(named.proposal.kind))
        for named in listed:
            yield _row(named, min(width, WIDEST_NAME))
        yield from _summary(listed)


WIDEST_NAME = 60


def _row(named: Named, width: int) -> str:
    proposal = named.proposal
    name = proposal.name + " " * max(0, width - cell_len(proposal.name))
    state = click.style(f"{_states()[named.state]:<9}", fg=COLORS.get(named.state))
    times = f"{proposal.mentions:>3}×"
    return f"  {proposal.kind.value:<12}  {state}  {times}  {name}  {proposal.rendering}".rstrip()


def _states() -> dict[State, str]:
    return {
        State.AGREED: _("agreed"),
        State.UNCERTAIN: _("uncertain"),
        State.WAITING: _("waiting"),
        State.LACKING: _("lacking"),
    }


def _summary(names: Iterable[Named]) -> Iterator[str]:
    states = Counter(named.state for named in names)
    lacking = states[State.LACKING]
    yield ngettext(
        "{number} name is lacking in names.po",
        "{number} names are lacking in names.po",
        lacking,
    ).format(number=lacking)
    yield ""
