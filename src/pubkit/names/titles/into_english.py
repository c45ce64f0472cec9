"""What an English translation has made of the titles of its Chinese source."""

import re
from collections.abc import Iterator, Sequence

from pubkit.names.titles.comparison import Comparison
from pubkit.names.titles.hints import (
    ASSERTED_HAN,
    COURTESIES,
    ENGLISH_FOUNDED,
    ENGLISH_LEADING,
    FOUNDER_HANS,
    PREDICATE_HAN,
)
from pubkit.names.titles.kinds import AgreedTitle, Holder, Title, TitleFault, TitleFaultKind
from pubkit.names.titles.offices import (
    HanOffice,
)
from pubkit.names.titles.unknown import may_have_unknown_title
from pubkit.patterns import pattern

NAME_BEHIND = pattern(
    r"[\u4e00-\u9fff]{1,6}·[\u4e00-\u9fff]"
    r"|(?!们)[\u4e00-\u9fff]{2,4}?(?:说|表示|介绍|指出|承诺|宣布|认为|强调|致辞|透露|坦言)"
)
NAME_BEFORE = pattern(r"[\u4e00-\u9fff]·[\u4e00-\u9fff]{1,8}\Z")
NAME = pattern(r"\b[A-Z][a-z’'-]+ [A-Z][a-z’'-]+")
PERSON = pattern(
    r"\b(?!(?:after|over|under|for|whether|other|another|never|ever|together|per|nor|however|further"
    r"|rather|either|neither|her|later|earlier|moreover|center|water|order|paper|number|matter|power"
    r"|their|former|[Cc]omputer|December|September|November|October)\b)[A-Za-z]+(?:er|or|ist|ian|man|woman)\b"
)
"""What may be a person's office or profession, although the lexicon does not know it."""
HONORIFIC_BEFORE = pattern(r"\b(?:Mr|Ms|Mrs|Miss)\.?\s\Z")
SURNAME_LENGTH = 2


