"""Answers of commands, kept as long as nothing has changed on which they depend.

::

    question --> key --> answer: what the command said, the files that it depends on, their states

An answer is what the command itself has said, word for word, to the same question in the same
folder, language and environment. It lies in the user's private caches, never in a project: who
sends a project could send wrong answers with it. Whatever is doubtful is no answer, and the command
does its work.

This module is imported before anything else, and imports little.
"""

import os
import time

from pubkit.states import Look, digest_of, is_private, look_at, unsealed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

KIND = "answers"
_FORMAT = "pubkit answer 1"
_SEPARATOR = "\0"


def question_key(parts: "Iterable[str]") -> str:
    """Return the key of a question: of all that is asked, but for the files it is about."""
    return digest_of(_SEPARATOR.join(parts))


def kept_answer(folder: str, key: str) -> tuple[str, str] | None:
    """Return what a command has said on stdout and on stderr, if it would say it again.

    Args:
        folder: Where the user's caches lie.
        key: That of the question.
    """
    kept = _read(folder, key)
    if kept is None or len(kept) < 4 or kept[0] != _FORMAT:
        return None
    _format, digest, out, err, *watched = kept
    return (out, err) if look_at(watched).digest == digest else None


def _read(folder: str, key: str) -> list[str] | None:
    place = os.path.join(folder, KIND)
    try:
        if not (is_private(folder) and is_private(place)):
            return None
        with open(os.path.join(place, key), "rb") as file:
            answer = unsealed(file.read(), key)
    except (OSError, ValueError):
        return None
    return answer.decode("utf-8", "surrogateescape").split(_SEPARATOR) if answer else None


def keep_answer(
    key: str,
    look: Look,
    watched: "Iterable[str]",
    *,
    out: str,
    err: str,
    results: "Iterable[str]" = (),
    are_right: "Callable[[], bool]" = lambda: True,
) -> None:
    """Keep what a command has said, if it is certain that it would say it again.

    Args:
        key: That of the question.
        look: A look at the files from before the command has read the first of them.
        watched: All files and folders on which the answer depends, as ``look_at`` takes them.
        out: What it has said on stdout.
        err: What it has said on stderr.
        results: Files that it has made, and that have to stay as they are.
        are_right: Tells whether they are what it has made.
    """
    inputs, outputs = tuple(watched), tuple(results)
    if not look.is_settled or _SEPARATOR in out + err:
        return
    now = _settled_look(outputs)
    if not (now.is_settled and are_right()):
        return
    # What was looked at before and is looked at behind has not changed in between.
    if look_at(inputs).digest != look.digest or look_at(outputs).digest != now.digest:
        return
    from pubkit import caches

    digest = look.joined(now).digest
    text = _SEPARATOR.join((_FORMAT, digest, out, err, *inputs, *outputs))
    caches.keep(KIND, key, text.encode("utf-8", "surrogateescape"))


def _settled_look(paths: "tuple[str, ...]") -> Look:
    """Look at files until the clock has gone on since they were written: a few milliseconds."""
    for _attempt in range(10):
        look = look_at(paths)
        if look.is_settled:
            break
        time.sleep(0.002)
    return look
