"""``pubkit send``: a document's editions to the members, and what belongs to it."""

from importlib import import_module

import click

from pubkit.cli.summaries import summary

DELIVER = "deliver"
SUBCOMMANDS = ("status", "report", "bounces", "reconcile", "suppress")
"""Each a module of ``cli/sending/``; what is none of them is a document or an option."""
OF_SENDING = ("--members", "--send", "--to", "--correction", "--new", "--limit", "--at")
"""Options that no sub-command has: before them even ``report`` is the name of a document."""


class UnnamedContext(click.Context):
    """The context of a command that is called by the name of its group."""

    @property
    def command_path(self) -> str:
        """Return how users call it."""
        return super().command_path.rstrip()


class UnnamedCommand(click.Command):
    """``pubkit send DOC``: for its users it has no name beside that of the group."""

    context_class = UnnamedContext


class Sending(click.Group):
    """``pubkit send DOC`` itself, and its sub-commands, each imported only when it runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the sub-commands in the order in which they are needed."""
        return list(SUBCOMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a sub-command."""
        if cmd_name not in (DELIVER, *SUBCOMMANDS):
            return None
        module = import_module(f"pubkit.cli.sending.{cmd_name}")
        command: click.Command = module.command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Hide the name of what has none."""
        name, command, rest = super().resolve_command(ctx, args)
        return "" if name == DELIVER else name, command, rest

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take everything that names no sub-command for the arguments of sending itself."""
        own = not args or args[0] not in SUBCOMMANDS or _is_sending(args[1:])
        return super().parse_args(ctx, [DELIVER, *args] if own else args)


def _is_sending(args: list[str]) -> bool:
    """Tell whether arguments are those of sending itself."""
    return any(arg.partition("=")[0] in OF_SENDING for arg in args)


command = Sending(name="send", short_help=summary("send"), add_help_option=False)
