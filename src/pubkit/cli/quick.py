"""Where every command begins: what is known without work is said at once.

Whoever asks for the version, or how far the translations are, shall not wait until a parser of
arguments is loaded. So this module and all that it imports stay light: no click, no pathlib, no
typing. Whatever it does not know exactly it leaves to the program (``program.py``).
"""

import os
import sys

from pubkit.workflow.answers import kept_answer, question_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import NoReturn

PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ANSWERED = ("status", "extract", "render")
"""The commands whose answers are kept."""
SEEN = (
    *("PUBKIT_ENGINE", "SOURCE_DATE_EPOCH", "FONTCONFIG_", "FC_", "FREETYPE_", "HB_", "PANGO"),
    *("WEASYPRINT_", "LD_"),
)
"""How the variables of the environment begin that have a say in how editions look."""
HEARD = (*SEEN, "PUBKIT_", "LANG", "LC_", "NO_COLOR", "TERM", "HOME", "XDG_", "PYTHON")
"""Those that have a say in what is answered."""
EXIT_BROKEN_PIPE = 141
"""What a shell reports of a program that ends by SIGPIPE; 1 would mean findings."""


def main() -> "NoReturn":
    """Answer at once, or run the program, and leave with its exit code."""
    open_streams()
    try:
        answer = quick_answer(sys.argv[1:])
        if answer is not None:
            sys.exit(_say(answer))
        from pubkit.cli.program import run
    except KeyboardInterrupt:
        from pubkit.cli.program import interrupted

        sys.exit(interrupted())
    run()


def open_streams() -> None:
    """Let what is said into a stream that is closed go nowhere; nothing is read from one.

    Else the next file that is opened would get its number, and be written into.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115


def quick_answer(arguments: "Sequence[str]") -> tuple[str, str] | None:
    """Return what the program would say on stdout and on stderr, if that is known."""
    # What is said of signs that an encoding lacks, the program knows.
    if any(getattr(stream, "encoding", "") != "utf-8" for stream in (sys.stdout, sys.stderr)):
        return None
    if list(arguments) == ["--version"]:
        version = _version(spoken_languages(os.environ))
        return (version, "") if version else None
    folder, key = cache_folder(os.environ), question(arguments, os.environ)
    return kept_answer(folder, key) if folder and key else None


def question(arguments: "Sequence[str]", environment: "Mapping[str, str]") -> str | None:
    """Return the key of what is asked, if the answer to it may be kept.

    It names all that an answer depends on besides files: the words, the folder, the program, and
    what of the environment has a say in editions, in messages and in colours.
    """
    if not arguments or arguments[0] not in ANSWERED:
        return None
    try:
        folder = os.getcwd()
    except OSError:
        return None
    chosen = sorted(name for name in environment if name.startswith(HEARD))
    streams = (str(stream and stream.isatty()) for stream in (sys.stdout, sys.stderr))
    program = (PACKAGE, sys.version, sys.prefix, *sys.path[1:])
    said = (f"{name}={environment[name]}" for name in chosen)
    return question_key((folder, *arguments, "", *program, "", *streams, *said))


def _version(languages: "Sequence[str]") -> str | None:
    version = _installed_version()
    if version is None:
        return None
    message = "%(prog)s, version %(version)s"
    if any(map(_is_known, languages)):
        from pubkit import messages

        messages.speak(languages)
        message = messages.gettext(message)
    return message % {"prog": "pubkit", "version": version} + "\n"


def _is_known(locale: str) -> bool:
    """Tell whether there may be messages in the language of a locale, such as zh_CN.UTF-8."""
    language = locale.replace(".", "_").replace("@", "_").partition("_")[0]
    return language != "en" and os.path.isdir(os.path.join(PACKAGE, "locales", language))


def _installed_version() -> str | None:
    """Return the version as ``importlib.metadata`` does, which takes long to import."""
    try:
        for folder in filter(os.path.isdir, sys.path):
            found = [name for name in os.listdir(folder) if _is_metadata(name.lower())]
            if found:
                return _metadata_version(os.path.join(folder, *found)) if len(found) == 1 else None
    except OSError:
        pass
    return None


def _is_metadata(name: str) -> bool:
    return name.startswith(("pubkit-", "pubkit.")) and name.endswith((".dist-info", ".egg-info"))


def _metadata_version(folder: str) -> str | None:
    """Return the version that an installed package tells of itself."""
    if not folder.endswith(".dist-info"):
        return None
    with open(os.path.join(folder, "METADATA"), encoding="utf-8") as file:
        lines = (line.strip() for line in file)
        # The fields end with an empty line; after it stands the README.
        fields = iter(lines.__next__, "")
        return next((line[9:] for line in fields if line.startswith("Version: ")), None)


def heard_in_editions(environment: "Mapping[str, str]") -> list[str]:
    """Return what of the environment has a say in how editions look."""
    return [f"{name}={text}" for name, text in environment.items() if name.startswith(SEEN)]


def _say(answer: tuple[str, str]) -> int:
    try:
        for stream, text in zip((sys.stdout, sys.stderr), answer, strict=True):
            stream.write(text)
            stream.flush()
    except BrokenPipeError:
        return unread()
    return 0


def unread() -> int:
    """Return the code of a program whose output nobody reads."""
    # Nor may the interpreter complain when it empties the output at its end.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return EXIT_BROKEN_PIPE


def spoken_languages(environment: "Mapping[str, str]") -> list[str]:
    """Return the locales in which the user wants to be spoken to, best first.

    Source:
        GNU gettext manual, 2.3 "Setting the Locale through Environment Variables".
    """
    names = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
    chosen = next((environment[name] for name in names if environment.get(name)), "")
    return [name for name in chosen.split(":") if name]


def cache_folder(environment: "Mapping[str, str]") -> str | None:
    """Return where the user's caches lie: ``PUBKIT_CACHE``, which may be ``off``, or as usual.

    Source:
        XDG Base Directory Specification: ``XDG_CACHE_HOME`` holds what is not essential.
    """
    chosen = environment.get("PUBKIT_CACHE", "")
    if chosen == "off":
        return None
    if chosen:
        return os.path.abspath(chosen)
    usual, home = environment.get("XDG_CACHE_HOME", ""), environment.get("HOME")
    if not os.path.isabs(usual):
        if not home:
            return None
        usual = os.path.join(home, ".cache")
    return os.path.join(usual, "pubkit")
