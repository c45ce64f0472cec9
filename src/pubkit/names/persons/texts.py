"""A pair of texts as the comparison of persons sees it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from pubkit.model import Span
from pubkit.names.persons.cast import Cast, Naming, Read
from pubkit.names.persons.forms import Form, chinese_surname
from pubkit.names.persons.kinds import Person
from pubkit.patterns import pattern


@dataclass(kw_only=True)
class Texts:
    """A pair of normalised texts with the persons that each names."""

    english: str
    chinese: str
    into_chinese: bool
    english_read: Read
    chinese_read: Read
    _taken: set[int] = field(default_factory=set)
    named: list[Span] = field(default_factory=list)
    """Where the target names somebody or something for sure."""

    def take(self, span: Span) -> None:
        """Remember what a stretch of the target stands for."""
        self.named.append(span)

    def is_taken(self, span: Span) -> bool:
        """Tell whether a stretch of the target has a character that stands for something."""
        while self.named:
            one = self.named.pop()
            self._taken.update(range(one.start, one.end))
        return not self._taken.isdisjoint(range(span.start, span.end))

    @property
    def english_namings(self) -> list[Naming]:
        """Who is named in English."""
        return self.english_read.namings

    @property
    def chinese_namings(self) -> list[Naming]:
        """Who is named in Chinese."""
        return self.chinese_read.namings

    @property
    def source(self) -> str:
        """The text to translate."""
        return self.english if self.into_chinese else self.chinese

    @property
    def target(self) -> str:
        """The translation."""
        return self.chinese if self.into_chinese else self.english

    @property
    def source_namings(self) -> list[Naming]:
        """Who is named in the text to translate."""
        return self.english_namings if self.into_chinese else self.chinese_namings

    @property
    def target_namings(self) -> list[Naming]:
        """Who is named in the translation."""
        return self.chinese_namings if self.into_chinese else self.english_namings


def read_texts(english: str, chinese: str, cast: Cast, *, into_chinese: bool) -> Texts:
    """Return a pair of normalised texts with the persons of the cast whom they name."""
    texts = Texts(
        english=english,
        chinese=chinese,
        into_chinese=into_chinese,
        english_read=cast.read_english(english),
        chinese_read=cast.read_chinese(chinese),
    )
    target_read = texts.chinese_read if into_chinese else texts.english_read
    texts.named += [one.span for one in target_read.namings if one.form is not Form.PART]
    texts.named += [span for _term, span in target_read.terms]
    return texts


class Compact:
    """A Chinese text without the spaces that set its names apart (``任  简``)."""

    def __init__(self, text: str) -> None:
        self._places: list[int] | None = None
        self.text = text
        if GAP.search(text):
            gaps = {place for match in GAP.finditer(text) for place in range(*match.span())}
            self._places = [place for place in range(len(text)) if place not in gaps]
            self.text = "".join(text[place] for place in self._places)

    def span(self, span: Span) -> Span:
        """Return where a stretch stands in the text with its spaces."""
        if self._places is None:
            return span
        last = self._places[max(span.start, span.end - 1)]
        return Span(self._places[span.start], last + 1)


GAP = pattern(r"(?<=[\u3400-\u9fff])[ \u3000]{1,4}(?=[\u3400-\u9fff])")


def persons_in_full(namings: Iterable[Naming]) -> set[Person]:
    """Return who is named with more than a surname."""
    return {
        person for naming in namings if naming.form is not Form.PART for person in naming.persons
    }


def short_places(person: Person, texts: Texts) -> list[Span]:
    """Return where a Chinese text has the surname of a person before a form of address."""
    return [
        Span(match.start(), match.start() + len(surname))
        for name in person.chinese
        if (surname := chinese_surname(name))
        for match in re.finditer(re.escape(surname) + ADDRESS, texts.chinese)
    ]


ADDRESS = (
    r"(?=某|总(?![经裁监部书理编统是体共的])|老师|老(?=[，。：；、说])|先生|女士|小姐|太太|夫人"
    r"|同志|书记|[副代]?(?:总[裁监]|教授|博士|院[长士]|校长|主任|主席|部长|局长|处长|科长|所长|馆长"
    r"|会长|市长|省长|县长|镇长|行长|厂长|董事|经理|总理|总统|工程师|工|医生|医师|律师|法官|队长|船长|机长"
    r"|团长|社长|台长|站长|理事|秘书长|司令|将军|上校|大使|参赞|领事|研究员|讲师|师傅|导演|指挥|教练))"
)


def is_free(span: Span, texts: Texts) -> bool:
    """Tell whether a place of the target names nobody else."""
    return not texts.is_taken(span)
