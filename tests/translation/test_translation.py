"""From a document to its catalogs and back; the laws stand in test_laws.py."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest

from pubkit.errors import CatalogError
from pubkit.model import Catalog, Document, Entry, Role, Segment, State
from pubkit.translation import (
    Aids,
    make_template,
    translate_document,
    translate_segments,
    update_catalog,
    update_template,
    verify_catalog,
)

REFERENCE = "source/report.md"


def template(*msgids: str, created: str = "2023-07-10 10:00+0800") -> Catalog:
    """Return the template of paragraphs."""
    segments = (Segment(msgid=msgid) for msgid in msgids)
    return make_template(segments, reference=REFERENCE, project="News", created=created)


def catalog(*entries: Entry) -> Catalog:
    """Return a Chinese catalog with the header of a new one."""
    return replace(update_catalog(None, template(), lang="zh"), entries=entries)


def update(old: Iterable[Entry], *msgids: str) -> tuple[Entry, ...]:
    """Return the entries of a Chinese catalog after its source has changed."""
    return update_catalog(catalog(*old), template(*msgids), lang="zh").entries


def entry(msgid: str, msgstr: str = "", **fields: object) -> Entry:
    """Return an entry as extraction makes it."""
    plain = Entry(
        msgid=msgid, msgstr=msgstr, extracted_comments=("Paragraph",), references=(REFERENCE,)
    )
    return replace(plain, **fields)  # type: ignore[arg-type]


def document(*msgids: str, source_lang: str = "en") -> Document:
    """Return a document of paragraphs."""
    return Document(
        name="report",
        path=REFERENCE,
        lang=source_lang,
        source_lang=source_lang,
        date=date(2023, 7, 10),
        body_segments=tuple(Segment(msgid=msgid, text=msgid) for msgid in msgids),
    )


# ---------------------------------------------------------------- template


def test_template_entry_names_role_comments_and_file() -> None:
    """The role comes first; the reference has no line, which would change with every insertion."""
    segments = [
        Segment(msgid="One", role=Role.TITLE, msgctxt="title", line=2),
        Segment(msgid="Two", role=Role.CAPTION, comments=("Yu Fan, not Yu Pan.",), line=9),
    ]
    made = make_template(segments, reference=REFERENCE, project="News", created="2023")

    assert made.entries == (
        Entry(
            msgid="One",
            msgctxt="title",
            extracted_comments=("Title",),
            references=(REFERENCE,),
        ),
        Entry(
            msgid="Two",
            extracted_comments=("Caption", "Yu Fan, not Yu Pan."),
            references=(REFERENCE,),
        ),
    )
    assert tuple(
        made.metadata[name] for name in ("Project-Id-Version", "POT-Creation-Date", "Language")
    ) == ("News", "2023", "")


def test_template_keeps_its_date_while_its_messages_stay() -> None:
    """A run of extraction that finds nothing new changes nothing."""
    old, same = template("One"), template("One", created="2024")
    changed = template("One", "Two", created="2024")

    assert update_template(None, old) is old
    assert update_template(old, same) is old
    assert update_template(old, changed).metadata["POT-Creation-Date"] == "2024"


# ---------------------------------------------------------------- update


def test_new_catalog_names_its_language_and_plural_forms() -> None:
    """Editors and GNU tools need both."""
    made = update_catalog(None, template("One"), lang="zh-Hant")

    assert (
        made.metadata["Language"],
        made.metadata["Plural-Forms"],
    ) == ("zh_Hant", "nplurals=1; plural=0;")
    assert made.entries == (entry("One"),)


def test_catalog_without_header_gets_that_of_a_new_one() -> None:
    """An empty file is a catalog that somebody is about to begin."""
    empty = Catalog(path="locales/zh/LC_MESSAGES/report.po")
    begun, new = (update_catalog(old, template("One"), lang="zh") for old in (empty, None))

    assert begun == replace(new, path=empty.path)


def test_kept_entry_keeps_what_translators_wrote() -> None:
    """Comments, flags and translation stay; roles and references follow the source."""
    old = entry(
        "One", "一", translator_comments=("checked",), flags=("no-wrap",), references=("x",)
    )

    assert update([old], "One") == (
        entry("One", "一", translator_comments=("checked",), flags=("no-wrap",)),
    )


def test_changed_source_keeps_its_translation_as_fuzzy() -> None:
    """The translator sees the old text and mends the translation."""
    old = entry("The guests visited the campus.", "来宾参观了校园。", flags=("no-wrap",))

    assert update([old], "The guests visited the new campus.") == (
        entry(
            "The guests visited the new campus.",
            "来宾参观了校园。",
            flags=("fuzzy", "no-wrap"),
            previous_msgid="The guests visited the campus.",
            extracted_comments=("Paragraph", "Changed: added “new”"),
        ),
    )


def test_source_that_changes_twice_remembers_what_was_translated() -> None:
    """``#|`` is the text that the translation belongs to."""
    old = entry("The guests visited the campus.", "来宾参观了校园。")
    once = update([old], "The guests visited the new campus.")
    (twice,) = update(once, "The guests visited the old campus.")

    assert twice.previous_msgid == "The guests visited the campus."


