"""Which column of a roster holds what: by its heading, in English or Chinese, or by the settings.

Headings are compared by their letters and digits alone: ``E-Mail``, ``e_mail`` and ``Email:`` are
one. A heading that says the same in two languages (``姓名 Name``) is each of them.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from pubkit.distribution.addresses import quoted
from pubkit.errors import DeliveryError
from pubkit.messages import gettext as _

ADDRESS = "address"
NAME = "name"
GIVEN_NAME = "given_name"
FAMILY_NAME = "family_name"
TITLE = "title"
LANGUAGE = "language"
GROUPS = "groups"
POSTAL = "postal address"
"""What may be an e-mail address, where no other column is one."""

HEADINGS: Mapping[str, tuple[str, ...]] = {
    ADDRESS: (
        *("email", "emails", "mail", "email address", "mail address", "email id", "email adress"),
        *("primary email", "contact email", "work email", "user email", "member email"),
        *("recipient", "smtp address", "email 1", "email 1 value"),
        *("邮箱", "邮箱地址", "电子邮箱", "电子邮箱地址", "电子邮件", "电子邮件地址", "邮件"),
        *("邮件地址", "邮箱账号", "联系邮箱", "电邮", "电邮地址", "电子信箱", "信箱"),
        *("郵箱", "電子郵件", "電子郵箱", "電郵", "電子郵件地址", "電子信箱"),
        *("メール", "メールアドレス"),
    ),
    POSTAL: ("address", "addr", "地址", "通信地址", "联系地址"),
    NAME: (
        *("name", "full name", "fullname", "display name", "member", "member name", "contact name"),
        *("recipient name", "contact", "person", "people"),
        *("姓名", "名字", "名称", "中文姓名", "会员姓名", "联系人", "收件人", "成员", "会员"),
        *("名稱", "會員姓名", "會員", "聯絡人", "氏名"),
    ),
    GIVEN_NAME: ("first name", "given name", "forename", "given names", "firstname", "名"),
    FAMILY_NAME: ("last name", "family name", "surname", "lastname", "姓", "姓氏"),
    TITLE: (
        *("title", "job title", "position", "job", "function", "post", "academic title"),
        *("职务", "职称", "头衔", "职位", "称谓", "岗位", "職務", "職稱", "頭銜", "職位", "稱謂"),
    ),
    LANGUAGE: (
        *("language", "lang", "languages", "preferred language", "preferred languages", "locale"),
        *("language preference", "correspondence language", "mother tongue", "native language"),
        *("语言", "语种", "首选语言", "偏好语言", "使用语言", "語言", "語種", "言語"),
    ),
    GROUPS: (
        *("group", "groups", "segment", "segments", "tag", "tags", "list", "lists", "category"),
        *("categories", "committee", "committees", "section", "membership", "member type"),
        *("分组", "组别", "群组", "组", "小组", "类别", "标签", "分組", "組別", "群組", "類別"),
        *("会员类别", "會員類別"),
    ),
}
"""Headings that need no setting."""
_QUALIFIER = re.compile(r"[(（\[【].*?[)）\]】]")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+")


@cache
def _spellings() -> Mapping[str, str]:
    return {_letters(text): column for column, texts in HEADINGS.items() for text in texts}


def _letters(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter for letter in folded if letter.isalnum())


@cache
def known_column(heading: str) -> str | None:
    """Return what a column with this heading holds, if it is known."""
    plain = _QUALIFIER.sub(" ", heading)
    for text in (heading, plain):
        if found := _spellings().get(_letters(text)):
            return found
    qualifiers = "".join(_QUALIFIER.findall(heading))
    parts = [*_HAN.findall(plain), _HAN.sub(" ", plain), _letters(qualifiers)]
    agreed = {_spellings().get(_letters(part)) for part in parts if _letters(part)}
    return agreed.pop() if len(agreed) == 1 else None


def count_headings(cells: Sequence[str], columns: Mapping[str, str]) -> int:
    """Return how many columns are known of a row of headings; 0 if none has the addresses.

    Args:
        cells: The headings.
        columns: Headings by what they hold, from the settings.
    """
    wanted = {_letters(heading) for heading in columns.values()}
    own = sum(_letters(cell) in wanted for cell in cells)
    known = {column for cell in cells if (column := known_column(cell))}
    address = columns.get(ADDRESS)
    if address is not None:
        has_address = any(_letters(cell) == _letters(address) for cell in cells)
    else:
        has_address = bool(known & {ADDRESS, POSTAL})
    return own + len(known) if has_address else 0


def find_columns(headings: Sequence[str], columns: Mapping[str, str]) -> Mapping[str, int]:
    """Return the place of each column that is known.

    Args:
        headings: Those of the roster.
        columns: Headings by what they hold, from the settings.

    Raises:
        DeliveryError: No column has the addresses, two have the same, or a heading of the settings
            is missing.
    """
    found = dict(_named_columns(headings, columns))
    taken = set(found.values())
    places: dict[str, list[int]] = {}
    for place, heading in enumerate(headings):
        column = known_column(heading)
        if column and column not in found and place not in taken:
            places.setdefault(column, []).append(place)
    postal = places.pop(POSTAL, [])
    if ADDRESS not in found and ADDRESS not in places and postal:
        places[ADDRESS] = postal
    for column, candidates in places.items():
        if len(candidates) > 1:
            raise _ambiguous(column, [headings[place] for place in candidates])
        found[column] = candidates[0]
    if ADDRESS not in found:
        raise _no_address(headings)
    return found


def _named_columns(
    headings: Sequence[str], columns: Mapping[str, str]
) -> Iterator[tuple[str, int]]:
    """Yield the places of the columns that the settings name."""
    for column, wanted in columns.items():
        exact = [place for place, heading in enumerate(headings) if heading.strip() == wanted]
        loose = [
            place
            for place, heading in enumerate(headings)
            if wanted.strip() and _letters(heading) == _letters(wanted)
        ]
        candidates = exact or loose
        if not candidates:
            raise DeliveryError(
                _("The roster has no column “{heading}”; it has: {headings}").format(
                    heading=wanted, headings=_listed(headings)
                ),
                remedy=_("Correct {column} in [members.columns] of pubkit.toml").format(
                    column=column
                ),
            )
        if len(candidates) > 1:
            raise DeliveryError(
                _("The roster has more than one column “{heading}”").format(heading=wanted),
                remedy=_("Give one of them another heading"),
            )
        yield column, candidates[0]


def _ambiguous(column: str, headings: Sequence[str]) -> DeliveryError:
    return DeliveryError(
        _("More than one column can be “{column}”: {headings}").format(
            column=column, headings=_listed(headings)
        ),
        remedy=_("Give one of them another heading")
        if len({*map(_letters, headings)}) == 1
        else _("Say which, in [members.columns] of pubkit.toml: {example}").format(
            example=f'{column} = "{headings[0].strip()}"'
        ),
    )


def _no_address(headings: Sequence[str]) -> DeliveryError:
    example = 'address = "E-Mail (work)"'
    remedy = _(
        "Head it “E-mail” or “邮箱”, or name it in [members.columns] of pubkit.toml: {example}"
    )
    if not any(map(str.strip, headings)):
        message = _("The roster is empty")
    elif any("@" in heading for heading in headings):
        message = _("The roster begins with a member, not with the headings of its columns")
    else:
        message = _("No column is headed as one of e-mail addresses; there are: {headings}")
    return DeliveryError(
        message.format(headings=_listed(headings)), remedy=remedy.format(example=example)
    )


def _listed(headings: Sequence[str]) -> str:
    return ", ".join(f"“{quoted(heading)}”" for heading in headings if heading.strip())
