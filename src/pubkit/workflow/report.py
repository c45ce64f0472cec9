"""What a run of the checks found, and which of it a user wants to see."""

from dataclasses import replace

from pubkit.model import Finding, Severity
from pubkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Checked:
    """One file that was looked at."""

    path: str | None
    lang: str | None
    entries: int
    findings: tuple[Finding, ...]
    skipped: tuple[str, ...] = ()
    """The checks that could not run, for want of agreed names."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a run of the checks found."""

    files: tuple[Checked, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings, file by file."""
        return tuple(finding for file in self.files for finding in file.findings)

    @property
    def entries(self) -> int:
        """How many texts were looked at."""
        return sum(file.entries for file in self.files)

    @property
    def errors(self) -> int:
        """How many findings block sending."""
        return sum(finding.severity is Severity.ERROR for finding in self.findings)

    @property
    def warnings(self) -> int:
        """How many findings do not."""
        return len(self.findings) - self.errors

    @property
    def skipped(self) -> tuple[str, ...]:
        """The checks that could not run on at least one file."""
        return tuple(dict.fromkeys(check for file in self.files for check in file.skipped))


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which findings a user wants to see."""

    select: frozenset[str] = frozenset()
    """Ids of checks; all if empty."""
    ignore: frozenset[str] = frozenset()
    severity: Severity = Severity.WARNING
    """The least grave that is shown."""

    def keeps(self, finding: Finding) -> bool:
        """Tell whether a finding is wanted."""
        return (
            (not self.select or finding.check in self.select)
            and finding.check not in self.ignore
            and (self.severity is Severity.WARNING or finding.severity is Severity.ERROR)
        )


EVERYTHING = Selection()


def keep(checked: Checked, selection: Selection) -> Checked:
    """Return what was looked at with the wanted findings alone."""
    return replace(checked, findings=tuple(filter(selection.keeps, checked.findings)))