def test_proposal_without_previous_text_gets_one() -> None:
    """A fuzzy entry that a translator made belongs to its own text."""
    old = entry("The guests visited the campus.", "来宾参观了校园。", flags=("fuzzy",))
    (updated,) = update([old], "The guests visited the new campus.")

    assert updated.previous_msgid == "The guests visited the campus."


def test_other_source_keeps_no_translation() -> None:
    """What is not alike helps nobody; the old translation waits as obsolete."""
    old = entry("The guests visited the campus.", "来宾参观了校园。")

    assert update([old], "Exports rose.") == (
        entry("Exports rose."),
        replace(old, is_obsolete=True, references=()),
    )


def test_lost_translation_is_proposed_once() -> None:
    """The most similar text gets it, the first of equals."""
    old = entry("The guests visited the campus.", "来宾参观了校园。")
    first, second = update([old], "The guests visited the campus!", "The guests visit the campus.")

    assert (first.is_fuzzy, second.msgstr) == (True, "")


def test_untranslated_entry_disappears_with_its_text() -> None:
    """An obsolete entry that says nothing would only be in the way."""
    assert update([entry("One"), entry("Two", "  ")], "Three") == (entry("Three"),)


def test_obsolete_entry_keeps_its_plural_forms() -> None:
    """A translation with plural forms is one, too."""
    old = entry("{n} guest", msgid_plural="{n} guests", msgstr_plural=("{n}位来宾",))

    assert update([old], "One")[1:] == (replace(old, is_obsolete=True, references=()),)


def test_obsolete_entry_comes_back_with_its_text() -> None:
    """Nobody translates a paragraph twice because it was away for a while."""
    old = replace(entry("One", "一"), is_obsolete=True, references=())

    assert update([old], "One") == (entry("One", "一"),)


def test_moved_context_is_a_change() -> None:
    """A text in another context may need another translation."""
    old = entry("Open", "打开", msgctxt="verb")
    (updated,) = update([old], "Open")

    assert (
        updated.is_fuzzy,
        updated.previous_msgctxt,
        updated.previous_msgid,
    ) == (True, "verb", "Open")


def test_hints_follow_the_comments() -> None:
    """Names come after the role and what the author says; they are renewed each time."""
    old = entry("Pan Feng", "潘锋", extracted_comments=("Paragraph", "Name: Pan Feng = 潘峰"))
    updated = update_catalog(
        catalog(old),
        template("Pan Feng"),
        lang="zh",
        aids=Aids(hints=lambda text: (f"Name: {text} = 潘锋",)),
    )

    assert updated.entries == (
        replace(old, extracted_comments=("Paragraph", "Name: Pan Feng = 潘锋")),
    )


def test_header_gets_the_date_of_the_template_only_with_a_change() -> None:
    """All else in it belongs to the translators."""
    header = Entry(msgid="", msgstr="Last-Translator: Wang\nPOT-Creation-Date: 2022\n")
    old = replace(catalog(entry("One", "一")), header=header)
    same = update_catalog(old, template("One", created="2023"), lang="zh")
    changed = update_catalog(old, template("Two", created="2023"), lang="zh")

    assert same is old
    assert changed.header == replace(
        header, msgstr="Last-Translator: Wang\nPOT-Creation-Date: 2023\n"
    )


