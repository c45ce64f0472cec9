"""What a Chinese translation has made of the titles of its English source."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pubkit.model import Span
from pubkit.names.titles.comparison import Comparison
from pubkit.names.titles.english import (
    starts_after,
)
from pubkit.names.titles.hints import (
    FOUNDED,
    FOUNDERS,
    GROUPING,
    LEADING,
    LEADING_BASES,
    POINTING,
    STRICT,
)
from pubkit.names.titles.kinds import NO_RANKS, Holder, Title, TitleFault, TitleFaultKind
from pubkit.names.titles.offices import (
    HanOffice,
    added_modifiers,
    english_modifiers_for,
    mended_rendering,
)
from pubkit.names.titles.unknown import has_other_modifiers, unknown_office_beside
from pubkit.patterns import pattern

FOREIGN_NAME = pattern(r"[\u4e00-\u9fff]{1,6}·[\u4e00-\u9fff]")
FORMER = frozenset(["former", "ex"])


class ChineseTranslation(Comparison):
    """Looks from each English title for its Chinese counterpart."""

    def faults(self) -> list[TitleFault]:
        """Return the faults of a Chinese translation."""
        if self.is_plainly_right():
            return []
        faults = list(self._lost_or_changed())
        told = {fault.chinese for fault in faults}
        told_titles = {fault.english for fault in faults}
        more = (
            *self._changed_beside_names(),
            *self._with_other_modifiers(),
            *(self._fault(TitleFaultKind.CHANGED, *pair) for pair in self.mismatched()),
            *(self._fault(TitleFaultKind.CHANGED, *pair) for pair in self.strangers()),
            *self._added_beside_names(),
            *self._outnumbered(),
            *self._exchanged(),
            *self._lost_beside_names(),
            *self._lost_beside_others(),
            *self._foreign(),
        )
        for fault in more:
            if fault.english not in told_titles and (
                not fault.chinese or fault.chinese not in told
            ):
                told.add(fault.chinese)
                told_titles.add(fault.english)
                faults.append(fault)
        return faults

    def _lost_or_changed(self) -> Iterator[TitleFault]:
        left = [han for han in self.hans if not any(self.renders(t, han) for t in self.titles)]
        for title in self.titles:
            if self.has_phrase(title) or any(self.renders(title, han) for han in self.hans):
                continue
            is_required = self._is_required(title)
            if not is_required and not self._has_been(title):
                continue
            fault = self._fault_of(title, left)
            if fault and not is_required and fault.kind is TitleFaultKind.LOST:
                continue
            if fault:
                if fault.chinese:
                    left = [han for han in left if han.span != fault.chinese]
                yield fault

    def _has_been(self, title: Title) -> bool:
        """Tell whether an ordinary noun has a past that may not be lost: ``a former judge``."""
        return title.holder is not None and bool(title.modifiers & FORMER)

    def _lost_beside_names(self) -> Iterator[TitleFault]:
        """Yield the titles that others have in Chinese, but not this person."""
        if self.may_drop or GROUPING.search(self.chinese):
            return
        for title in self.titles:
            if title.holder is None or title.is_common or title.is_plural:
                continue
            holder = self.holders[title.holder]
            hans = [han for han in self.hans if self.renders(title, han)]
            if not hans or not holder.chinese or not self.is_unpaired(title):
                continue
            if self.is_courtesy(title) or self._is_dispensable(title, holder):
                continue
            if not any(self._covers(han, holder) for han in hans):
                yield self._lost(title, holder)

    def _lost(self, title: Title, holder: Holder) -> TitleFault:
        """Return that a title is lost, or changed if an office beside the name is a stranger."""
        hans = [han for han in self.all_of(holder) if self._is_stranger(han)]
        kind = TitleFaultKind.CHANGED if hans else TitleFaultKind.LOST
        return self._fault(kind, title, hans[0] if hans else None)

    def _foreign(self) -> Iterator[TitleFault]:
        """Yield the office of a transliterated name that English calls otherwise: ``adviser``."""
        titles = [
            title
            for title in self.titles
            if title.holder is not None
            and self.holders[title.holder].chinese is None
            and not title.is_plural
            and self.is_unpaired(title)
        ]
        if len(titles) != 1 or self.may_drop:
            return
        for han in self.spare:
            is_office = not han.is_common and not han.is_body and not self.is_told_by_verb(han)
            is_known = any(self.may_render(title, han) for title in self.titles)
            if is_office and not is_known and FOREIGN_NAME.match(self.chinese, han.span.end):
                yield self._fault(TitleFaultKind.CHANGED, titles[0], han)

    def _lost_beside_others(self) -> Iterator[TitleFault]:
        """Yield the offices of a person that the rendering of another has to stand for."""
        if self.may_drop or GROUPING.search(self.chinese):
            return
        for title in self.titles:
            if not self.is_unpaired(title) or not self._is_one_of_several(title):
                continue
            if title.holder is not None and any(self.renders(title, han) for han in self.hans):
                yield self._lost(title, self.holders[title.holder])

    def _is_one_of_several(self, title: Title) -> bool:
        """Tell whether someone has an office and another: ``President and CEO``."""
        if title.holder is None or title.is_common or title.is_plural or self.is_courtesy(title):
            return False
        return self.holders[title.holder].chinese is not None and any(
            other is not title and other.holder == title.holder and not other.is_common
            for other in self.titles
        )

    def _outnumbered(self) -> Iterator[TitleFault]:
        """Yield the titles whose rendering is another's, if one of nobody is nearly the same."""
        if self.may_drop or GROUPING.search(self.chinese):
            return
        for title in self.titles:
            if title.is_plural or title.is_common or title.holder is None or title.forms:
                continue
            if not any(self.renders(title, han) for han in self.hans) or not self.is_unpaired(
                title
            ):
                continue
            han = next((one for one in self.spare if self._may_be_slip(title, one)), None)
            if han:
                yield self._fault(TitleFaultKind.CHANGED, title, han)

    def _may_be_slip(self, title: Title, han: HanOffice) -> bool:
        """Tell whether only a modifier keeps an office that nobody has from being a rendering."""
        owners = [holder for holder in self.holders if han in self.beside_name(holder)]
        return (
            self.may_render(title, han)
            and not any(self.renders(other, han) for other in self.titles)
            and all(owner is self.holders[title.holder or 0] for owner in owners)
        )

    def _covers(self, han: HanOffice, holder: Holder) -> bool:
        """Tell whether a person may be meant by a Chinese office: one of the names beside it."""
        names = [other.chinese for other in self.holders if other.chinese]
        place = holder.chinese
        if place is None:
            return True
        one, two = sorted((han.span, place), key=lambda span: span.start)
        between = self.chinese[one.end : two.start]
        for name in names:
            if one.end <= name.start and name.end <= two.start:
                between = between.replace(self.chinese[name.start : name.end], "", 1)
        is_list = not between.strip(" 、和与及以，兼（）()")
        if one == place and is_list and between[-1:] in tuple("、和与及") and self._is_of_next(han):
            return False  # 何军和客座教授罗西
        if len([name for name in names if one.end <= name.start < two.start]):
            return is_list
        return is_list or not re.search(r"[。；！？]", between)

    def _is_of_next(self, han: HanOffice) -> bool:
        """Tell whether a name stands right behind an office."""
        return any(other.chinese and other.chinese.start == han.span.end for other in self.holders)

    def _is_required(self, title: Title) -> bool:
        """Tell whether a title has to stand in the translation in some form."""
        if title.office and title.office.is_plural and title.holder is None:
            return False
        if self._is_founder_too(title):
            return not FOUNDED.search(self.chinese)
        if title.holder is not None:
            is_before = starts_after(self.holders[title.holder], title)
            if title.is_common:
                place = self.holders[title.holder].english
                gap = self.english[title.span.end : place.start] if is_before and place else ""
                is_capitalized = bool(title.office and title.office.is_capitalized)
                return bool(title.forms) or (is_capitalized and gap == " ")
            return True
        is_title = title.office and (title.office.is_capitalized or title.modifiers - NO_RANKS)
        return title.is_asserted and not title.is_common and bool(is_title)

    def _is_founder_too(self, title: Title) -> bool:
        """Tell whether someone has founded what they lead: ``Founder and CEO``."""
        if title.holder is None or not title.office or title.office.base not in FOUNDERS:
            return False
        return any(
            other.holder == title.holder and not other.is_common and not self.is_courtesy(other)
            for other in self.titles
        )

    def _fault_of(self, title: Title, left: list[HanOffice]) -> TitleFault | None:
        holder = self.holders[title.holder] if title.holder is not None else None
        generic = [han for han in self.hans if self.renders(title, han, generic=True)]
        if title.forms and generic:
            return self._fault(TitleFaultKind.NOT_AS_AGREED, title, generic[0])
        near = self.beside_name(holder) if holder else []
        for han in (*[han for han in near if han in left], *left):
            if self.may_render(title, han):
                return self._fault(TitleFaultKind.CHANGED, title, han)
        same = [han for han in self.spare if self.may_render(title, han)]
        if same:
            return self._fault(TitleFaultKind.CHANGED, title, self._nearest(same, holder))
        others = [han for han in near if han in left or han in self.spare]
        if not holder or not holder.chinese:
            others = others or [han for han in left if not han.is_common and not han.is_body]
        others = [
            han
            for han in others
            if not self.is_told_by_verb(han)
            and (han in self.spare or not any(self.may_render(t, han) for t in self.titles))
        ]
        if others:
            return self._fault(TitleFaultKind.CHANGED, title, others[0])
        if self._is_dispensable(title, holder):
            return None
        fault = self._fault_of_unknown(title, holder)
        slips = [
            han
            for han in near
            if self.may_render(title, han)
            and not any(self.renders(o, han) for o in self.titles if o.holder == title.holder)
        ]
        other = next(iter(slips), None) or self._stranger(holder, left)
        if not fault or fault.chinese:
            return fault
        return self._fault(TitleFaultKind.CHANGED, title, other) if other else fault

    def _stranger(self, holder: Holder | None, left: Sequence[HanOffice]) -> HanOffice | None:
        """Return an office before a name that renders nothing: it stands where another should."""
        if holder and holder.chinese:
            end = holder.chinese.start
            start = max(self.chinese.rfind(mark, 0, end) for mark in "。；：！？“”")
        else:
            start, end = 0, len(self.chinese)
        names = [
            other.chinese for other in self.holders if other.chinese and other.chinese.end <= end
        ]
        start = max([start, *(name.end for name in names if not holder or name != holder.chinese)])
        found = [
            han
            for han in left
            if start <= han.span.start
            and han.span.end <= end
            and not han.is_body
            and not (han.is_common and not han.form.modifiers and end == len(self.chinese))
        ]
        return found[-1] if found else None

    def _fault_of_unknown(self, title: Title, holder: Holder | None) -> TitleFault | None:
        """Return that a title is lost, unless a word unknown to the lexicon may stand for it."""
        word = self._unknown_beside(holder) if holder and not title.forms else None
        if not word:
            return self._fault(TitleFaultKind.LOST, title, None)
        if has_other_modifiers(self.chinese, word, title.modifiers):
            return replace(self._fault(TitleFaultKind.CHANGED, title, None), chinese=word)
        return None

    def _unknown_beside(self, holder: Holder) -> Span | None:
        """Return a word like an office beside a name, if the lexicon does not know it."""
        word = unknown_office_beside(self.chinese, holder.chinese) if holder.chinese else None
        known = [han for han in self.hans if word and han.span.end == word.end]
        is_taken = any(
            not han.is_common or any(self.renders(title, han) for title in self.titles)
            for han in known
        )
        return None if is_taken else word

    def _nearest(self, hans: Sequence[HanOffice], holder: Holder | None) -> HanOffice:
        if holder and holder.chinese:
            place = holder.chinese.start
            return min(hans, key=lambda han: abs(han.span.start - place))
        return hans[-1]

    def _is_dispensable(self, title: Title, holder: Holder | None) -> bool:
        """Tell whether a good translation may leave a title out."""
        if self.may_drop or (holder and not holder.chinese and self._may_be_pronoun(holder)):
            return True
        if title.office and title.office.base in LEADING_BASES and LEADING.search(self.chinese):
            return True
        if self.is_courtesy(title) and holder:
            return not holder.chinese or any(
                other is not title and other.holder == title.holder for other in self.titles
            )
        return title.is_plural

    def _may_be_pronoun(self, holder: Holder) -> bool:
        """Tell whether a person who is not named in Chinese may be meant all the same."""
        place = holder.english
        is_full = place and " " in self.english[place.start : place.end]
        return not is_full or POINTING.search(self.chinese) is not None

    def _fault(self, kind: TitleFaultKind, title: Title, han: HanOffice | None) -> TitleFault:
        holder = self.holders[title.holder].name if title.holder is not None else None
        return TitleFault(
            kind=kind,
            english=title.span,
            chinese=han.span if han else None,
            holder=holder,
            is_certain=not (title.holder is not None and not han)
            or self.holders[title.holder].chinese is not None,
            forms=title.forms or self._mended(title, han),
            is_elsewhere=self.is_as_often(title),
        )

    def _mended(self, title: Title, han: HanOffice | None) -> tuple[str, ...]:
        mended = mended_rendering(title.office, han) if title.office and han else None
        return (mended,) if mended else ()

    def _exchanged(self) -> Iterator[TitleFault]:
        """Yield the titles that another person has in Chinese, while this one has another's."""
        for index, title, hans in self.astray():
            han = next((one for one in hans if self._is_of_other_holder(one, index)), None)
            if han:
                yield self._fault(TitleFaultKind.CHANGED, title, han)

    def _changed_beside_names(self) -> Iterator[TitleFault]:
        for index, holder in enumerate(self.holders):
            own = [title for title in self.titles if title.holder == index]
            if not own or any(title.is_plural for title in own):
                continue
            own = [
                t
                for t in self.titles
                if t.holder is not None and self.holders[t.holder].name == holder.name
            ]
            for han in self.beside_name(holder):
                if han.is_plain or any(self.renders(title, han) for title in own):
                    continue
                rival = next((title for title in own if self._differs(title, han)), None)
                if rival and not self.is_of_another(han, index):
                    yield self._fault(TitleFaultKind.CHANGED, rival, han)

    def _added_beside_names(self) -> Iterator[TitleFault]:
        """Yield the offices beside a name that nothing in English can mean."""
        for index, holder in enumerate(self.holders):
            own = [
                title
                for title in self.titles
                if title.holder is not None and self.holders[title.holder].name == holder.name
            ]
            first = next((title for title in own if title.holder == index), None)
            if not first:
                continue
            right = [han for han in self.hans if any(self.renders(t, han) for t in own)]
            for han in self.all_of(holder):
                is_known = any(self.may_render(title, han) for title in self.titles)
                if is_known or han.is_common or han.is_body or self.is_told_by_verb(han):
                    continue
                if len(own) > len(right):
                    yield self._fault(TitleFaultKind.CHANGED, first, han)

    def _differs(self, title: Title, han: HanOffice) -> bool:
        is_rank = not title.is_common or bool(title.modifiers & FORMER)
        is_rank = is_rank or self._is_of_other(title, han) or self._adds_modifier(title, han)
        return is_rank and self.may_render(title, han)

    def _with_other_modifiers(self) -> Iterator[TitleFault]:
        """Yield the Chinese offices that only modifiers tell from one of the English text."""
        for han in self.hans:
            if any(self.renders(title, han) for title in self.titles):
                continue
            if any(self.renders(title, han, generic=True) for title in self.titles):
                continue
            rival = next(
                (
                    title
                    for title in self.titles
                    if self._may_be_rival(title, han) and self.may_render(title, han)
                ),
                None,
            )
            if rival and (self._adds_modifier(rival, han) or self._is_beside_any(han)):
                yield self._fault(TitleFaultKind.CHANGED, rival, han)

    def _may_be_rival(self, title: Title, han: HanOffice) -> bool:
        """Tell whether the modifiers of a title count: those of ordinary nouns if won only."""
        is_plain = title.office is None or title.office.is_plain
        return not title.is_common or (not is_plain and self._adds_modifier(title, han))

    def _adds_modifier(self, title: Title, han: HanOffice) -> bool:
        added = added_modifiers(title.modifiers, han.form.modifiers, han.form.base)
        return bool(added & STRICT) and not any(
            re.search(rf"\b{re.escape(word)}", self.english, re.IGNORECASE)
            for modifier in added & STRICT
            for word in english_modifiers_for(modifier)
        )

    def _is_beside_any(self, han: HanOffice) -> bool:
        return any(han in self.beside_name(holder) for holder in self.holders)
