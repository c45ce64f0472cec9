"""Arguments and options that several commands share."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pubkit.errors import PubkitError
from pubkit.messages import gettext as _

if TYPE_CHECKING:
    from pubkit.workflow.project import Project

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def quiet_option() -> Decorator:
    """Return the option ``--quiet``."""
    return click.option(
        "-q", "--quiet", is_flag=True, help=_("Say nothing but results and errors.")
    )


def project_option() -> Decorator:
    """Return the option ``--project``."""
    return click.option(
        "--project",
        "folder",
        metavar="DIR",
        type=click.Path(path_type=Path, file_okay=False, exists=True),
        default=Path(),
        help=_("A folder of the project; without it, the current one."),
    )


def campaign_option() -> Decorator:
    """Return the option ``--campaign``."""
    return click.option(
        "--campaign",
        "number",
        metavar="N",
        type=click.IntRange(min=1),
        help=_("An older campaign of the document.  [default: the latest]"),
    )


def languages_option() -> Decorator:
    """Return the option ``--lang``, which may be repeated."""
    return click.option(
        "-l",
        "--lang",
        "languages",
        metavar="TAG",
        multiple=True,
        shell_complete=_complete_languages,
        help=_("Only this language; may be repeated.  [default: all]"),
    )


def documents_argument() -> Decorator:
    """Return the argument for documents."""
    return click.argument(
        "documents", metavar="[DOC]...", nargs=-1, shell_complete=complete_documents
    )


def complete_documents(
    _context: click.Context, _parameter: click.Parameter, beginning: str
) -> list[str]:
    """Return the documents whose names begin so, for completion in the shell."""
    from pubkit.workflow.documents import find_documents  # as below

    project = _project_here()
    names = find_documents(project.config) if project else ()
    return sorted(name for name in names if name.startswith(beginning))


def _complete_languages(
    _context: click.Context, _parameter: click.Parameter, beginning: str
) -> list[str]:
    project = _project_here()
    return [tag for tag in project.languages if tag.startswith(beginning)] if project else []


def _project_here() -> "Project | None":
    # Only here: a catalog is checked without the parser of Markdown and the templates.
    from pubkit.workflow.project import open_project

    try:
        return open_project(Path.cwd())
    except PubkitError:
        return None


AS_IT_IS = "\b\n"
"""Tells click to leave the lines of the paragraph that follows."""


def examples(*lines: str) -> str:
    """Return the epilog of a command's help."""
    return AS_IT_IS + _("Examples:") + "".join(f"\n  {line}" for line in lines)


def chosen_languages(known: tuple[str, ...], languages: tuple[str, ...]) -> tuple[str, ...]:
    """Return the languages of the project that were asked for.

    Raises:
        click.BadParameter: The project does not have one of them.
    """
    for lang in languages:
        if lang not in known:
            raise click.BadParameter(
                _(
                    "the project has no language “{lang}”; it has {known}. "
                    "Add it to “languages” in pubkit.toml, then run: pubkit extract"
                ).format(lang=lang, known=", ".join(known)),
                param_hint="--lang",
            )
    return tuple(dict.fromkeys(languages)) or known
