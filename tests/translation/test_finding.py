"""Where the translation of a text comes from that has none: from near to far."""

from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubkit.model import Catalog, Entry
from pubkit.translation import Aids, Memory, update_catalog
from pubkit.translation.memory import Source
from tests.translation.test_translation import catalog, entry, template, update

OPENING = "The workshop opened on Monday in the main hall."
TALK = "Professor Li gave the first talk about batteries."
DINNER = "Dinner followed at the lake."
ZH = {
    OPENING: "研讨会周一在大礼堂开幕。",
    TALK: "李教授作了首场报告。",
    DINNER: "随后在湖边举行晚宴。",
}
ALL = " ".join(ZH)


def finished(*msgids: str) -> list[Entry]:
    """Return translated entries of these sentences."""
    return [entry(msgid, ZH[msgid]) for msgid in msgids]


def proposals(entries: Iterable[Entry]) -> dict[str, str]:
    """Return the fuzzy translations by their texts."""
    return {item.msgid: item.msgstr for item in entries if item.is_fuzzy}


def obsolete(entries: Iterable[Entry]) -> list[str]:
    """Return the texts that have disappeared."""
    return [item.msgid for item in entries if item.is_obsolete]


# ---------------------------------------------------------------- divided and joined


def test_divided_text_gives_each_part_its_sentences() -> None:
    """The translation has as many sentences as the text: nobody has to cut it."""
    whole = entry(ALL, "".join(ZH.values()))
    updated = update([whole], OPENING, f"{TALK} {DINNER}")

    assert proposals(updated) == {
        OPENING: ZH[OPENING],
        f"{TALK} {DINNER}": ZH[TALK] + ZH[DINNER],
    }
    assert {item.previous_msgid for item in updated if item.is_fuzzy} == {ALL}
    assert obsolete(updated) == [ALL]


def test_divided_text_with_other_sentences_gives_its_whole_translation() -> None:
    """Which half belongs to which part is for the translator to say."""
    whole = entry(ALL, "研讨会周一开幕，李教授作首场报告，随后举行晚宴。")

    assert set(proposals(update([whole], OPENING, f"{TALK} {DINNER}")).values()) == {whole.msgstr}


def test_abbreviations_end_no_sentence() -> None:
    """“Dr.” is followed by a name, and “J.” by the rest of one."""
    opening, talk = "Dr. J. Li opened the fair on Monday.", "Prof. Wang gave the first talk there."
    whole = entry(f"{opening} {talk}", "李博士周一宣布开幕。王教授作首场报告。")

    assert proposals(update([whole], opening, talk)) == {
        opening: "李博士周一宣布开幕。",
        talk: "王教授作首场报告。",
    }


def test_parts_may_be_polished() -> None:
    """Who divides a paragraph also mends it."""
    whole = entry(ALL, "".join(ZH.values()))
    polished = TALK.replace("talk about", "talk, about")

    assert proposals(update([whole], OPENING, polished))[polished] == ZH[TALK]


def test_joined_texts_bring_their_translations() -> None:
    """In Chinese no space stands between them; both old texts are shown."""
    (joined, *_rest) = update(finished(OPENING, TALK), f"{OPENING} {TALK}")

    assert joined.msgstr == ZH[OPENING] + ZH[TALK]
    assert joined.is_fuzzy
    assert joined.previous_msgid == f"{OPENING}\n{TALK}"
    assert obsolete(_rest) == [OPENING, TALK]


def test_texts_joined_by_a_word_are_found() -> None:
    """“…, and …” is how sentences are joined."""
    joined = f"{OPENING[:-1]}, and {TALK}"

    assert proposals(update(finished(OPENING, TALK), joined)) == {joined: ZH[OPENING] + ZH[TALK]}


def test_text_cut_to_a_third_keeps_its_share() -> None:
    """It is too unlike the whole to be an edit of it."""
    whole = entry(ALL, "".join(ZH.values()))

    assert proposals(update([whole], OPENING)) == {OPENING: ZH[OPENING]}


def test_unlike_texts_share_nothing() -> None:
    """A common beginning is no part."""
    assert proposals(update(finished(OPENING), "The workshop was a success for all.")) == {}


@pytest.mark.parametrize("word", ["Yes.", "Monday"])
def test_short_text_is_no_part(word: str) -> None:
    """A word stands in many texts."""
    assert word not in proposals(update(finished(OPENING), word, "Other words entirely."))


# ---------------------------------------------------------------- edited


def test_each_edited_text_gets_its_own_translation() -> None:
    """The first message does not take what belongs to the second."""
    old = [entry("Room 1 is open.", "一号厅开放。"), entry("Room 2 is open.", "二号厅开放。")]
    updated = update(old, "Room 2 is open now.", "Room 1 is open now.")

    assert [item.msgstr for item in updated] == ["二号厅开放。", "一号厅开放。"]


def test_edit_that_is_taken_back_has_no_previous_text() -> None:
    """Its translation belongs to the text itself, but somebody may have changed it since."""
    once = update(finished(OPENING), OPENING.replace("Monday", "Tuesday"))
    (back,) = update(once, OPENING)

    assert (back.msgstr, back.is_fuzzy, back.previous_msgid) == (ZH[OPENING], True, None)
    assert back.extracted_comments[1:] == ("Origin: a change that the author took back",)


def test_chinese_texts_are_known_again_at_less_likeness() -> None:
    """A Chinese sentence has few letters: two changed words are a third of it."""
    old, new = entry("会议周一在北京召开。", "It opened."), template("会议周二在上海召集。")
    found = {
        lang: update_catalog(catalog(old), new, lang="zh", aids=Aids(source_lang=lang))
        for lang in ("en", "zh")
    }

    assert {lang: len(proposals(item.entries)) for lang, item in found.items()} == {
        "en": 0,
        "zh": 1,
    }


