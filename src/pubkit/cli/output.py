"""What people read on a terminal, and programs from a pipe."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import click

from pubkit.errors import PubkitError
from pubkit.messages import gettext as _


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
    click.echo(warning_text(message), err=True, nl=False)


def warning_text(message: str) -> str:
    """Return a warning as stderr shows it, in colours or not."""
    text = click.style(_("warning: ") + message, fg="yellow") + "\n"
    return text if sys.stderr.isatty() and wants_color() is None else click.unstyle(text)


def say(message: str, *, quiet: bool) -> None:
    """Tell of progress on stderr, unless nobody wants to hear it."""
    if not quiet:
        click.echo(message, err=True)


def has_bar(*, quiet: bool) -> bool:
    """Tell whether somebody sees a bar move."""
    return not quiet and sys.stderr.isatty()


@contextmanager
def progress(total: int, *, quiet: bool, is_over: bool = False) -> Iterator[Any]:
    """Show a bar on a terminal; yields a function that is told of each step.

    Args:
        total: How many steps there are.
        quiet: Whether nobody wants to see it.
        is_over: Whether it is told of each step after it, not before; then it knows a rate.
    """
    if total < 2 or not has_bar(quiet=quiet):
        yield lambda _step: None
        return
    # Only here: importing rich costs more than most commands take.
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn

    remaining = TimeRemainingColumn(compact=True)
    rate = TextColumn("{task.fields[rate]}")
    columns = (BarColumn(), MofNCompleteColumn(), rate, remaining, TextColumn("{task.description}"))
    # No thread draws it: editions are made in processes that are forked from this one.
    with open_bar(*columns, draws_itself=False) as bar:
        task = bar.add_task("", total=total, rate="")
        steps = iter(range(int(is_over), total))

        def step(name: str) -> None:
            speed = bar.tasks[0].speed if is_over else None
            done = next(steps, total)
            bar.update(task, description=name, completed=done, rate=_shown_rate(speed))
            bar.refresh()

        yield step


def _shown_rate(speed: float | None) -> str:
    """Return how many steps a second are done; of slow ones, a minute."""
    if not speed:
        return ""
    if speed >= 1:
        return _("{number:.1f}/s").format(number=speed)
    return _("{number:.0f}/min").format(number=60 * speed)


def open_bar(*columns: Any, draws_itself: bool) -> Any:
    """Return a bar on stderr that is gone when it ends.

    Args:
        columns: Of rich.
        draws_itself: Whether a thread draws it again and again, so that times in it go on.
    """
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    return Progress(*columns, console=console, transient=True, auto_refresh=draws_itself)


TEXT_COLUMNS = 2
"""So many first columns are texts, the others numbers, in most tables."""


def print_table(rows: Sequence[Sequence[str]], *, texts: int = TEXT_COLUMNS) -> None:
    """Print a table: numbers, which follow the columns of texts, are flush right."""
    click.echo(table_text(rows, texts=texts), nl=False)


def table_text(rows: Sequence[Sequence[str]], *, texts: int = TEXT_COLUMNS) -> str:
    """Return the lines of a table as they are printed."""
    from rich.cells import cell_len

    def filler(cell: str, width: int) -> str:
        """Return the blanks that a cell lacks; a Chinese character is two wide."""
        return " " * (width - cell_len(cell))

    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        cells = (
            cell + filler(cell, width) if number < texts else filler(cell, width) + cell
            for number, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        lines.append("  ".join(cells).rstrip() + "\n")
    return "".join(lines)


def printable(text: str) -> str:
    """Return what a stranger wrote on one line, without signs that steer a terminal."""
    line = " ".join(text.split())
    return "".join(sign if sign.isprintable() else "�" for sign in line)


def shown_path(path: str | None) -> str:
    """Return a path as seen from here; the address of a database as it is."""
    if path is None:
        return _("(no file yet)")
    if "://" in path:
        return path
    relative = os.path.relpath(path)
    return path if relative.startswith("..") else relative
