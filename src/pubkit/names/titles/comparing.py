"""Compare the titles and offices of persons in an English text and its Chinese counterpart.

::

    Zeng Yiwei, Director of the YMA      曾一苇馆长           the same
    Deputy Director Kang Lu              康露馆长             changed: 副 is lost
    Secretary-General Ren Jian           任简                 lost

Offices are compared as sets first, for Chinese names an office once where English repeats it or
gives it to several persons at once; then person by person, where both texts have the office
right beside the name. What a free translation may do is not told: see ``_is_dispensable``.
"""

from collections.abc import Sequence

from pubkit.names.titles.english import find_titles, unknown_holders, without_title
from pubkit.names.titles.into_chinese import ChineseTranslation
from pubkit.names.titles.into_english import EnglishTranslation
from pubkit.names.titles.kinds import AgreedTitle, Holder, Title, TitleFault
from pubkit.names.titles.offices import (
    HanOffice,
    find_han_offices,
    find_offices,
    may_name_offices,
)
from pubkit.patterns import pattern


def compare_titles(
    english: str,
    chinese: str,
    *,
    holders: Sequence[Holder] = (),
    agreed: Sequence[AgreedTitle] = (),
    is_into_chinese: bool = True,
    may_drop: bool = False,
) -> list[TitleFault]:
    """Return the titles that one of the texts lost or changed.

    Args:
        english: The words of the English side.
        chinese: The words of the Chinese side.
        holders: The persons named.
        agreed: The titles of the termbase in the source text.
        is_into_chinese: Which side is the source.
        may_drop: Whether the text is one that may leave titles out, such as a caption.
    """
    holders = [without_title(holder, english) for holder in holders]
    holders = sorted(
        [*holders, *unknown_holders(english, holders)],
        key=lambda holder: holder.english.start if holder.english else -1,
    )
    titles = find_titles(english, holders, agreed if is_into_chinese else ())
    hans: Sequence[HanOffice] = find_han_offices(chinese)
    if not titles and not hans:
        return []
    if len(titles) * len(hans) > MOST_PAIRS:
        titles, hans, holders = _first_of_each(titles, hans, holders)
    agreed_hans = () if is_into_chinese else agreed
    comparison = ChineseTranslation if is_into_chinese else EnglishTranslation
    return comparison(
        english, chinese, titles, hans, holders, agreed_hans, may_drop=may_drop
    ).faults()


MOST_PAIRS = 1200
"""Of an English and a Chinese office: beyond, a text is a list, and each office looked at once."""


def _first_of_each(
    titles: Sequence[Title], hans: Sequence[HanOffice], holders: Sequence[Holder]
) -> tuple[list[Title], list[HanOffice], list[Holder]]:
    first_titles = {title.text: title for title in reversed(titles)}
    first_hans = {han.text: han for han in reversed(hans)}
    some = sorted(first_titles.values(), key=lambda title: title.span.start)
    kept = [holders[title.holder] for title in some if title.holder is not None]
    for title in some:
        if title.holder is not None:
            title.holder = kept.index(holders[title.holder])
    return some, sorted(first_hans.values(), key=lambda han: han.span.start), kept


def may_have_titles(
    english: str, chinese: str, agreed: Sequence[AgreedTitle], *, is_into_chinese: bool
) -> bool:
    """Tell whether there is anything to compare; it takes little time."""
    if agreed:
        return True
    if not is_into_chinese:
        return bool(find_han_offices(chinese))
    if may_name_offices(english) and any(
        not office.is_common or office.is_capitalized for office in find_offices(english)
    ):
        return True
    return (  # an adviser may have become the president
        APPOSITION.search(english) is not None
        and bool(find_offices(english))
        and any(not han.is_common for han in find_han_offices(chinese))
    )


APPOSITION = pattern(r"[A-Z][\w’'-]+, [a-z]")
