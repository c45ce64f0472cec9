"""Run the checks of finished editions, which need none of the others."""

from pubkit.checks import edition as editions
from pubkit.checks import extraction, printed
from pubkit.checks.registry import find_problems
from pubkit.model import Finding

FinishedEdition = editions.FinishedEdition
THEMES = (editions, extraction, printed)
"""Where they stand: importing them is what makes them run."""


def check_edition(edition: FinishedEdition, *, path: str) -> list[Finding]:
    """Return what is wrong with a finished edition.

    Args:
        edition: What was read back from the file, and what should stand in it.
        path: The file.
    """
    lang = edition.document.lang if edition.document else edition.file.lang
    return [
        Finding(
            check=check.id,
            severity=problem.severity or check.severity,
            message=problem.message,
            path=path,
            lang=lang,
            msgctxt=problem.at.msgctxt if problem.at else None,
            msgid=problem.at.msgid if problem.at else "",
        )
        for check, problem in find_problems(edition)
    ]
