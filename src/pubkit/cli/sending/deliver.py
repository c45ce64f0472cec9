"""``pubkit send DOC``: a dry run, a proof for the office, or the messages themselves."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pubkit.cli.mail_access import read_mail_access
from pubkit.cli.options import examples, project_option, quiet_option
from pubkit.cli.output import print_warning, progress, say, shown_path
from pubkit.cli.send_command import UnnamedCommand
from pubkit.cli.sending.clock import SystemClock, heeding_sigterm
from pubkit.cli.sending.next_steps import next_steps
from pubkit.cli.sending.progress import Watch, watching
from pubkit.cli.sending.rehearsal import print_rehearsal
from pubkit.cli.summaries import summary
from pubkit.config import Config, find_project, read_config
from pubkit.distribution.campaign import DeliveryState
from pubkit.distribution.wording import state_names
from pubkit.messages import gettext as _
from pubkit.values import dataclass

if TYPE_CHECKING:
    from pubkit.workflow.sending.office import Office
    from pubkit.workflow.sending.plans import Plan, Request
    from pubkit.workflow.sending.running import Manner, Run

EXIT_REFUSALS = 1
EXIT_UNFINISHED = 3
EXIT_STOPPED = 130


@click.command(
    cls=UnnamedCommand,
    short_help=summary("send"),
    help=_(
        "Send the PDF editions of a document to the members of a roster, each in their language, "
        "once.\n\n"
        "Without --send it is a dry run: every message is written to outbox/, with its PDF, as a "
        "file that mail programs open (--limit 10 writes ten), and a table says who would get "
        "what. --to ADDRESS sends one message for "
        "each language to the office. --send delivers to the members.\n\n"
        "When it is interrupted, or killed, the same command goes on where it was: who has the "
        "message is written down in the ledger. Members of whom it is not known whether they have "
        "it are held back until it is found out: see pubkit send reconcile.\n\n"
        "The server stands in [mail] of pubkit.toml or in PUBKIT_MAIL_SERVER, as in "
        "smtps://user@mail.example.org; the password in PUBKIT_MAIL_PASSWORD.\n\n"
        "Exit code 0: everybody is sent, suppressed or failed for good; 3: some wait or are in "
        "doubt; 1: a dry run found members who cannot be written to."
    ),
    epilog=examples(
        "pubkit send report --members members.csv",
        "pubkit send report --to press@example.org",
        "pubkit send report --members members.csv --send",
        "pubkit send report --members members.csv --send --at 2026-12-01T09:00+08:00",
        "pubkit send report --correction --send",
        "pubkit send status report",
    )
    + "\n\n"
    + _("Sub-commands: {names}; each has --help.").format(
        names="status, report, bounces, reconcile, suppress"
    ),
)
@click.argument("document", metavar="DOC")
@click.option(
    "-m",
    "--members",
    metavar="FILE|URL",
    help=_("The roster: a CSV or XLSX file, or the SQLAlchemy URL of a database."),
)
@click.option("--query", metavar="SQL", help=_("What selects the members of a database."))
@click.option("--encoding", metavar="NAME", help=_("That of the roster, if it is not recognised."))
@click.option("--send", "is_real", is_flag=True, help=_("Deliver; without it, a dry run."))
@click.option("--to", "office", metavar="ADDRESS", help=_("Send a proof to this address alone."))
@click.option(
    "-g",
    "--group",
    "groups",
    metavar="GROUP",
    multiple=True,
    help=_("Only members of this group; may be repeated."),
)
@click.option(
    "-l",
    "--lang",
    "languages",
    metavar="TAG",
    multiple=True,
    help=_("Only who gets the edition in this language; may be repeated."),
)
@click.option(
    "--limit",
    metavar="N",
    type=click.IntRange(min=1),
    help=_("Send so many messages at most in this run."),
)
@click.option(
    "--at", metavar="TIME", help=_("Wait until then, as in 2026-12-01T09:00 or with a zone +08:00.")
)
@click.option(
    "--correction",
    is_flag=True,
    help=_("Send the edition to those who have another one, with a note of what changed."),
)
@click.option("--note", metavar="TEXT", default="", help=_("What a correction says besides."))
@click.option("--new", "is_new", is_flag=True, help=_("Begin anew: everybody gets it again."))
@click.option(
    "--in-doubt",
    type=click.Choice(["hold", "resend", "reconcile"]),
    help=_("What to do about members who may have it or not.  [default: the setting, or hold]"),
)
@click.option(
    "--skip-refused", is_flag=True, help=_("Leave out members whom the roster gets wrong.")
)
@click.option("--retry-failed", is_flag=True, help=_("Try those again who failed for good."))
@click.option("--keep-going", is_flag=True, help=_("Go on however many messages fail."))
@click.option(
    "--wait",
    "patience",
    metavar="SECONDS",
    type=click.FloatRange(min=0),
    default=30.0,
    show_default=True,
    help=_("How long to wait for messages that the server has put off, before ending with 3."),
)
@project_option()
@quiet_option()
def command(**values: Any) -> None:
    """Rehearse, prove or send."""
    options = Options(**values)
    _refuse_contradictions(options)
    config = read_config(find_project(options.folder.resolve()))
    with heeding_sigterm():
        if options.office:
            send_proof(config, options)
        elif options.is_real:
            deliver(config, options)
        else:
            show_rehearsal(config, options)


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What stands on the command line."""

    document: str
    members: str | None
    query: str | None
    encoding: str | None
    is_real: bool
    office: str | None
    groups: tuple[str, ...]
    languages: tuple[str, ...]
    limit: int | None
    at: str | None
    correction: bool
    note: str
    is_new: bool
    in_doubt: str | None
    skip_refused: bool
    retry_failed: bool
    keep_going: bool
    patience: float
    folder: Path
    quiet: bool


