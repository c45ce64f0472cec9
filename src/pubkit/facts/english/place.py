"""Where a fact was found in an English text."""

import re
from collections.abc import Callable
from typing import NamedTuple

from pubkit.facts.values import Fact, Kind, Reading, Weight


class Place(NamedTuple):
    """Where a fact was found."""

    text: str
    lowered: str
    match: re.Match[str]

    def fact(
        self,
        kind: Kind,
        *readings: Reading,
        hints: tuple[Reading, ...] = (),
        weight: Weight = Weight.SURE,
        face: float | None = None,
        end: int | None = None,
    ) -> Fact:
        """Return a fact that begins here."""
        return Fact(
            kind=kind,
            start=self.match.start(),
            end=end or self.match.end(),
            readings=readings,
            hints=hints,
            weight=weight,
            face=face,
        )


Reader = Callable[[Place], list[Fact]]
