"""Catalogs of programs and of books about them."""

import pytest

from pubkit.checks.pair import Translation
from pubkit.checks.runner import check_catalog
from pubkit.checks.technical import is_technical
from pubkit.model import Catalog, Entry, Termbase

COMMANDS = ("bisect", "checkout", "fetch", "rebase", "stash", "submodule")
MANUAL = tuple(
    Entry(msgid=f"Use {name} {number} times", msgstr=f"使用 {name} {number} 次")
    for name in COMMANDS
    for number in range(20, 23)
)
PRESS = tuple(
    Entry(msgid=f"The hall holds {number} guests", msgstr=f"大厅可容纳{number}名来宾")
    for number in range(20, 38)
)


def ids(entries: tuple[Entry, ...]) -> set[str]:
    """Return the checks that find something."""
    catalog = Catalog(entries=entries, lang="zh")
    return {finding.check for finding in check_catalog(catalog, source_lang="en")}


@pytest.mark.parametrize(("entries", "expected"), [(MANUAL, True), (PRESS, False)])
def test_kept_words_make_a_catalog_technical(entries: tuple[Entry, ...], *, expected: bool) -> None:
    """Translators of manuals keep small words in Latin letters, those of news none."""
    catalog = Catalog(entries=entries, lang="zh")
    translation = Translation(
        catalog=catalog, termbase=Termbase(lang="zh"), source_lang="en", lang="zh"
    )
    assert is_technical(translation) == expected


@pytest.mark.parametrize(
    ("check", "source", "target"),
    [
        ("untranslated-title", "Open the Resource Editor again", "再次打开 Resource Editor"),
        ("untranslated-organization", "Link the Widget Library", "链接 Widget Library"),
        ("untranslated-name", "Robert Miller wrote it.", "Robert Miller 编写。"),
        ("source-left-over", "A wrapper of the hook", "hook 的 wrapper"),
    ],
)
def test_names_of_things_stay_in_a_technical_catalog(check: str, source: str, target: str) -> None:
    """What would be carelessness in a report is the rule in a manual."""
    entry = Entry(msgid=source, msgstr=target)
    assert check in ids((*PRESS, entry))
    assert check not in ids((*MANUAL, entry))


@pytest.mark.parametrize(("number", "is_found"), [(1, True), (4, False)])
def test_a_house_may_keep_all_names(number: int, *, is_found: bool) -> None:
    """Where nearly nobody's name is transliterated, that is no slip."""
    left = ("Robert Miller", "Susan Clark", "Kevin Turner", "Laura Bennett")[:number]
    entries = (
        *(Entry(msgid=f"{name} spoke.", msgstr=f"{name}发言。") for name in left),
        Entry(msgid="Thomas Ashdown spoke.", msgstr="托马斯·阿什当发言。"),
    )
    assert ("untranslated-name" in ids(entries)) == is_found


@pytest.mark.parametrize(
    ("check", "entries"),
    [
        (
            "inline-markup",
            (Entry(msgid="Run `make NAME` now", msgstr="现在运行 `make 名称`"),),
        ),
        (
            "emphasis",
            (Entry(msgid="The path of the *dist* branch", msgstr="**dist** 分支的路径"),),
        ),
        (
            "source-left-over",
            (Entry(msgid='Set "**Type: any**" here', msgstr="此处设置“**Type: any**”"),),
        ),
        (
            "inline-markup",
            (Entry(msgid='Libraries are "crates" here.', msgstr="此处的库称为 `crate`。"),),
        ),
        (
            "inconsistent-translation",
            (
                Entry(msgid="Header of the page", msgstr="页眉"),
                Entry(msgid="Header of the page:", msgstr="网页标题："),
            ),
        ),
    ],
)
def test_manual_may_render_more_freely(check: str, entries: tuple[Entry, ...]) -> None:
    """A reader's own words in code are translated; a label and a heading are two things."""
    assert check in ids((*PRESS, *entries))
    assert check not in ids((*MANUAL, *entries))