def _refuse_contradictions(options: Options) -> None:
    """Refuse options of which one would be ignored.

    Raises:
        click.UsageError: There are some.
    """
    if options.correction and options.is_new:
        raise click.UsageError(
            _("--new sends to everybody, --correction to readers of another edition: choose one")
        )
    if options.correction and options.members:
        raise click.UsageError(
            _(
                "--correction goes to all who have another edition and reads no roster: leave out "
                "--members. Who has none yet gets the new one afterwards, without --correction"
            )
        )
    if options.note and not options.correction:
        raise click.UsageError(_("--note goes with --correction: no other letter has it"))


def _request(config: Config, options: Options) -> "Request":
    from pubkit.distribution.ledger.desk import Selection
    from pubkit.workflow.ledgers import document_name
    from pubkit.workflow.sending.addressing import Members
    from pubkit.workflow.sending.plans import Request

    members = options.members and Members(
        config=config,
        place=options.members,
        query=options.query,
        encoding=options.encoding,
        may_skip=options.skip_refused or not options.is_real,
        progress=partial(_tell_rows, quiet=options.quiet),
    )
    return Request(
        document=document_name(options.document, config),
        members=members or None,
        selection=Selection(
            groups=options.groups,
            languages=_languages(config, options.languages),
            corrections=options.correction,
        ),
        is_correction=options.correction,
        is_new=options.is_new,
        note=options.note,
    )


ROWS_TOLD = 50_000
"""A roster of so many rows takes some seconds, as a workbook ten."""


def _tell_rows(number: int, *, quiet: bool) -> None:
    if number and number % ROWS_TOLD == 0:
        say(_("{number} rows of the roster are read").format(number=f"{number:,}"), quiet=quiet)


def _languages(config: Config, tags: tuple[str, ...]) -> tuple[str, ...]:
    for tag in tags:
        if tag not in config.project.languages:
            raise click.BadParameter(
                _("the project has no language “{lang}”; it has {known}").format(
                    lang=tag, known=", ".join(config.project.languages)
                ),
                param_hint="--lang",
            )
    return tags


def _office(config: Config, options: Options, clock: SystemClock | None = None) -> "Office":
    from pubkit.workflow.sending.office import Office

    def announce(lang: str) -> None:
        say(
            _("Making the edition of {name} in “{lang}”").format(name=options.document, lang=lang),
            quiet=options.quiet,
        )

    return Office(config=config, clock=clock or SystemClock(), announce=announce)


# ---------------------------------------------------------------- for real


def deliver(config: Config, options: Options) -> None:
    """Send, and leave with the code that says whether everything is done."""
    clock = SystemClock()
    access = read_mail_access(config)
    from pubkit.distribution.sending import Ending
    from pubkit.workflow.sending.running import send

    if options.at and (_time(options.at) or clock.now()) <= clock.now():
        say(_("{time} has passed: sending at once").format(time=options.at), quiet=options.quiet)
    run = send(
        _office(config, options, clock),
        _request(config, options),
        _manner(config, options),
        connect=access.connect,
        random=random.random,
        watch=partial(_watching, clock, quiet=options.quiet),
    )
    _report(run, options)
    if run.ending is Ending.STOPPED:
        raise click.exceptions.Exit(EXIT_STOPPED)
    if not run.is_done:
        raise click.exceptions.Exit(EXIT_UNFINISHED)