# ---------------------------------------------------------------- memory


def remembered(*entries: Entry, is_trusted: bool = True) -> Aids:
    """Return a memory of another document."""
    source = Source(catalog(*entries), "locales/zh/LC_MESSAGES/other.po", is_trusted=is_trusted)
    return Aids(memory=Memory([source]))


def fill(aids: Aids, *old: Entry, msgid: str = OPENING) -> Entry:
    """Return the entry of a text after an update with a memory."""
    return update_catalog(catalog(*old), template(msgid), lang="zh", aids=aids).entries[0]


def test_text_that_moved_to_another_document_is_translated() -> None:
    """The same words, reviewed once, need no second review."""
    assert fill(remembered(*finished(OPENING))) == entry(OPENING, ZH[OPENING])


def test_foreign_memory_only_proposes() -> None:
    """Nobody of the project has reviewed it; the origin is told."""
    filled = fill(remembered(*finished(OPENING), is_trusted=False))

    assert (filled.msgstr, filled.is_fuzzy, filled.previous_msgid) == (ZH[OPENING], True, None)
    assert filled.extracted_comments[-1] == "Origin: locales/zh/LC_MESSAGES/other.po"


def test_documents_that_disagree_only_propose() -> None:
    """Which of the two is right has to be looked at."""
    assert fill(remembered(entry(OPENING, "甲"), entry(OPENING, "乙"))).is_fuzzy


@pytest.mark.parametrize(("role", "is_fuzzy"), [("Heading", True), ("Paragraph", False)])
def test_short_text_in_another_role_only_proposes(role: str, is_fuzzy: bool) -> None:
    """“Chair” is a person in one place and a piece of furniture in another."""
    chair = entry("Chair", "主席", extracted_comments=(role,))

    assert fill(remembered(chair), msgid="Chair").is_fuzzy is is_fuzzy


def test_short_text_of_another_program_only_proposes() -> None:
    """It does not say in which role it stands."""
    chair = entry("Chair", "椅子", extracted_comments=())

    assert fill(remembered(chair), msgid="Chair").is_fuzzy


def test_similar_text_of_another_document_is_proposed() -> None:
    """With its text, so that the translator sees what differs."""
    filled = fill(remembered(*finished(OPENING)), msgid=OPENING.replace("Monday", "Friday"))

    assert (filled.msgstr, filled.previous_msgid) == (ZH[OPENING], OPENING)
    assert filled.extracted_comments[1:] == (
        "Changed: “Monday” → “Friday”",
        "Origin: locales/zh/LC_MESSAGES/other.po",
    )


def test_part_of_a_text_of_another_document_is_proposed() -> None:
    """A sentence that moved there brings its share; texts that were joined there, too."""
    part = fill(remembered(entry(ALL, "".join(ZH.values()))), msgid=OPENING)
    whole = fill(remembered(*finished(OPENING, TALK)), msgid=f"{OPENING} {TALK}")

    assert (part.msgstr, part.is_fuzzy, part.previous_msgid) == (ZH[OPENING], True, ALL)
    assert (whole.msgstr, whole.is_fuzzy) == (ZH[OPENING] + ZH[TALK], True)


def test_short_text_has_to_be_very_like_another() -> None:
    """“Cell one” says nothing of “cell two”."""
    cell = remembered(entry("cell one", "格一"))

    assert fill(cell, msgid="cell two").msgstr == ""
    assert fill(cell, msgid="cell one.").msgstr == "格一"


@pytest.mark.parametrize(
    "other", [entry(OPENING), entry(OPENING, "草稿", flags=("fuzzy",)), entry("Nothing", "无")]
)
def test_unfinished_and_unlike_texts_are_not_remembered(other: Entry) -> None:
    """A guess is not made of a guess."""
    assert fill(remembered(other)) == entry(OPENING)


def test_translator_is_never_overruled() -> None:
    """A memory fills what is empty; comments and flags of the entry stay."""
    own = entry(OPENING, "自己的译文", flags=("fuzzy",))
    empty = entry(OPENING, translator_comments=("ask Wang",), flags=("no-wrap",))

    assert fill(remembered(*finished(OPENING)), own) == own
    assert fill(remembered(*finished(OPENING)), empty) == replace(empty, msgstr=ZH[OPENING])


# ---------------------------------------------------------------- laws

SENTENCES = st.lists(
    st.sampled_from(["A", "big dog", "ran", "home", "and", "ate", "it"]), min_size=1
)
MSGIDS = st.lists(SENTENCES.map(" ".join).map(lambda text: f"{text}."), min_size=1, max_size=6)


def translated(msgids: Iterable[str]) -> Catalog:
    """Return a catalog with a translation of its own for each text."""
    return catalog(*(entry(msgid, f"<{msgid}>") for msgid in dict.fromkeys(msgids)))


@given(MSGIDS, MSGIDS, MSGIDS)
def test_updating_twice_is_updating_once(old: list[str], new: list[str], other: list[str]) -> None:
    """Whatever is found, the next run finds it done."""
    aids = Aids(memory=Memory([Source(translated(other), "other.po")]))
    once = update_catalog(translated(old), template(*dict.fromkeys(new)), lang="zh", aids=aids)

    assert update_catalog(once, template(*dict.fromkeys(new)), lang="zh", aids=aids) is once


@given(MSGIDS, MSGIDS)
def test_no_finished_translation_is_lost(old: list[str], new: list[str]) -> None:
    """It stays, or waits as obsolete, or lives on in a fuzzy entry."""
    before = translated(old)
    after = update_catalog(before, template(*dict.fromkeys(new)), lang="zh")

    assert {item.msgstr for item in before.entries} <= {item.msgstr for item in after.entries}
