"""Rosters: every row becomes a recipient or a refusal, and what was done to any is told.

All problems are collected, so that one look at the list is enough to mend the roster. Nothing is
guessed: who stands there twice with different names is refused, with both lines.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from typing import NamedTuple

from pubkit.distribution.addresses import needs_smtputf8, parse_address, quoted
from pubkit.distribution.campaign import Recipient
from pubkit.distribution.columns import (
    ADDRESS,
    FAMILY_NAME,
    GIVEN_NAME,
    GROUPS,
    LANGUAGE,
    NAME,
    TITLE,
)
from pubkit.distribution.words import (
    UnusableError,
    join_names,
    read_groups,
    read_name,
    read_title,
    split_languages,
)
from pubkit.errors import AddressError
from pubkit.messages import gettext as _
from pubkit.messages import ngettext, shortened
from pubkit.values import dataclass

PROGRESS_EVERY = 1_000
SHOWN = 10
"""Lines that a note names; of more it says how many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A row that gives no recipient."""

    line: int
    """Of the roster, or the row of the query, from 1."""
    address: str
    """As it was written."""
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """The members, and what is wrong with the list of them."""

    recipients: tuple[Recipient, ...]
    refusals: tuple[Refusal, ...]
    notes: tuple[str, ...]
    """What was done that the user would want to know, sentence by sentence."""
    digest: str
    """Of everything that the recipients were made of: equal digests mean equal recipients."""


class Row(NamedTuple):
    """A row, with the texts of the columns that are known."""

    number: int
    texts: Mapping[str, str]
    kinds: Mapping[str, str] = {}
    """What a cell holds that holds no text, by its column."""
    fault: str = ""
    """Why the row as a whole cannot be believed."""


FindLanguage = Callable[[str], str | None]
"""Returns the tag of the language that a word names."""


@dataclass(slots=True)
class RosterReader:
    """Reads the rows of one roster."""

    find_language: FindLanguage
    default: str = ""
    """The language of members for whom the roster names none."""
    members: dict[str, Recipient] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)
    merged: list[tuple[int, int]] = field(default_factory=list)
    contradictory: dict[str, Recipient] = field(default_factory=dict)
    languages: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """What the cells of the roster say, each once."""

    def read(self, rows: Iterable[Row], progress: Callable[[int], None] | None = None) -> None:
        """Read rows; say from time to time how many."""
        number = 0
        for number, row in enumerate(rows, start=1):
            self._read_row(row)
            if progress and number % PROGRESS_EVERY == 0:
                progress(number)
        if progress and number % PROGRESS_EVERY:
            progress(number)

    def _read_row(self, row: Row) -> None:
        address = row.texts.get(ADDRESS, "").strip()
        try:
            self._add(self._recipient(row, address))
        except (AddressError, UnusableError) as error:
            reason = error.reason if isinstance(error, AddressError) else error.message
            self.refusals.append(_refusal(row.number, address, reason, error.remedy or ""))

    def _recipient(self, row: Row, written: str) -> Recipient:
        _verify_row(row, written)
        texts = row.texts
        address = parse_address(written)
        name = read_name(texts.get(NAME, "")) or join_names(
            read_name(texts.get(GIVEN_NAME, "")), read_name(texts.get(FAMILY_NAME, ""))
        )
        return Recipient(
            address=address,
            name=name,
            title=read_title(texts.get(TITLE, "")),
            languages=self._languages(texts.get(LANGUAGE, "")),
            groups=read_groups(texts.get(GROUPS, "")),
            line=row.number,
        )

    def _languages(self, text: str) -> tuple[str, ...]:
        if text not in self.languages:
            found = [self._language(word) for word in split_languages(text)]
            self.languages[text] = tuple(dict.fromkeys(found))
        if not self.languages[text] and not self.default:
            raise UnusableError(
                _("the row names no language"),
                _("Fill it in, or set language in [members] of pubkit.toml for all such members"),
            )
        return self.languages[text]

    def _language(self, word: str) -> str:
        tag = self.find_language(word)
        if tag is None:
            raise UnusableError(
                _("“{word}” is no language that is known").format(word=quoted(word)),
                _("Write a name or a tag, such as 中文, English, zh-Hant, fr"),
            )
        return tag

    def _add(self, recipient: Recipient) -> None:
        key = recipient.key
        key = recipient.address if key == recipient.address else key  # there are many
        if key in self.contradictory:
            self._refuse_contradiction(recipient, self.contradictory[key])
            return
        known = self.members.get(key)
        if known is None:
            self.members[key] = recipient
            return
        union = _united(known, recipient)
        if union is None:
            del self.members[key]
            self.contradictory[key] = known
            self._refuse_contradiction(known, recipient)
            self._refuse_contradiction(recipient, known)
            return
        self.members[key] = union
        self.merged.append((known.line, recipient.line))

    def _refuse_contradiction(self, one: Recipient, other: Recipient) -> None:
        reason = _("line {line} says otherwise of this address: {difference}").format(
            line=other.line, difference=_difference(one, other)
        )
        remedy = _("Keep the line that is right and remove the other")
        self.refusals.append(_refusal(one.line, one.address, reason, remedy))

    def recipients(self) -> tuple[Recipient, ...]:
        """Return the members that were read, in the order of the roster."""
        return tuple(self.members.values())

    def names(self) -> Iterator[str]:
        """Yield the names that were read."""
        return (member.name for member in self.members.values() if member.name)

    def notes(self) -> Iterator[str]:
        """Yield what was done to rows without refusing them."""
        if self.merged:
            text = ngettext(
                "{number} row repeats another one and was merged with it: {lines}",
                "{number} rows repeat others and were merged with them: {lines}",
                len(self.merged),
            )
            pairs = [f"{one} = {other}" for one, other in self.merged]
            yield text.format(number=len(self.merged), lines=_some(pairs))
        silent = sum(not member.languages for member in self.members.values())
        if silent:
            text = ngettext(
                "{number} member names no language and is taken to read “{lang}”",
                "{number} members name no language and are taken to read “{lang}”",
                silent,
            )
            yield text.format(number=silent, lang=self.default)
        special = sum(needs_smtputf8(member.address) for member in self.members.values())
        if special:
            text = ngettext(
                "{number} address can only be reached by servers with SMTPUTF8",
                "{number} addresses can only be reached by servers with SMTPUTF8",
                special,
            )
            yield text.format(number=special)


def _verify_row(row: Row, address: str) -> None:
    if row.fault:
        raise UnusableError(row.fault, _("Look at the row; mend or remove it"))
    for column, kind in row.kinds.items():
        raise UnusableError(
            _("the cell for “{column}” holds {kind}, not text").format(column=column, kind=kind),
            _("Format the cell as text and type its content again."),
        )
    if not address:
        raise UnusableError(_("the row has no address"), _("Fill it in, or remove the row"))


def _refusal(line: int, address: str, reason: str, remedy: str) -> Refusal:
    return Refusal(line=line, address=quoted(address), reason=reason, remedy=remedy)


def _united(one: Recipient, other: Recipient) -> Recipient | None:
    """Return what two rows say of one member; none if they contradict each other."""
    if _difference(one, other):
        return None
    return replace(
        one,
        name=one.name or other.name,
        title=one.title or other.title,
        languages=one.languages or other.languages,
        groups=tuple(dict.fromkeys((*one.groups, *other.groups))),
    )


def _difference(one: Recipient, other: Recipient) -> str:
    pairs: Sequence[tuple[str, str]] = (
        (one.name, other.name),
        (one.title, other.title),
        (", ".join(one.languages), ", ".join(other.languages)),
    )
    differing = [f"“{a}” ≠ “{b}”" for a, b in pairs if a and b and a != b]
    return "; ".join(shortened(text, 120) for text in differing)


def _some(items: Sequence[str]) -> str:
    rest = len(items) - SHOWN
    return ", ".join(items[:SHOWN]) + (f" … (+{rest})" if rest > 0 else "")