@contextmanager
def _watching(clock: SystemClock, total: int, *, quiet: bool) -> Iterator[Watch]:
    """Show how sending goes; for as long, the message under way is finished before an end."""
    with clock.heeding_signals(), watching(total, quiet=quiet) as watch:
        yield watch


def _manner(config: Config, options: Options) -> "Manner":
    from pubkit.workflow.sending.running import Manner

    return Manner(
        in_doubt=options.in_doubt or config.mail.in_doubt,
        limit=options.limit,
        at=_time(options.at),
        patience=options.patience,
        must_stop_at_failures=not options.keep_going,
        retry_failed=options.retry_failed,
    )


def _time(text: str | None) -> datetime | None:
    """Return a time; one without a zone is meant as the clock on the wall shows it."""
    if text is None:
        return None
    try:
        return datetime.fromisoformat(text).astimezone()
    except ValueError:
        raise click.BadParameter(
            _("“{text}” is no time; write it as in 2026-12-01T09:00+08:00").format(text=text),
            param_hint="--at",
        ) from None


def _report(run: "Run", options: Options) -> None:
    """Say what became of the members, and what is to be done."""
    _tell_ignored_note(run.plan, options)
    audience = run.plan.audience
    for note in audience.notes if audience else ():
        say(note, quiet=options.quiet)
    nobody = _("nobody is meant")
    counts = _(", ").join(
        f"{number} {name}" for state, name in state_names().items() if (number := run.counts[state])
    )
    click.echo(f"{run.campaign.document}: {counts or nobody}")
    is_whole = run.is_done and run.campaign.corrects is None  # a correction leaves some out
    if is_whole and not run.counts[DeliveryState.FAILED]:
        return
    from pubkit.distribution.ledger.figures import read_overview
    from pubkit.distribution.sending import Ending

    if run.ending is Ending.UNANSWERED:
        print_warning(
            _(
                "Stopped: the mail server, or what lies between, ends the connection after each "
                "message without an answer. Let it be mended first"
            )
        )
    if run.last_delay:
        print_warning(_("Put off, the last time for this: {reply}").format(reply=run.last_delay))
    with run.ledger.transaction() as connection:
        overview = read_overview(connection, run.campaign)
    for step in next_steps(overview):
        click.echo(f"{step.reason}\n  {step.command}", err=True)


def _tell_ignored_note(plan: "Plan", options: Options) -> None:
    """Warn of a note that comes too late: what members read is frozen when a correction begins."""
    note = " ".join(options.note.split())
    letters = [parcel.named.text for parcel in plan.campaign.corrections.values()]
    if plan.campaign.id and not all(note in " ".join(text.split()) for text in letters):
        print_warning(
            _("The correction has begun already, and its letters stay as they are: no --note")
        )


# ---------------------------------------------------------------- a dry run


def show_rehearsal(config: Config, options: Options) -> None:
    """Write every message to outbox/, and print who would get what."""
    from pubkit.workflow.sending.rehearsing import rehearse, write_messages

    office = _office(config, options)
    rehearsal = rehearse(office, _request(config, options))
    _tell_ignored_note(rehearsal.plan, options)
    sizes: dict[str, list[int]] = {}
    total = min(len(rehearsal.waiting), options.limit or len(rehearsal.waiting))
    with progress(total, quiet=options.quiet) as step:
        for delivery, path, size in write_messages(office, rehearsal, limit=options.limit):
            step(path.name)
            sizes.setdefault(delivery.lang, []).append(size)
    print_rehearsal(rehearsal, sizes)
    if total:
        where = shown_path(str(config.outbox))
        click.echo(_("The messages lie in {folder}; none was sent.").format(folder=where), err=True)
    if rehearsal.refusals:
        raise click.exceptions.Exit(EXIT_REFUSALS)


# ---------------------------------------------------------------- a proof


def send_proof(config: Config, options: Options) -> None:
    """Send one message for each language to the office."""
    from pubkit.workflow.ledgers import document_name
    from pubkit.workflow.sending.rehearsing import send_proofs

    access = read_mail_access(config)
    name = document_name(options.document, config)
    languages = _languages(config, options.languages) or config.project.languages
    address = options.office or ""
    office = _office(config, options)
    for lang in send_proofs(office, name, languages, address, connect=access.connect):
        click.echo(
            _("{name} in “{lang}” was sent to {address}").format(
                name=name, lang=lang, address=address
            )
        )