class EnglishTranslation(Comparison):
    """Looks from each Chinese office for its English counterpart."""

    UNSAID = frozenset([("senior", "研究员")])

    def faults(self) -> list[TitleFault]:
        """Return the faults of an English translation."""
        if self.is_plainly_right():
            return []
        faults: list[TitleFault] = []
        told = set()
        for fault in (*self._lost_in_english(), *self._changed_in_english()):
            is_told = fault.english is not None and fault.english in told
            if not is_told and not any(fault.chinese == other.chinese for other in faults):
                told.add(fault.english)
                faults.append(fault)
        return faults

    def _lost_in_english(self) -> Iterator[TitleFault]:
        for han in self.hans:
            agreed = self._agreed_of(han)
            renders = [title for title in self.titles if self.renders(title, han)]
            if agreed and self._has_agreed(agreed, han):
                continue
            holder = self._holder_of(han)
            if renders and not agreed:
                continue
            if renders and agreed:
                kind = TitleFaultKind.NOT_AS_AGREED
                yield self._fault_of_han(kind, han, renders[0], holder, agreed)
                continue
            if holder is None and not self._is_asserted_han(han) and not self._is_of_somebody(han):
                continue
            rivals = self._rivals(han, holder)
            if rivals:
                yield self._fault_of_han(TitleFaultKind.CHANGED, han, rivals[0], holder, agreed)
            elif not self._is_dispensable_han(han, holder) and (
                agreed or not self._has_unknown_title(holder)
            ):
                yield self._fault_of_han(TitleFaultKind.LOST, han, None, holder, agreed)

    def _is_of_somebody(self, han: HanOffice) -> bool:
        """Tell whether an office stands beside what must be a name, and English has no office."""
        if han.is_common or han.is_body or self.may_drop:
            return False
        is_beside = NAME_BEHIND.match(self.chinese, han.span.end) or NAME_BEFORE.search(
            self.chinese, max(0, han.span.start - 24), han.span.start
        )
        if not is_beside or any(not title.is_plural for title in self.titles):
            return False
        return NAME.search(self.english) is not None and not PERSON.search(self.english)

    def _has_unknown_title(self, holder: Holder | None) -> bool:
        """Tell whether a person may have a title that the lexicon does not know."""
        if not holder or not holder.english or self._titles_of(holder):
            return False
        return may_have_unknown_title(self.english, holder.english)

    def _rivals(self, han: HanOffice, holder: Holder | None) -> list[Title]:
        """Return the English titles that may be a wrong rendering of a Chinese office."""
        left = [title for title in self.titles if self.is_unpaired(title)]
        same = [title for title in left if self.may_render(title, han)]
        own = [
            title
            for title in left
            if holder and title.holder is not None and self.holders[title.holder] == holder
        ]
        taken = [title for title in self.titles if self.may_render(title, han)]
        number = sum(any(self.may_render(title, other) for title in taken) for other in self.hans)
        if not same and not own and holder is None and self._is_predicate(han):
            own = [title for title in left if title.holder is None and title.office]
        if not same and not own:
            own = [title for title in left if self._is_of_nobody_known(title)]
            own = own if len(own) == 1 else []
        return same or own or (taken if len(taken) >= number and not self._plural(taken) else [])

    def _is_of_nobody_known(self, title: Title) -> bool:
        """Tell whether a title stands beside a name that Chinese may have anywhere."""
        holder = self.holders[title.holder] if title.holder is not None else None
        is_title = bool(title.office and title.office.is_capitalized and not title.is_plural)
        return is_title and holder is not None and holder.chinese is None

    def _plural(self, titles: Sequence[Title]) -> bool:
        return any(title.is_plural for title in titles)

    def _agreed_of(self, han: HanOffice) -> AgreedTitle | None:
        return next(
            (
                agreed
                for agreed in self.agreed_hans
                if agreed.span.start < han.span.end and han.span.start < agreed.span.end
            ),
            None,
        )

    def _has_agreed(self, agreed: AgreedTitle, han: HanOffice) -> bool:
        extra = han.span.start < agreed.span.start
        for form in agreed.forms:
            words = r"[\s-]+".join(re.escape(word) for word in re.split(r"[\s-]+", form))
            for match in re.finditer(rf"\b{words}(?:e?s)?(?!\w)", self.english, re.IGNORECASE):
                inside = next(
                    (
                        title
                        for title in self.titles
                        if title.span.start < match.end() and match.start() < title.span.end
                    ),
                    None,
                )
                if inside is None or (
                    (inside.span.start >= match.start()) != extra or self.renders(inside, han)
                ):
                    return True
        return False

    def _holder_of(self, han: HanOffice) -> Holder | None:
        return next((holder for holder in self.holders if han in self.beside_name(holder)), None)

    def _is_predicate(self, han: HanOffice) -> bool:
        """Tell whether someone is said to be it: 他是一名消防队长."""
        return (
            PREDICATE_HAN.search(self.chinese, max(0, han.span.start - 20), han.span.start)
            is not None
        )

    def _is_asserted_han(self, han: HanOffice) -> bool:
        before = self.chinese[max(0, han.span.start - 20) : han.span.start]
        return bool(ASSERTED_HAN.search(before)) or self._is_predicate(han)

    def _is_dispensable_han(self, han: HanOffice, holder: Holder | None) -> bool:
        if self.may_drop or (holder and (not holder.english or self._is_mister(holder))):
            return True
        if han.form.base in COURTESIES:
            return holder is not None and len(self.beside_name(holder)) > 1
        if holder and han.form.base in FOUNDER_HANS and len(self.beside_name(holder)) > 1:
            return ENGLISH_FOUNDED.search(self.english) is not None
        if (han.is_common and not han.form.modifiers) or han.is_body:
            return True
        if han.form.modifiers - {"总"}:
            return False
        if not holder or not holder.english or self._is_asserted_han(han):
            return bool(ENGLISH_LEADING.search(self.english))
        start, end = max(0, holder.english.start - 60), holder.english.end + 60
        return bool(ENGLISH_LEADING.search(self.english, start, end))

    def _is_mister(self, holder: Holder) -> bool:
        """Tell whether Mr. stands for the office of one named by surname: 尉迟总工, Mr. Yuchi."""
        start = holder.english.start if holder.english else 0
        is_short = holder.chinese and holder.chinese.end - holder.chinese.start <= SURNAME_LENGTH
        return bool(is_short and HONORIFIC_BEFORE.search(self.english, max(0, start - 6), start))

    def _changed_in_english(self) -> Iterator[TitleFault]:
        for title in self.titles:
            if title.holder is None or title.is_common or self.is_courtesy(title):
                continue
            if any(self.renders(title, han) for han in self.hans):
                continue
            rival = next((han for han in self.hans if self.may_render(title, han)), None)
            if rival:
                holder = self.holders[title.holder]
                yield self._fault_of_han(
                    TitleFaultKind.CHANGED, rival, title, holder, self._agreed_of(rival)
                )
        yield from self._changed_beside_english_names()
        for index, title, hans in self.astray():
            han = next((one for one in hans if self._is_of_other_holder(one, index)), None)
            if han:
                kind = TitleFaultKind.CHANGED
                yield self._fault_of_han(kind, han, title, self.holders[index], None)
        for title, han in (*self.mismatched(), *self.strangers()):
            whose = self.holders[title.holder] if title.holder is not None else None
            agreed = self._agreed_of(han)
            yield self._fault_of_han(TitleFaultKind.CHANGED, han, title, whose, agreed)

    def _changed_beside_english_names(self) -> Iterator[TitleFault]:
        for index, holder in enumerate(self.holders):
            hans = [
                han
                for other in self.holders
                if other.name == holder.name
                for han in self.beside_name(other)
            ]
            for title in self.titles:
                if title.holder != index or title.is_plural or not hans:
                    continue
                if title.is_common or self.is_courtesy(title):
                    continue
                if any(self.renders(title, han) for han in hans):
                    continue
                rival = next((han for han in hans if self.may_render(title, han)), None)
                if rival and not self._is_shared_han(title):
                    yield self._fault_of_han(
                        TitleFaultKind.CHANGED, rival, title, holder, self._agreed_of(rival)
                    )

    def _is_shared_han(self, title: Title) -> bool:
        """Tell whether a Chinese office of nobody in particular explains an English title."""
        beside = [han for holder in self.holders for han in self.beside_name(holder)]
        return any(self.renders(title, han) and han not in beside for han in self.hans)

    def _fault_of_han(
        self,
        kind: TitleFaultKind,
        han: HanOffice,
        title: Title | None,
        holder: Holder | None,
        agreed: AgreedTitle | None,
    ) -> TitleFault:
        return TitleFault(
            kind=kind,
            english=title.span if title else None,
            chinese=han.span,
            holder=holder.name if holder else None,
            forms=agreed.forms if agreed else (),
            is_elsewhere=title is not None and self.is_as_often(title),
        )
