"""What came back is merged into a catalog: nothing is lost, nothing is taken that is not sure.

For each entry three states are compared: what was exported (the marks), what has arrived, and what
the catalog holds today. Whatever only one side has changed is taken from that side; where both
have, the catalog wins and the conflict is told, unless the user says otherwise.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from enum import StrEnum

from pubkit.checks.waivers import read_waivers
from pubkit.config.limits import Limits
from pubkit.errors import CatalogError, Location
from pubkit.formats.exchange import (
    Bitext,
    Marks,
    listed_forms,
    marks_of,
    other_forms,
    verify_text,
)
from pubkit.messages import gettext as _
from pubkit.model import Catalog, Entry, Key
from pubkit.translation import Aids, update_catalog
from pubkit.values import dataclass


class Outcome(StrEnum):
    """What became of an entry that has arrived."""

    TAKEN = "taken"
    FUZZY = "fuzzy"
    UNCHANGED = "unchanged"
    CONFLICT = "conflict"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """An entry that has arrived, and what became of it."""

    outcome: Outcome
    entry: Entry
    """As it arrived; its line is that of the file."""
    present: Entry | None = None
    """What the catalog had."""
    merged: Entry | None = None
    """What the catalog has now."""


@dataclass(frozen=True, slots=True)
class Merged:
    """A catalog with what was taken, and what became of each entry that has arrived."""

    catalog: Catalog
    arrivals: tuple[Arrival, ...]


def merge_bitext(
    catalog: Catalog, bitext: Bitext, *, source_lang: str, overwrites: bool, limits: Limits
) -> Merged:
    """Merge what came back of a document into its catalog.

    Law: what was exported and comes back as it was leaves every entry equal.

    Args:
        catalog: The catalog as it is today.
        bitext: What came back.
        source_lang: The language of the project's texts, which says how alike two may be.
        overwrites: Whether what has arrived wins conflicts.
        limits: How long a text may be.

    Raises:
        CatalogError: A text that would be taken may not stand in a catalog; the place is that of
            the exchange file.
    """
    merging = _Merging(catalog, bitext, source_lang, overwrites, limits, _ambiguous(bitext))
    live = {entry.key: entry for entry in catalog.live_entries}
    known, strange = [], []
    for entry in bitext.catalog.live_entries:
        present = live.get(entry.key)
        if present:
            known.append(merging.arrival(entry, present))
        else:
            strange.append(entry)
    changed = {arrival.entry.key: arrival.merged for arrival in known if arrival.merged}
    late = [*merging.late(strange, live, set(live) - {a.entry.key for a in known})]
    changed |= {arrival.merged.key: arrival.merged for arrival in late if arrival.merged}
    entries = tuple(
        entry if entry.is_obsolete else changed.pop(entry.key, entry) for entry in catalog.entries
    )
    arrivals = sorted((*known, *late), key=lambda arrival: arrival.entry.line)
    return Merged(replace(catalog, entries=(*entries, *changed.values())), tuple(arrivals))


@dataclass(frozen=True, slots=True)
class _Merging:
    """One merge: what all its decisions need."""

    catalog: Catalog
    bitext: Bitext
    source_lang: str
    overwrites: bool
    limits: Limits
    ambiguous: frozenset[Key]
    """What has arrived with more than one translation."""

    # ------------------------------------------------------------ a text that the catalog has

    def arrival(self, entry: Entry, present: Entry) -> Arrival:
        """Decide about an entry that the catalog has."""
        outcome = self._outcome(entry, present)
        merged = present
        if outcome in (Outcome.TAKEN, Outcome.FUZZY):
            merged = self._taken(entry, present)
        if outcome is not Outcome.CONFLICT:
            merged = self._with_comments(entry, merged)
        if outcome is Outcome.UNCHANGED and merged != present:
            outcome = Outcome.TAKEN
        return Arrival(outcome=outcome, entry=entry, present=present, merged=merged)

    def _outcome(self, entry: Entry, present: Entry) -> Outcome:
        is_empty = not entry.has_text and not present.has_text
        if is_empty or _translation(entry) == _translation(present):
            return Outcome.UNCHANGED
        marks = self.bitext.marks.get(entry.key)
        if marks and marks.translation == marks_of(entry).translation:
            return Outcome.UNCHANGED  # nobody has touched it; the catalog is newer
        if not entry.has_text and not marks:
            return Outcome.UNCHANGED  # a file that does not say what it was says nothing by gaps
        if entry.key in self.ambiguous:
            return Outcome.CONFLICT
        if self.overwrites or _is_free(entry, present, marks):
            return Outcome.FUZZY if entry.is_fuzzy else Outcome.TAKEN
        return Outcome.CONFLICT

    def _taken(self, entry: Entry, present: Entry) -> Entry:
        """Return the catalog's entry with the translation that has arrived."""
        self._verify(entry, present)
        others = tuple(flag for flag in present.flags if flag != "fuzzy")
        taken = replace(
            present,
            msgstr=entry.msgstr,
            msgstr_plural=entry.msgstr_plural,
            flags=("fuzzy", *others) if entry.is_fuzzy else others,
        )
        if entry.is_fuzzy:
            return taken
        return replace(
            taken, previous_msgctxt=None, previous_msgid=None, previous_msgid_plural=None
        )

    def _verify(self, entry: Entry, present: Entry) -> None:
        place = self._place(entry)
        texts = entry.msgstr_plural if present.msgid_plural is not None else (entry.msgstr,)
        if present.msgid_plural is not None and len(texts) != len(present.msgstr_plural):
            raise CatalogError(
                _("The entry needs {wanted} plural forms, but has {found}.").format(
                    wanted=len(present.msgstr_plural), found=len(texts)
                ),
                location=place,
                remedy=_("Give each plural form of the language a text."),
            )
        for text in texts:
            verify_text(text, place, self.limits)
            if text and _outer_breaks(text) != _outer_breaks(present.msgid):
                raise CatalogError(
                    _("Only one of source and translation begins, or ends, with a line break."),
                    location=place,
                    remedy=_("Begin and end the translation as the source does."),
                )

    def _with_comments(self, entry: Entry, present: Entry) -> Entry:
        """Return the entry with the comments that are new; none is ever taken away."""
        marks = self.bitext.marks.get(entry.key)
        if marks and marks.comments == marks_of(entry).comments:
            return present
        added = self._new_comments(entry, present)
        merged = replace(present, translator_comments=(*present.translator_comments, *added))
        return _with_forms(entry, merged, marks) if self.bitext.is_open else merged

    def _new_comments(self, entry: Entry, present: Entry) -> list[str]:
        """Return the lines of what has arrived that the catalog does not have yet."""
        lines = [line for comment in entry.translator_comments for line in comment.splitlines()]
        known = present.translator_comments
        tame = [line if line in known else _without_effect(line) for line in lines]
        added = [line for line in tame if line not in known]
        for line in added:
            verify_text(line, self._place(entry), self.limits)
        # A backslash at its end would join a comment with the line that follows.
        return [f"{line} " if line.endswith("\\") else line for line in added]

    def _place(self, entry: Entry) -> Location:
        return Location(self.bitext.catalog.path or "", entry.line or None)

    # ------------------------------------------------------------ a text that it has no more

    def late(
        self, entries: Iterable[Entry], live: Mapping[Key, Entry], free: set[Key]
    ) -> Iterator[Arrival]:
        """Decide about entries whose text the catalog has no more, or never had.

        Args:
            entries: They.
            live: What the catalog has.
            free: Those of them that nothing has arrived for.
        """
        waiting: list[Entry] = []
        followers = {
            (entry.previous_msgctxt, entry.previous_msgid): entry
            for entry in live.values()
            if entry.is_fuzzy and entry.previous_msgid is not None and entry.key in free
        }
        for entry in entries:
            follower = followers.get(entry.key)
            if self.bitext.is_open:
                yield self._added(entry)
            elif not entry.has_text or self._is_untouched(entry):
                yield Arrival(outcome=Outcome.UNCHANGED, entry=entry)
            elif follower:
                yield self._followed(entry, follower)
            else:
                waiting.append(entry)
        yield from self._similar(waiting, [live[key] for key in live if key in free])

    def _is_untouched(self, entry: Entry) -> bool:
        marks = self.bitext.marks.get(entry.key)
        return marks is not None and marks.translation == marks_of(entry).translation

    def _added(self, entry: Entry) -> Arrival:
        """Add a term that the catalog does not have."""
        if entry.key in self.ambiguous:
            return Arrival(outcome=Outcome.CONFLICT, entry=entry)
        self._verify(entry, entry)
        for text in (entry.msgid, entry.msgctxt or "", *entry.extracted_comments):
            verify_text(text, self._place(entry), self.limits)
        bare = replace(entry, translator_comments=(), line=0)
        comments = tuple(self._new_comments(entry, bare))
        outcome = Outcome.FUZZY if entry.is_fuzzy else Outcome.TAKEN
        merged = replace(bare, translator_comments=comments)
        return Arrival(outcome=outcome, entry=entry, merged=merged)

    def _followed(self, entry: Entry, follower: Entry) -> Arrival:
        """Take a translation of the text from which the catalog's fuzzy entry was changed."""
        if entry.key in self.ambiguous:
            return Arrival(outcome=Outcome.CONFLICT, entry=entry, present=follower)
        if entry.msgstr == follower.msgstr:
            return Arrival(outcome=Outcome.UNCHANGED, entry=entry, present=follower)
        merged = self._taken(replace(entry, flags=("fuzzy",)), follower)
        return Arrival(outcome=Outcome.FUZZY, entry=entry, present=follower, merged=merged)

    def _similar(self, entries: list[Entry], candidates: list[Entry]) -> Iterator[Arrival]:
        """Propose translations for texts without one that are like theirs, as an update does."""
        gaps = {entry.key: entry for entry in candidates if not entry.has_text}
        found = self._proposals(entries, gaps.values()) if entries and gaps else {}
        for entry in entries:
            proposal = found.get(entry.key)
            present = gaps.get(proposal.key) if proposal else None
            if proposal is None or present is None:
                yield Arrival(outcome=Outcome.UNKNOWN, entry=entry)
            elif entry.key in self.ambiguous:
                yield Arrival(outcome=Outcome.CONFLICT, entry=entry, present=present)
            else:
                self._verify(replace(entry, msgstr=proposal.msgstr), present)
                comments = (*present.translator_comments, *self._new_comments(entry, present))
                merged = replace(
                    proposal,
                    translator_comments=comments,
                    extracted_comments=present.extracted_comments,
                )
                yield Arrival(outcome=Outcome.FUZZY, entry=entry, present=present, merged=merged)

    def _proposals(self, entries: Iterable[Entry], gaps: Iterable[Entry]) -> dict[Key, Entry]:
        """Return what an update makes of the gaps, by the keys of the entries it is made of."""
        old = Catalog(header=self.catalog.header, entries=tuple(entries))
        template = Catalog(header=self.catalog.header, entries=tuple(gaps))
        lang = self.catalog.lang or self.bitext.catalog.lang or ""
        aids = Aids(source_lang=self.source_lang)
        found: dict[Key, Entry] = {}
        for updated in update_catalog(old, template, lang=lang, aids=aids).live_entries:
            if updated.previous_msgid is not None and updated.has_text:
                found.setdefault((updated.previous_msgctxt, updated.previous_msgid), updated)
        # A share of a text that was divided or joined does not say its context.
        number = Counter(entry.msgid for entry in old.entries)
        shares = {
            entry.key: found[None, entry.msgid]
            for entry in old.entries
            if number[entry.msgid] == 1 and (None, entry.msgid) in found
        }
        return shares | found


