"""Laws of reading names: each name's own characters read as it, and nobody else's."""

import random
from collections.abc import Iterator
from itertools import pairwise

import pytest

from pubkit.names.persons.finding.romanized import Quality, RomanizedName, find_names, locate
from pubkit.names.romanization.surnames import surname_readings, surname_weights
from pubkit.names.romanization.syllables import readings

GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建国文志宇浩然子轩梓涵欣怡诗雨晨博思远佳琪雪梅兰竹菊海峰辉鹏飞翔龙云"
    "波洁婷玉红春燕玲莉慧颖琳璐瑶倩薇晓东西南北安康宁乐天泽瑞祥福禄寿喜庆元亨利贞仁义礼智信忠孝廉正和睿哲彦俊凯旭阳光耀辰星"
    "河江山川林森木水清源泉溪昊恒永长久若曦苇令仪维翰嘉言绿吕略律侣娥恩昂奥鸥"
)
SURNAMES = [surname for surname, weight in surname_weights().items() if weight >= 0.6]
SPELLINGS = (
    {},
    {"lv": "lyu", "nv": "nyu", "lve": "lyue", "nve": "nyue"},
    {"lv": "lü", "nv": "nü", "lve": "lüe", "nve": "nüe"},
    {"lv": "lu", "nv": "nu", "lve": "lue", "nve": "nue"},
)


def people(seed: int, count: int) -> Iterator[tuple[str, str, RomanizedName]]:
    """Yield surnames, given names, and the names as found in an English sentence."""
    chance = random.Random(seed)
    weights = [surname_weights()[surname] ** 12 for surname in SURNAMES]
    for _ in range(count):
        surname = chance.choices(SURNAMES, weights)[0]
        given = "".join(chance.choice(GIVEN) for _ in range(chance.choice((1, 2, 2, 2))))
        text, is_given_first = spell(surname, given, chance)
        sentence = f"“Good,” said Professor {text}, Dean of Engineering."
        found = find_names(sentence, surname_first=not is_given_first)
        assert [name.text for name in found] == [text]
        yield surname, given, found[0]


def spell(surname: str, given: str, chance: random.Random) -> tuple[str, bool]:
    """Return a name in one of the spellings in use, and whether its given name stands first."""
    spelling = chance.choice(SPELLINGS)
    syllables = [spelling.get(readings(sign)[0], readings(sign)[0]) for sign in given]
    word = syllables[0] + "".join(
        f"'{syllable}" if syllable[0] in "aeo" else syllable for syllable in syllables[1:]
    )
    reading = surname_readings(surname)[0]
    first, last = spelling.get(reading, reading).capitalize(), word.capitalize()
    order = chance.randrange(3)
    return (f"{first} {last}", f"{first.upper()} {last}", f"{last} {first}")[order], order == 2


def place(han: str) -> str:
    """Return a Chinese sentence with a name."""
    return f"工程学院院长{han}教授说，大家很满意。"


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_name_reads_as_its_own_characters(seed: int) -> None:
    """Whatever the spelling of ü, the order, the apostrophes and the capitals."""
    for surname, given, name in people(seed, 400):
        best = locate(name, place(surname + given))[0]

        assert (best.text, best.quality) == (surname + given, Quality.FULL)


def test_one_exchanged_character_is_noticed() -> None:
    """Unless the character happens to be read alike."""
    chance = random.Random(4)
    for surname, given, name in people(4, 400):
        index, other = chance.randrange(len(given)), chance.choice(GIVEN)
        if set(readings(other)) & set(readings(given[index])):
            continue
        changed = given[:index] + other + given[index + 1 :]

        found = locate(name, place(surname + changed))

        assert surname + given not in [reading.text for reading in found]
        if len(name.given) == len(given):
            assert all(not reading.quality.is_confirmed for reading in found)


def test_another_person_is_noticed() -> None:
    """Nobody of another surname is taken for a person."""
    for (surname, _given, name), (other, given, _name) in pairwise(people(5, 400)):
        if set(surname_readings(surname)) & set(surname_readings(other)):
            continue

        assert all(
            not reading.quality.is_confirmed for reading in locate(name, place(other + given))
        )
