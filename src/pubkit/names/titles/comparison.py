"""Which offices of an English and a Chinese text belong together."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import ClassVar

from pubkit.model import Span
from pubkit.names.titles.english import (
    COURTESY_BASES,
)
from pubkit.names.titles.fields import are_of_other_fields
from pubkit.names.titles.hints import (
    AFTER_NOUN,
    BARE,
    BEHIND_NAME,
    BROAD_BASES,
    CHAINED,
    ENGLISH_LEADING,
    LEADING_HANS,
    PRESIDENT_OF_SCHOOL,
    SOCIETY_BASES,
    SOCIETY_HANS,
    TOLD_IN_CHINESE,
    TOLD_IN_ENGLISH,
    UNFIT_AFTER,
)
from pubkit.names.titles.kinds import AgreedTitle, Holder, Title
from pubkit.names.titles.offices import (
    HanOffice,
    added_modifiers,
    is_of_field,
    is_same_base,
    lost_modifiers,
)


@lru_cache(maxsize=4096)
def _modifiers_that_differ(
    english: frozenset[str], chinese: frozenset[str], base: str
) -> tuple[frozenset[str], frozenset[str]]:
    """Return the English modifiers that Chinese lacks, and the Chinese ones that English lacks."""
    return lost_modifiers(english, chinese, base), added_modifiers(english, chinese, base)


@dataclass
class Comparison:
    """The titles of two texts, and what is known of their persons."""

    english: str
    chinese: str
    titles: list[Title]
    hans: Sequence[HanOffice]
    holders: Sequence[Holder]
    agreed_hans: Sequence[AgreedTitle]
    may_drop: bool = field(default=False, kw_only=True)
    places: dict[tuple[Span, bool], list[HanOffice]] = field(default_factory=dict, kw_only=True)
    known: dict[tuple[int, int, bool], bool] = field(default_factory=dict, kw_only=True)
    partners: dict[int, int] | None = field(default=None, kw_only=True)
    """Which title each Chinese office renders, if each is of one person."""

    UNSAID: ClassVar[frozenset[tuple[str, str]]] = frozenset()
    """The English modifiers that a Chinese base has in itself."""

    def is_plainly_right(self) -> bool:
        """Tell whether each office has its counterpart, and they are of one person: most are."""
        if self.agreed_hans or len({title.holder for title in self.titles}) != 1:
            return False
        return all(
            any(self.renders(title, han) for han in self.hans) for title in self.titles
        ) and all(any(self.renders(title, han) for title in self.titles) for han in self.hans)

    # ------------------------------------------------------------ one office, one person

    @cached_property
    def spare(self) -> list[HanOffice]:
        """Return the Chinese offices that are not needed: each title has another one."""
        if self.partners is None:
            self.partners = self._pair_off()
        group = [title for title in self.titles if title.is_plural]
        return [
            han
            for at, han in enumerate(self.hans)
            if at not in self.partners and not any(self.renders(title, han) for title in group)
        ]

    def is_unpaired(self, title: Title) -> bool:
        """Tell whether all offices that might render a title are those of other persons."""
        if title.is_plural:
            return not any(self.renders(title, han) for han in self.hans)
        if self.partners is None:
            self.partners = self._pair_off()
        return not any(
            self._is_same_person(self.titles[index], title) and self.renders(title, self.hans[at])
            for at, index in self.partners.items()
        )

    def _is_same_person(self, one: Title, other: Title) -> bool:
        """Tell whether one Chinese office may render both: ``Academician Yuan Fang, a member``."""
        if one is other or one.holder is None or one.holder != other.holder:
            return one is other
        return any(two.is_common or self.is_courtesy(two) for two in (one, other))

    def _pair_off(self) -> dict[int, int]:
        """Give as many titles as can be a Chinese office each, that beside the name first."""
        partners: dict[int, int] = {}
        wishes = [self._wishes(title) for title in self.titles]

        def give(index: int, tried: set[int]) -> bool:
            for _rank, at in wishes[index]:
                if at not in tried:
                    tried.add(at)
                    if at not in partners or give(partners[at], tried):
                        partners[at] = index
                        return True
            return False

        single = [at for at, title in enumerate(self.titles) if wishes[at] and not title.is_plural]
        for index in sorted(single, key=lambda at: wishes[at][0][0]):
            give(index, set())
        return partners

    def _wishes(self, title: Title) -> list[tuple[int, int]]:
        """Return which Chinese offices may render a title, the likeliest first."""
        holder = self.holders[title.holder] if title.holder is not None else None
        near = self.all_of(holder) if holder else []
        is_open = bool(title.office and title.office.base == "deputy")
        return sorted(
            (
                2 * (han not in near) + (is_open and self._is_slip_of_any(han)),
                at,
            )
            for at, han in enumerate(self.hans)
            if self.renders(title, han)
        )

    def _is_slip_of_any(self, han: HanOffice) -> bool:
        """Tell whether a Chinese office is nearly one of the English ones, and hardly a deputy."""
        return any(
            self.may_render(title, han) and not self.renders(title, han) for title in self.titles
        )

    # ------------------------------------------------------------ pairs of offices

    def renders(self, title: Title, han: HanOffice, *, generic: bool = False) -> bool:
        """Tell whether a Chinese office renders an English title, modifiers and all."""
        key = (id(title), han.span.start, generic)
        if key not in self.known:
            senses = title.office.senses if generic and title.office else title.senses
            self.known[key] = not self._is_unfit(title, han) and not self._is_of_other(title, han)
            self.known[key] = self.known[key] and (
                any(
                    rendering.base == han.form.base
                    and is_of_field(rendering, sense, han.before)
                    and rendering.modifiers <= han.form.modifiers
                    and self._has_same_modifiers(sense.modifiers, rendering.modifiers, title, han)
                    for sense in senses
                    for rendering in sense.renderings
                )
                or self._heads_society(title, han)
                or self._is_deputy(title, han)
            )
        return self.known[key]

    def _is_deputy(self, title: Title, han: HanOffice) -> bool:
        """Tell whether English leaves open whose deputy one is: ``her deputy``, 副组长."""
        return bool(title.office and title.office.base == "deputy" and "副" in han.form.modifiers)

    def _heads_society(self, title: Title, han: HanOffice) -> bool:
        """Tell whether both lead a society or a company of players, whatever it calls its head."""
        if not title.office or title.forms or han.form.base not in SOCIETY_HANS:
            return False
        if title.office.base not in SOCIETY_BASES:
            return False
        return self._has_same_modifiers(title.modifiers, frozenset(), title, han)

    def _is_unfit(self, title: Title, han: HanOffice) -> bool:
        """Tell whether a body has no such office: the director of a centre is no 会长."""
        if han.form.base == "院长" and title.office and title.office.base == "president":
            return PRESIDENT_OF_SCHOOL.match(self.english, title.span.end) is not None
        bodies = UNFIT_AFTER.get(han.form.base)
        if not bodies or not title.office or title.office.base not in BROAD_BASES or title.forms:
            return False
        return bodies.search(self.chinese, max(0, han.span.start - 6), han.span.start) is not None

    def _is_of_other(self, title: Title, han: HanOffice) -> bool:
        """Tell whether two offices are of different fields, if no termbase knows better."""
        return not title.forms and are_of_other_fields(self.english, title.span, han)

    def _has_same_modifiers(
        self, english: frozenset[str], own: frozenset[str], title: Title, han: HanOffice
    ) -> bool:
        lost, added = _modifiers_that_differ(english, han.form.modifiers - own, han.form.base)
        return all(self._stands_apart(modifier, han) for modifier in lost) and all(
            self._is_told(modifier, title) for modifier in added
        )

    def _stands_apart(self, modifier: str, han: HanOffice) -> bool:
        """Tell whether a modifier is told otherwise: 曾任校长, 校长一职由他代理."""
        if (modifier, han.form.base) in self.UNSAID:
            return True
        words = TOLD_IN_CHINESE.get(modifier)
        if not words:
            return False
        start, end = han.span.start, han.span.end
        before = re.split(r"[。；！？、]", self.chinese[max(0, start - 25) : start])[-1]
        behind = re.split(r"[。；！？、]", self.chinese[end : end + 25])[0]
        for other in self.hans:  # 荣休 in 台长谢志明与荣休教授 is said of the professor
            if other.form.modifiers and other is not han:
                before = before.replace(other.text, "＿")
                behind = behind.replace(other.text, "＿")
        return bool(words.search(before) or words.search(behind))

    def _is_told(self, modifier: str, title: Title) -> bool:
        """Tell whether English says otherwise what a Chinese modifier says."""
        words = TOLD_IN_ENGLISH.get(modifier)
        start = max(0, title.span.start - 60)
        return bool(words and words.search(self.english, start, title.span.end + 60))

    def is_as_often(self, title: Title) -> bool:
        """Tell whether the offices that render a title are as many as the titles they render."""
        hans = [han for han in self.hans if self.renders(title, han)]
        alike = [other for other in self.titles if any(self.renders(other, han) for han in hans)]
        return bool(hans) and len(hans) == len(alike)

    def has_phrase(self, title: Title) -> bool:
        """Tell whether an agreed form stands there that is no office to the lexicon."""
        return any(phrase in self.chinese for phrase in title.phrases)

    def may_render(self, title: Title, han: HanOffice) -> bool:
        """Tell whether a Chinese office may render a title but for modifiers or agreement."""
        is_head = title.office and title.office.base in SOCIETY_BASES and not title.forms
        if is_head and han.form.base in SOCIETY_HANS:
            return True
        return bool(title.office and is_same_base(title.office, han)) or any(
            rendering.base == han.form.base
            for sense in title.senses
            for rendering in sense.renderings
        )

    def is_told_by_verb(self, han: HanOffice) -> bool:
        """Tell whether a Chinese office may render a verb: ``chaired by``."""
        return (
            han.form.base in LEADING_HANS
            and not self._is_behind_name(han)
            and bool(ENGLISH_LEADING.search(self.english))
        )

    def _is_behind_name(self, han: HanOffice) -> bool:
        """Tell whether an office is the second of a person: 总经理冯淑仪主席."""
        start = han.span.start
        return any(
            holder.chinese
            and self.chinese[holder.chinese.start : holder.chinese.end]
            == self.chinese[start - (holder.chinese.end - holder.chinese.start) : start]
            and len(self.beside_name(holder)) > 1
            for holder in self.holders
        )

    def is_courtesy(self, title: Title) -> bool:
        """Tell whether a title stands before the name by courtesy: ``Dr.``, ``Mr Justice``."""
        return bool(title.office and title.office.base in COURTESY_BASES)

    def beside_name(self, holder: Holder) -> list[HanOffice]:
        """Return the Chinese offices right before or behind a name, wherever it stands."""
        return self._offices_of(holder, with_bodies=False)

    def all_of(self, holder: Holder) -> list[HanOffice]:
        """Return those, and what is joined to them: 历史学教授、文学院前院长."""
        return self._offices_of(holder, with_bodies=True)

    def _offices_of(self, holder: Holder, *, with_bodies: bool) -> list[HanOffice]:
        if not holder.chinese:
            return []
        key = (holder.chinese, with_bodies)
        if key not in self.places:
            name = self.chinese[holder.chinese.start : holder.chinese.end]
            found: list[HanOffice] = []
            at = self.chinese.find(name)
            while at >= 0:
                found += self._before_place(at, at + len(name), with_bodies=with_bodies)
                found += self._behind_place(at + len(name), with_bodies=with_bodies)
                at = self.chinese.find(name, at + len(name))
            self.places[key] = found
        return self.places[key]

    def _before_place(self, start: int, end: int, *, with_bodies: bool) -> Iterator[HanOffice]:
        chain = start
        for han in reversed(self.hans):
            between = self.chinese[han.span.end : chain]
            is_chained = between in ("、", "，") and chain != start
            if chain == start and "·" in self.chinese[start:end] and BARE.fullmatch(between):
                between = ""  # where a transliterated name begins is not sure
            elif with_bodies and chain != start:
                is_chained = self._are_joined(han.span.end, chain)
            if han.span.end <= chain and (between in ("", " ", "  ", "兼") or is_chained):
                yield han
                chain = han.span.start

    def _behind_place(self, end: int, *, with_bodies: bool) -> Iterator[HanOffice]:
        behind = BEHIND_NAME.match(self.chinese, end)
        after = behind.end() if behind else end
        places = {end, after, end + self.chinese.startswith(("（", "("), end)}
        chain = after if with_bodies and self.chinese[end:after].strip() else None
        for han in self.hans:
            is_chained = chain is not None and self._goes_on(han, chain)
            if (han.span.start in places and not self._may_be_verb(han)) or is_chained:
                yield han
                places.add(han.span.end + self.chinese.startswith(("（", "("), han.span.end))
                chain = han.span.end if chain is not None else None

    def _may_be_verb(self, han: HanOffice) -> bool:
        """Tell whether an ordinary noun goes on as a verb does: 陈美兰代表基金会捐款."""
        is_noun = han.is_common and not han.form.modifiers
        return is_noun and not AFTER_NOUN.match(self.chinese, han.span.end)

    def _goes_on(self, han: HanOffice, end: int) -> bool:
        """Tell whether an office goes on with what someone is said to be, and is of nobody else."""
        return (
            han.span.start > end
            and self.chinese[end] != "，"
            and self._are_joined(end, han.span.start)
            and not any(one.chinese and one.chinese.start == han.span.end for one in self.holders)
        )

    def _are_joined(self, end: int, start: int) -> bool:
        """Tell whether an office begins where one before goes on: 历史学教授、文学院前院长."""
        if end > start or not CHAINED.fullmatch(self.chinese, end, start):
            return False
        return not any(
            other.chinese and end <= other.chinese.start < start for other in self.holders
        )

    def strangers(self) -> Iterator[tuple[Title, HanOffice]]:
        """Yield a title and an office of one person, both without a counterpart."""
        for index, holder in enumerate(self.holders):
            hans = [han for han in self.all_of(holder) if self._is_stranger(han)]
            own = [
                title
                for title in self.titles
                if title.holder == index
                and self.is_unpaired(title)
                and not (title.is_common or title.is_plural or self.is_courtesy(title))
            ]
            if hans and own and not any(self.has_phrase(title) for title in own):
                yield own[0], hans[0]

    def _is_stranger(self, han: HanOffice) -> bool:
        """Tell whether an office has no counterpart, and is more than an ordinary noun."""
        is_title = not (han.is_common or han.is_body or self.is_told_by_verb(han))
        return is_title and han in self.spare

    def astray(self) -> Iterator[tuple[int, Title, list[HanOffice]]]:
        """Yield the titles found beside another name only, with the offices beside their own."""
        for index, holder in enumerate(self.holders):
            hans = [han for han in self.beside_name(holder) if not han.is_body]
            own = self._titles_of(holder)
            if not hans or any(self.may_render(title, han) for title in own for han in hans):
                continue
            for title in own:
                if title.holder == index and not title.is_plural and not self._is_free(title):
                    yield index, title, hans

    def _titles_of(self, holder: Holder) -> list[Title]:
        return [
            title
            for title in self.titles
            if title.holder is not None and self.holders[title.holder].name == holder.name
        ]

    def _is_of_other_holder(self, han: HanOffice, index: int) -> bool:
        """Tell whether the office beside a name renders a title of another person only."""
        owners = {title.holder for title in self.titles if self.renders(title, han)}
        return bool(owners) and not owners & {None, index}

    def mismatched(self) -> Iterator[tuple[Title, HanOffice]]:
        """Yield an office beside a name in each text, of persons whose offices all differ."""
        for index, holder in enumerate(self.holders):
            own = [
                title
                for title in self.titles
                if title.holder is not None and self.holders[title.holder].name == holder.name
            ]
            hans = [
                han for han in self.beside_name(holder) if not han.is_body and not han.is_common
            ]
            mine = [title for title in own if title.holder == index and not title.is_plural]
            mine = [title for title in mine if not title.is_common and not self.is_courtesy(title)]
            if not mine or not hans or any(self.may_render(t, han) for t in own for han in hans):
                continue
            if any(self._is_free(title) for title in mine) or any(
                self.is_of_another(han, index) or self.is_told_by_verb(han) for han in hans
            ):
                continue
            yield mine[0], hans[0]

    def _is_free(self, title: Title) -> bool:
        """Tell whether a Chinese office beside no name renders a title."""
        beside = [han for holder in self.holders for han in self.beside_name(holder)]
        return self.has_phrase(title) or any(
            self.renders(title, han) and han not in beside for han in self.hans
        )

    def is_of_another(self, han: HanOffice, holder: int) -> bool:
        """Tell whether a Chinese office renders one that nobody, or a group, has in English."""
        return any(
            self.renders(title, han)
            and not self._is_deputy(title, han)
            and (title.holder is not None) == title.is_plural
            and self._is_before(title, self.holders[holder])
            for title in self.titles
        )

    def _is_before(self, title: Title, holder: Holder) -> bool:
        return not title.is_plural or (
            holder.english is not None and title.span.end <= holder.english.start
        )
