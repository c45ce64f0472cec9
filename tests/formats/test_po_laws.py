"""Laws of reading and writing: nothing is lost, nothing is added, gettext agrees."""

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import polib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pubkit.config.limits import DEFAULT_LIMITS
from pubkit.errors import CatalogError
from pubkit.formats.po import format_catalog, parse_catalog
from pubkit.formats.po.proofreading import find_misreading
from pubkit.formats.po.writer import cut_into_pieces
from pubkit.model import Catalog, Entry

GOOD = sorted((Path(__file__).parent / "cases" / "po" / "good").glob("*.po"))

HEADER = Entry(
    msgid="",
    msgstr="Language: zh_CN\n"
    "Content-Type: text/plain; charset=UTF-8\n"
    "Plural-Forms: nplurals=2; plural=n>1;\n",
)

# Anything that a text can hold; gettext keeps NUL and EOT for itself.
characters = st.characters(exclude_categories=["Cs"], exclude_characters="\0\x04")
likely = st.sampled_from('ab\\"\n\t\r n01x7你“#~|,%{')
texts = st.text(likely | characters, max_size=12)
lines = st.text(
    st.sampled_from("ab ,.:~|!你\"'") | st.characters(categories=["L", "N"]), max_size=9
)
words = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=6)
flags = st.lists(st.sampled_from(["fuzzy", "no-wrap", "c-format", "range: 0..9"]), unique=True)
maybe = st.none() | texts


def with_outer_breaks_of(text: str, model: str) -> str:
    """Return the text with line breaks at its ends where the model has them."""
    core = text.strip("\n") or "x"
    head, tail = ("\n" * model.startswith("\n"), "\n" * model.endswith("\n"))
    return head + core + tail


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    """Draw an entry that a .po file can hold."""
    msgid = draw(texts.filter(bool))
    is_plural = draw(st.booleans())
    msgstr = draw(st.just("") | texts.map(lambda text: with_outer_breaks_of(text, msgid)))
    previous_msgid = draw(maybe)
    return Entry(
        msgid=msgid,
        msgid_plural=with_outer_breaks_of(draw(texts), msgid) if is_plural else None,
        msgstr="" if is_plural else msgstr,
        msgstr_plural=(msgstr, msgstr) if is_plural else (),
        msgctxt=draw(maybe),
        translator_comments=tuple(draw(st.lists(lines.filter(_is_plain), max_size=2))),
        extracted_comments=tuple(draw(st.lists(lines, max_size=2))),
        references=tuple(draw(st.lists(words, max_size=2))),
        flags=tuple(draw(flags)),
        previous_msgctxt=draw(maybe) if previous_msgid is not None else None,
        previous_msgid=previous_msgid,
        previous_msgid_plural=draw(maybe) if previous_msgid is not None else None,
        is_obsolete=draw(st.booleans()),
    )


def _is_plain(comment: str) -> bool:
    return not comment.endswith("\\")


catalogs = st.lists(entries(), unique_by=lambda entry: entry.key, max_size=4).map(
    lambda items: Catalog(header=HEADER, entries=tuple(items), lang="zh-CN")
)


@settings(deadline=None)
@given(catalogs, st.permutations(range(4)), entries() | st.builds(Entry, msgid=texts, msgstr=texts))
def test_proofreading_by_pieces_agrees_with_reading_the_whole(
    catalog: Catalog, order: list[int], new: Entry
) -> None:
    """What is in the file already is not read again, and nothing else is overlooked for that."""
    read = parse_catalog(format_catalog(catalog))
    kept = [read.entries[number] for number in order if number < len(read.entries)]
    edited = replace(read, entries=(*kept[:2], new, *kept[2:]))
    pieces, data = cut_into_pieces(edited), format_catalog(edited)

    try:
        reads_back = parse_catalog(data) == edited
    except CatalogError:
        reads_back = False

    assert bool(find_misreading(data, pieces, edited, path="", limits=DEFAULT_LIMITS)) != reads_back


