"""The ``pubkit`` command: its sub-commands, its language, its errors."""

import gc
import gettext as gnu_gettext
import os
import sys
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import NoReturn

import click

from pubkit import caches, messages
from pubkit.cli.options import AS_IT_IS
from pubkit.cli.output import print_error, wants_color
from pubkit.cli.quick import cache_folder, question, spoken_languages, unread
from pubkit.cli.summaries import summaries
from pubkit.errors import BusyError, PubkitError
from pubkit.messages import gettext as _
from pubkit.patterns import PROGRAMS

EXIT_FAILED = 2
EXIT_INTERRUPTED = 130
EXIT_BUSY = 3
"""Somebody else is sending: the same command again does the rest."""


COLLECTED_RARELY = (50_000, 20, 100)
"""Modules and tables stay; looking for garbage among them takes a tenth of a start."""


class Commands(click.Group):
    """Sub-commands, each imported only when it runs: ``status`` shall not wait for ``render``."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order of a report's life."""
        return list(summaries())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        if cmd_name not in summaries():
            return None
        module = import_module(f"pubkit.cli.{cmd_name}_command")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands; click would import all of them to do so."""
        with formatter.section(gnu_gettext.gettext("Commands")):
            formatter.write_dl([*summaries().items()])

    def invoke(self, ctx: click.Context) -> object:
        """Run a sub-command; click would end it with the code of findings where nobody reads."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise click.exceptions.Exit(unread()) from None


def run() -> NoReturn:
    """Run the command line and leave with its exit code."""
    gc.set_threshold(*COLLECTED_RARELY)
    speak(os.environ)
    kept = cache_folder(os.environ)
    caches.keep_in(Path(kept) if kept else None)
    choose_engine(os.environ)
    try:
        # Commands return nothing; click returns the code of one that ended itself.
        asked = question(sys.argv[1:], os.environ)
        code = make_program()(standalone_mode=False, color=wants_color(), obj=asked) or 0
    except click.ClickException as error:
        error.show()
        code = EXIT_FAILED
    except BusyError as error:
        print_error(error)
        code = EXIT_BUSY
    except PubkitError as error:
        print_error(error)
        code = EXIT_FAILED
    except (click.Abort, KeyboardInterrupt):
        code = interrupted()
    PROGRAMS.keep()
    sys.exit(code)


def interrupted() -> int:
    """Say that the user has stopped the program, and return its exit code."""
    print_error(PubkitError(_("Interrupted; every written file is whole")))
    return EXIT_INTERRUPTED


def speak(environment: Mapping[str, str]) -> None:
    """Choose the language of the program's messages, click's own included."""
    messages.speak(spoken_languages(environment))
    gnu_gettext.bindtextdomain(messages.DOMAIN, str(messages.LOCALES))
    gnu_gettext.textdomain(messages.DOMAIN)


def choose_engine(environment: Mapping[str, str]) -> None:
    """Let WeasyPrint be as it is, if ``PUBKIT_ENGINE`` says so."""
    if environment.get("PUBKIT_ENGINE") == "stock":
        import_module("pubkit.rendering.engine").be_stock()


def make_program() -> click.Group:
    """Return the command line in the language that was chosen."""
    text = _(
        "Publish one report in many languages.\n\n"
        "Write Markdown in source/, translate the catalogs in locales/ with any gettext "
        "editor, and render HTML and PDF editions into build/."
    )
    examples = _(
        "Examples:\n"
        "  pubkit init my-news && cd my-news\n"
        "  pubkit extract            bring the catalogs up to date\n"
        "  pubkit status             see what is left to translate\n"
        "  pubkit render --lang zh   make the Chinese edition\n"
        "  pubkit send report        who of the members would get what"
    )
    completion = _(
        'Completion in the shell: eval "$(_PUBKIT_COMPLETE=bash_source pubkit)" '
        "(zsh_source, fish_source)"
    )
    program = Commands(name="pubkit", help=text, epilog=f"{AS_IT_IS}{examples}\n\n{completion}")
    return click.version_option(package_name="pubkit", prog_name="pubkit")(program)
