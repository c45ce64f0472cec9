"""How a check is written.

::

    @check(Pair, severity=Severity.ERROR)
    def untranslated_name(pair: Pair) -> Iterator[Problem]:
        # the docstring: one sentence, then Why:, Bad:, Good: and Source:
        yield Problem(message=_("…"), span=Span(0, 8))

The parameter is what the check looks at, and mypy rejects any other: a ``Pair`` (one text and its
translation), a ``Translation`` (all of them), ``SourceTexts`` (the source by itself), a
``WaivedEntry``, or an ``Edition``. The function's name is the check's id, with hyphens. Ids are
frozen once released: they stand in catalogs and settings. The docstring is the page of
``pubkit explain``. A check reads no file, no setting and prints nothing.

Most texts have nothing that most checks look for. What tells so at a glance, a mark that must
occur, is given as ``only_if``: the runner asks it, once for all checks in a row that share it, and
calls a check only if the answer is yes.
"""

import inspect
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from difflib import get_close_matches
from fnmatch import fnmatchcase
from itertools import groupby
from typing import Any, TypeVar

from pubkit.errors import ConfigError
from pubkit.messages import gettext as _
from pubkit.model import Problem, Severity
from pubkit.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """A translator's word that a finding is no fault."""

    checks: tuple[str, ...]
    """The ids of the checks that shall be silent."""
    reason: str
    """Why; a waiver without a reason hides nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaivedEntry:
    """An entry with its waivers, after all checks of it have run."""

    waivers: tuple[Waiver, ...]
    used: frozenset[str]
    """The ids of the checks that had something to hide."""


Subject = TypeVar("Subject")


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A check as the runner knows it."""

    id: str
    severity: Severity
    subject: type
    find: Callable[[Any], Iterator[Problem]]
    only_if: Callable[[Any], bool] | None = None
    """Tells at a glance whether there may be something to find."""

    @property
    def page(self) -> str:
        """What ``pubkit explain`` shows."""
        return inspect.getdoc(self.find) or ""

    @property
    def theme(self) -> str:
        """The module in which it stands, such as ``facts`` or ``typography``."""
        return self.find.__module__.removeprefix("pubkit.checks.").partition(".")[0]

    @property
    def summary(self) -> str:
        """The check in one sentence."""
        return self.page.partition("\n")[0]


REGISTRY: dict[str, Check] = {}
_BY_SUBJECT: defaultdict[type, list[Check]] = defaultdict(list)


CHECKS_OF_TERMS = ("unknown-name", "forbidden-term", "wrong-term")
"""The checks that need agreed names; all others run without, and compare names by reading."""


ALWAYS = frozenset({"unsafe-addition", "pdf-hygiene"})
"""The checks that neither a waiver nor a setting silences: what they find is refused in print."""


def find_checks(patterns: Iterable[str]) -> frozenset[str]:
    """Return the ids that are meant: ids, themes such as ``facts``, patterns such as ``source-*``.

    Raises:
        ConfigError: Nothing is named so.
    """
    return frozenset(name for pattern in patterns for name in _matching(pattern))


def _matching(pattern: str) -> list[str]:
    found = [
        check.id
        for check in REGISTRY.values()
        if fnmatchcase(check.id, pattern) or check.theme == pattern
    ]
    if found:
        return found
    nearest = get_close_matches(pattern, REGISTRY, n=1)
    raise ConfigError(
        _("“{check}” is not a check").format(check=pattern),
        remedy=_("Did you mean “{name}”?").format(name=nearest[0])
        if nearest
        else _("See all checks with: pubkit explain"),
    )


def checks_of(subject: type) -> tuple[Check, ...]:
    """Return the checks that look at subjects of this type."""
    return tuple(_BY_SUBJECT[subject])


Group = tuple[Callable[[Any], bool] | None, tuple[Check, ...]]


_GROUPS: dict[type, tuple[Group, ...]] = {}


def groups_of(subject: type) -> tuple[Group, ...]:
    """Return the checks of a type of subjects in their order, with what they have in common.

    Each group is what tells whether there may be something to find, and the checks in a row that
    it tells so of.
    """
    if subject not in _GROUPS:
        groups = groupby(_BY_SUBJECT[subject], key=lambda check: check.only_if)
        _GROUPS[subject] = tuple((only_if, tuple(checks)) for only_if, checks in groups)
    return _GROUPS[subject]


Found = tuple[Check, Problem]


def find_problems(subject: object) -> Iterator[Found]:
    """Run every check of this kind of subject that may find something."""
    for only_if, checks in groups_of(type(subject)):
        if only_if is None or only_if(subject):
            for check in checks:
                for problem in check.find(subject):
                    yield check, problem


def check(
    subject: type[Subject],
    *,
    severity: Severity,
    only_if: Callable[[Subject], bool] | None = None,
) -> Callable[[Callable[[Subject], Iterator[Problem]]], Callable[[Subject], Iterator[Problem]]]:
    """Register a function as a check of its subject.

    Args:
        subject: What the function looks at.
        severity: How grave its findings are, unless they say otherwise themselves.
        only_if: Tells at a glance whether there may be something to find; must be cheap, and yes
            if in doubt.
    """

    def register(
        function: Callable[[Subject], Iterator[Problem]],
    ) -> Callable[[Subject], Iterator[Problem]]:
        name = function.__name__.rstrip("_").replace("_", "-")
        if name in REGISTRY:
            raise ValueError(f"two checks are named {name}")
        REGISTRY[name] = Check(
            id=name, severity=severity, subject=subject, find=function, only_if=only_if
        )
        _BY_SUBJECT[subject].append(REGISTRY[name])
        _GROUPS.pop(subject, None)
        return function

    return register