def _without_effect(line: str) -> str:
    """Return a comment so that it is no waiver: only a catalog's own may silence a check."""
    return f"Reviewer: {line.strip()}" if read_waivers((line,)) else line


def _ambiguous(bitext: Bitext) -> frozenset[Key]:
    first: dict[Key, Entry] = {}
    entries = bitext.catalog.live_entries
    return frozenset(
        entry.key
        for entry in entries
        if _translation(first.setdefault(entry.key, entry)) != _translation(entry)
    )


def _translation(entry: Entry) -> tuple[str, tuple[str, ...], bool]:
    return entry.msgstr, entry.msgstr_plural, entry.is_fuzzy


def _is_free(entry: Entry, present: Entry, marks: Marks | None) -> bool:
    """Whether a translation may be taken without anything being lost."""
    if not present.has_text:
        return True
    if marks:
        return entry.has_text and marks.translation == marks_of(present).translation
    return present.is_fuzzy and not entry.is_fuzzy


def _outer_breaks(text: str) -> tuple[bool, bool]:
    return text.startswith("\n"), text.endswith("\n")


def _with_forms(entry: Entry, present: Entry, marks: Marks | None) -> Entry:
    """Return a term with the other forms that have arrived.

    Where the catalog's have changed meanwhile, those of both sides are kept.
    """
    arrived, old = other_forms(entry), other_forms(present)
    if arrived == old:
        return present
    if marks is None or marks.comments != marks_of(present).comments:
        arrived = {label: [*dict.fromkeys((*old[label], *arrived[label]))] for label in arrived}
    lists = (f"{label}: {'; '.join(forms)}" for label, forms in arrived.items() if forms)
    listed = listed_forms(present)
    others = (comment for comment in present.extracted_comments if comment not in listed)
    return replace(present, extracted_comments=(*others, *lists))