# ---------------------------------------------------------------- translate


@pytest.mark.parametrize(
    ("fields", "text", "state"),
    [
        ({"msgstr": "一"}, "一", State.TRANSLATED),
        ({"msgstr": "一", "flags": ("fuzzy",)}, "One", State.FUZZY),
        ({"msgstr": ""}, "One", State.UNTRANSLATED),
        ({"msgstr": " \n"}, "One", State.UNTRANSLATED),
        ({"msgstr": "一", "is_obsolete": True}, "One", State.UNTRANSLATED),
        ({"msgstr": "一", "msgctxt": "verb"}, "One", State.UNTRANSLATED),
    ],
)
def test_only_finished_translations_are_used(
    fields: dict[str, object], text: str, state: State
) -> None:
    """All else stays in the source language and says so."""
    entries = (entry("One", **fields), entry("Two", "二"))  # type: ignore[arg-type]
    translated = translate_document(document("One", "Two"), catalog(*entries), lang="zh")

    assert (text, state) == (translated.segments[0].text, translated.segments[0].state)
    assert ("zh", state is not State.TRANSLATED) == (translated.lang, translated.is_draft)


def test_own_language_is_corrected_where_the_catalog_says_so() -> None:
    """An empty translation means: as in the source."""
    entries = (entry("One", "1"), entry("Two"), entry("Three", "3", flags=("fuzzy",)))
    english = replace(catalog(*entries), lang="en")
    corrected = translate_document(document("One", "Two", "Three"), english, lang="en")

    assert [segment.text for segment in corrected.segments] == ["1", "Two", "Three"]
    assert not corrected.is_draft


def test_labels_are_translated_like_documents() -> None:
    """Texts without a document have the same states."""
    segments = (Segment(msgid="One"), Segment(msgid="Two"))
    chinese = translate_segments(segments, catalog(entry("One", "一")), lang="zh", source_lang="en")
    english = translate_segments(segments, None, lang="en", source_lang="en")

    assert [segment.state for segment in chinese] == [State.TRANSLATED, State.UNTRANSLATED]
    assert [segment.text for segment in english] == ["One", "Two"]


@pytest.mark.parametrize(("lang", "is_right"), [("zh_CN", True), ("zh-Hans", True), ("zh", True)])
def test_catalog_of_the_same_written_language_fits(lang: str, is_right: bool) -> None:
    """Editors write the language as they like."""
    fitting = replace(catalog(entry("One", "一")), lang=lang)

    assert is_right is not translate_document(document("One"), fitting, lang="zh").is_draft


@pytest.mark.parametrize("lang", ["en", "zh-Hant", "xx", "klingon"])
def test_catalog_in_another_language_is_refused(lang: str) -> None:
    """A misplaced file must not be printed; the error names its header."""
    header = Entry(msgid="", msgstr=f"Language: {lang}\n", line=3)
    wrong = replace(catalog(entry("One", "一")), lang=lang, header=header, path="zh/report.po")

    with pytest.raises(CatalogError, match=lang) as refused:
        translate_document(document("One"), wrong, lang="zh")

    assert str(refused.value.location) == "zh/report.po:3"


def test_catalog_of_another_document_is_refused() -> None:
    """Not one of its entries is of this document."""
    other = replace(
        catalog(entry("Other", "其他", references=("source/other.md",), line=9)), path="report.po"
    )

    with pytest.raises(CatalogError, match="another document") as refused:
        verify_catalog(other, lang="zh", reference=REFERENCE, segments=document("One").segments)

    assert str(refused.value.location) == "report.po:9"


@pytest.mark.parametrize(
    "entries",
    [(), (entry("Gone", "去"),), (entry("One", "一", references=("source/old-name.md",)),)],
    ids=["new", "source rewritten", "document renamed"],
)
def test_catalog_with_any_trace_of_the_document_fits(entries: tuple[Entry, ...]) -> None:
    """A new, a wholly rewritten and a renamed document keep their catalogs."""
    translate_document(document("One"), catalog(*entries), lang="zh")
