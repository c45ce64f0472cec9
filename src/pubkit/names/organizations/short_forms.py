"""What may stand for the name of an organization or event once it has been named.

该校, 学院, 浙大 for 浙江大学; “the university”, “Kaiyue” for Kaiyue Photonics Holdings Limited.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from pubkit.names.agreed_forms import Form
from pubkit.names.organizations.heads import head_of, heads_in_chinese
from pubkit.names.units import Units
from pubkit.names.vocabulary import is_english_word
from pubkit.patterns import pattern

POINTERS = "该本我此全两各贵这双"
KIN = {
    "大学": "校",
    "学院": "院校",
    "学校": "校",
    "中学": "校",
    "小学": "校",
    "研究院": "院",
    "医院": "院",
    "法院": "院",
    "银行": "行",
    "博物馆": "馆",
    "美术馆": "馆",
    "公司": "司",
    "委员会": "委会",
}
"""The one character by which a kind of organization is called: 该校, 全行."""


def is_referred_to(target: Units, forms: Iterable[tuple[Form, str]]) -> bool:
    """Tell whether a translation refers to a named organization by less than its name."""
    if isinstance(target.items, str):
        return any(_pattern(written).search(target.items) for _form, written in forms)
    return any(_is_called(form, target) for form, _written in forms)


@lru_cache(maxsize=4096)
def _pattern(written: str) -> re.Pattern[str]:
    """Return what stands for a Chinese name: its head by itself, or characters of it."""
    head = head_of(written)
    options = []
    if head:
        last = re.escape(head[-1])
        own = re.escape("".join(dict.fromkeys(written[: len(written) - len(head)]))) or "_"
        before = rf"(?:^|(?<![\u3400-\u9fff])|(?<=[{BEFORE}]))"
        options.append(f"{before}[{POINTERS}]?{re.escape(head)}")
        options.append(f"[{POINTERS}][{KIN.get(head, '')}{last}]")
        if len(written) > len(head) + 1:
            # An abbreviation: from its first character to its head, in the order of the name.
            first, rest = re.escape(written[0]), written[1 : len(written) - len(head)]
            inner = "".join(f"{re.escape(character)}?" for character in rest)
            ends = f"(?:{re.escape(head)}|{re.escape(head[0])}|{last})"
            options.append(f"{first}{inner}{ends}")
        if own == "_":
            options = options[:2]
        if KIN.get(head) == "校" or head == "学院":
            options.append("学校|母校|校方|校园|校内|校友")
    return pattern("|".join(options) or r"(?!)")


BEFORE = '在由的与和从对为将是向到给让被经把于及或、，。；：“”（）《》—"(),.:;其任'


def _is_called(form: Form, target: Units) -> bool:
    """Tell whether English refers to a name by its head after “the”, or by its first words."""
    heads = [word for word in form if word in heads_in_chinese()]
    text = target.text
    for head in heads:
        for place in target.places.get(head, ()):
            before = text[max(0, target.starts[place] - 12) : target.starts[place]]
            if POINTING.search(before) or text[target.starts[place]].isupper():
                return True
    return has_first_word(form, target)


POINTING = pattern(r"\b(?:[Tt]he|[Ii]ts|[Oo]ur|[Tt]his|[Tt]hat|[Tt]heir|[Hh]er|[Hh]is|[Mm]y)\s\Z")


def _is_another(form: Form, place: int, target: Units) -> bool:
    """Tell whether a name begins as a form does, and goes on to another head: Hong Kong Chamber."""
    same = 0
    while place + same < len(target.items) and same < len(form):
        if target.items[place + same] != form[same]:
            break
        same += 1
    following = target.items[place + same : place + same + 1]
    is_name = bool(following) and target.text[target.starts[place + same]].isupper()
    return 1 < same < len(form) and is_name and following[0] in heads_in_chinese()


def has_first_word(form: Form, target: Units) -> bool:
    """Tell whether English calls something by the first word of its name alone: Tsinghua."""
    if isinstance(form, str):
        return False
    heads = heads_in_chinese()
    if len(form) < 2 or form[0] in heads or is_english_word(form[0]):
        return False
    for place in target.places.get(form[0], ()):
        after = target.items[place + 1 : place + 2]
        shown = target.text[target.starts[place]]
        follows = after and target.text[target.starts[place + 1]].isupper()
        if shown.isupper() and not (
            follows and (after[0] in heads or _is_another(form, place, target))
        ):
            return True
    return False
