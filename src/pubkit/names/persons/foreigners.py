"""Koreans, Vietnamese and Japanese whose names an English text spells as if they were Chinese."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from pubkit.names.persons.kinds import Person
from pubkit.names.persons.texts import Texts
from pubkit.names.romanization.person_names import Style
from pubkit.names.romanization.surnames import foreign_surnames
from pubkit.patterns import pattern

LANDS = MappingProxyType(
    {
        "韩国": Style.KOREAN, "首尔": Style.KOREAN, "釜山": Style.KOREAN, "仁川": Style.KOREAN,
        "越南": Style.VIETNAMESE, "河内": Style.VIETNAMESE, "胡志明市": Style.VIETNAMESE,
        "日本": Style.JAPANESE, "东京": Style.JAPANESE, "大阪": Style.JAPANESE,
        "京都": Style.JAPANESE, "名古屋": Style.JAPANESE, "横滨": Style.JAPANESE,
    }
)  # fmt: skip
LAND = pattern(
    f"(?<![驻赴访在对与向往])(?:{'|'.join(LANDS)})"
    "(?!分公司|分行|分部|办事处|代表处|子公司|大使|使馆|总领事|领事|市场|留学|业务|工厂|籍华人|华人|华侨)"
)
"""A country or city where somebody is at home, and not only sent to."""
MARKS = "，。；、：！？“”（）\n"


def is_spelt_as_chinese(person: Person, texts: Texts) -> bool:
    """Tell whether a name in pinyin is that of somebody from a land of other spellings."""
    name = person.romanized
    if not name or name.style is not Style.PINYIN or not person.chinese:
        return False
    form = person.chinese[0]
    place = texts.chinese.find(form)
    start = max(texts.chinese.rfind(mark, 0, max(0, place)) for mark in MARKS) + 1
    found = LAND.search(texts.chinese, start, max(0, place))
    return found is not None and form.startswith(_surnames().get(LANDS[found[0]], ()))


@cache
def _surnames() -> Mapping[Style, tuple[str, ...]]:
    """Return how the surnames of each land are written."""
    found: dict[Style, tuple[str, ...]] = {}
    for (style, _spelt), forms in foreign_surnames().items():
        found[style] = (*found.get(style, ()), *forms)
    return MappingProxyType(found)