def test_only_texts_of_a_file_are_trusted() -> None:
    """An entry that was read is trusted where it stands, and not its words before another one."""
    first, second = (f'msgid "{msgid}"\nmsgstr "b"\n\n' for msgid in "ac")
    read = parse_catalog((first + second).encode())
    wrong = replace(read, blocks=dict(zip(read.entries, (second, first), strict=True)))

    for catalog, is_right in ((read, True), (wrong, False)):
        pieces, data = cut_into_pieces(catalog), format_catalog(catalog)
        found = find_misreading(data, pieces, catalog, path="", limits=DEFAULT_LIMITS)
        assert bool(found) != is_right


@settings(deadline=None)
@given(catalogs)
def test_what_is_written_is_read_again(catalog: Catalog) -> None:
    """Reading what was written gives the same catalog, and writing that the same bytes."""
    data = format_catalog(catalog)

    again = parse_catalog(data)

    assert again == catalog
    assert format_catalog(again) == data


@settings(deadline=None)
@given(catalogs, st.data())
def test_only_changed_entries_change(catalog: Catalog, data: st.DataObject) -> None:
    """Removed, added and changed entries leave the text of all others as it was."""
    read = parse_catalog(format_catalog(catalog))
    kept = [entry for entry in read.entries if data.draw(st.booleans())]
    other = data.draw(entries().filter(lambda entry: entry.key not in {e.key for e in kept}))
    place = data.draw(st.integers(0, len(kept)))
    changed = replace(read, entries=(*kept[:place], other, *kept[place:]))

    text = format_catalog(changed).decode()

    assert parse_catalog(text.encode()) == changed
    assert all(read.blocks[entry].rstrip() in text for entry in kept)


@pytest.mark.skipif(not shutil.which("msgfmt"), reason="needs GNU gettext")
@settings(max_examples=25, deadline=None)
@given(catalogs)
def test_what_is_written_is_good_for_gettext(catalog: Catalog) -> None:
    """GNU msgfmt reads every file that is written."""
    data = format_catalog(catalog)

    done = subprocess.run(
        ["msgfmt", "-o", "/dev/null", "-"], input=data, capture_output=True, check=False
    )

    assert not done.returncode, done.stderr


@settings(deadline=None)
@given(st.binary(max_size=60) | st.text(likely, max_size=60).map(str.encode))
def test_any_bytes_are_kept_or_refused(data: bytes) -> None:
    """Whatever is accepted is written back as it was; nothing else than CatalogError is raised."""
    try:
        catalog = parse_catalog(data)
    except CatalogError:
        return
    assert format_catalog(catalog) == data.removeprefix(b"\xef\xbb\xbf")


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_canonical_form_has_the_same_entries(path: Path) -> None:
    """Written anew, without the old text, a file still holds the same."""
    catalog = parse_catalog(path.read_bytes())
    anew = replace(catalog, blocks={}, tail="")

    assert parse_catalog(format_catalog(anew)) == catalog


@pytest.mark.parametrize("name", ["plural", "report"])
def test_polib_reads_the_canonical_form_alike(name: str) -> None:
    """A program that reads an ordinary catalog with polib finds what is read here.

    The other good files show what polib cannot read: escapes, comments of a file without header.
    """
    (path,) = (path for path in GOOD if path.stem == name)
    catalog = parse_catalog(path.read_bytes())
    canonical = format_catalog(replace(catalog, blocks={}, tail="")).decode()
    others: dict[tuple[str | None, str], polib.POEntry] = {
        (other.msgctxt, other.msgid): other for other in polib.pofile(canonical)
    }

    assert len(others) == len(catalog.entries)
    for entry in catalog.entries:
        other = others[entry.msgctxt, entry.msgid]
        assert other.msgid_plural == (entry.msgid_plural or "")
        assert tuple(other.msgstr_plural[i] for i in sorted(other.msgstr_plural)) == (
            entry.msgstr_plural
        )
        assert (other.msgstr, bool(other.obsolete)) == (entry.msgstr, entry.is_obsolete)
        assert other.comment == "\n".join(entry.extracted_comments)
        assert other.tcomment == "\n".join(entry.translator_comments)
