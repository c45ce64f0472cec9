"""Catalogs of any size for measuring time: invented news whose texts all differ."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from pubkit.model import Catalog, Entry, Term, Termbase, TermKind

SURNAMES = dict(
    zip(
        ("Wang", "Li", "Zhang", "Liu", "Chen", "Yang", "Zhao", "Huang", "Zhou", "Wu"),
        "王李张刘陈杨赵黄周吴",
        strict=True,
    )
)
SYLLABLES = dict(
    zip(
        ("ming", "hua", "wen", "jun", "li", "yan", "bo", "jing", "tao", "xin", "yu", "lan", "hai"),
        "明华文军丽燕波静涛欣宇兰海",
        strict=True,
    )
)
CITIES = {"Ningbo": "宁波", "Suzhou": "苏州", "Zhuhai": "珠海", "Xiamen": "厦门", "Dalian": "大连"}
TITLES = {"Professor": "教授", "Dr.": "博士", "Vice President": "副院长", "Director": "主任"}
SENTENCES = (
    (
        "{title} {name} of {place} University said on {month} {day} that {count} students joined.",
        "{place_zh}大学{title_zh}{name_zh}{month_zh}{day}日表示，共有{count}名学生参加。",
    ),
    (
        "The {place} Hospital spent US${money} million, up {percent}%, {name} reported.",
        "{name_zh}报告说，{place_zh}医院支出{money}00万美元，增长{percent}%。",
    ),
    (
        "“We waited {count} days for this,” said {name}, {title} in {place}, at {hour}:30 p.m.",
        "下午{hour}时30分，{place_zh}{title_zh}{name_zh}说：“这一天，我们等了{count}天。”",
    ),
    (
        "According to {name}, **{count} tonnes** of rice were shipped from {place} ([list](https://"
        "www.port.example/{count})).",
        "据{name_zh}介绍，**{count}吨**大米已从{place_zh}发运（[清单](https://www.port.example/"
        "{count})）。",
    ),
)
MONTHS = {"March": "3月", "April": "4月", "May": "5月", "June": "6月", "July": "7月"}
PERSONS = 300


@dataclass(frozen=True)
class Person:
    """An invented person."""

    name: str
    characters: str


def make_news(entries: int, *, seed: int = 1) -> tuple[Catalog, Termbase]:
    """Return a correct catalog of so many texts, and its agreed names."""
    chance = Random(seed)  # noqa: S311 - chance that can be repeated, not a secret
    persons = tuple(_person(chance) for _number in range(PERSONS))
    texts = (_text(chance, persons, sentences=2) for _number in range(entries))
    return _catalog(_entries(texts)), _termbase(persons)


def make_long_text(characters: int, *, seed: int = 1) -> tuple[Catalog, Termbase]:
    """Return a catalog of one text with at least so many characters, and its agreed names."""
    chance = Random(seed)  # noqa: S311 - chance that can be repeated, not a secret
    persons = tuple(_person(chance) for _number in range(PERSONS))
    source, target = "", ""
    while len(source) < characters:
        one, other = _text(chance, persons, sentences=1)
        source, target = f"{source} {one}".strip(), target + other
    return _catalog(_entries(iter([(source, target)]))), _termbase(persons)


def _catalog(entries: Iterator[Entry]) -> Catalog:
    header = Entry(
        msgid="",
        msgstr="Language: zh\nMIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\n"
        "Content-Transfer-Encoding: 8bit\n",
    )
    return Catalog(entries=tuple(entries), header=header, lang="zh")


def _entries(texts: Iterator[tuple[str, str]]) -> Iterator[Entry]:
    for number, (source, target) in enumerate(texts):
        yield Entry(
            msgid=source,
            msgstr=target,
            msgctxt=str(number),
            extracted_comments=("Paragraph",),
            line=10 + 5 * number,
        )


def _text(chance: Random, persons: tuple[Person, ...], *, sentences: int) -> tuple[str, str]:
    pairs = [_sentence(chance, persons) for _number in range(sentences)]
    return " ".join(source for source, _target in pairs), "".join(target for _, target in pairs)


def _sentence(chance: Random, persons: tuple[Person, ...]) -> tuple[str, str]:
    person, (month, month_zh) = chance.choice(persons), chance.choice(list(MONTHS.items()))
    title, title_zh = chance.choice(list(TITLES.items()))
    place, place_zh = chance.choice(list(CITIES.items()))
    values = {
        "name": person.name,
        "name_zh": person.characters,
        "title": title,
        "title_zh": title_zh,
        "place": place,
        "place_zh": place_zh,
        "month": month,
        "month_zh": month_zh,
        "day": chance.randrange(13, 29),
        "hour": chance.randrange(1, 9),
        "count": chance.randrange(100, 1000),
        "money": chance.randrange(2, 90),
        "percent": chance.randrange(101, 400) / 10,
    }
    source, target = chance.choice(SENTENCES)
    return source.format(**values), target.format(**values)


def _person(chance: Random) -> Person:
    surname = chance.choice(list(SURNAMES))
    first, second = chance.choice(list(SYLLABLES)), chance.choice(list(SYLLABLES))
    characters = SURNAMES[surname] + SYLLABLES[first] + SYLLABLES[second]
    return Person(f"{surname} {(first + second).capitalize()}", characters)


def _termbase(persons: tuple[Person, ...]) -> Termbase:
    agreed = {person.name: person.characters for person in persons}
    names = [Term(kind=TermKind.PERSON, source=one, target=other) for one, other in agreed.items()]
    titles = [Term(kind=TermKind.TITLE, source=one, target=other) for one, other in TITLES.items()]
    places = [Term(kind=TermKind.PLACE, source=one, target=other) for one, other in CITIES.items()]
    return Termbase(lang="zh", terms=(*names, *titles, *places))
