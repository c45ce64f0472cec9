"""The reader against GNU msgfmt and msgcat, on damaged files.

Run by hand for longer: ``python tests/formats/test_po_fuzz.py 20000 7`` (mutants, seed).
"""

import random
import re
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from pubkit.errors import CatalogError
from pubkit.formats.po import format_catalog, parse_catalog
from pubkit.model import Catalog, Entry

GOOD = sorted((Path(__file__).parent / "cases" / "po" / "good").glob("*.po"))

DELIBERATE = (
    # What pubkit refuses and msgfmt accepts: each is a file that msgfmt reads as nobody means it,
    # or that another program reads differently.
    r"The header says that the file is in",  # pubkit reads UTF-8 only
    r"No header says in which charset",  # non-ASCII text in a charset that nobody declared
    r"is not UTF-8[.;]",  # also in comments, and under another charset
    r"saved as UTF-16",
    r"invisible control character",  # gettext cuts at NUL; the others end lines for some
    r"makes something that is no text",  # numeric escapes: NUL, half a character
    r"ends with a backslash, which joins",  # gettext swallows the next line, even in comments
    r"gettext reads its last line of flags only",  # an unfinished translation would be published
    r"A comment stands on a line that begins with “#\|”",  # gettext takes the next line for "#|"
    r"An empty msgid belongs to the header",  # the header somewhere else
    r"The header has plural forms",  # msgcat aborts
    r"The file is divided into domains",
    r"A second obsolete entry begins on the same line",
    r"“\[” stands outside a string",  # "#~ msgstr", and its "[0]" on the next line
    # What msgfmt accepts without its option -c only:
    r"the header has no Plural-Forms",
    r"The header says nplurals=",
    r"nplurals must be a number",
    r"plural rule .* is wrong",
    # What is too much:
    r"are allowed\.$",
)
ACCEPTED_ONLY_BY_PUBKIT = b"\xef\xbb\xbf"
"""msgfmt refuses a byte order mark; pubkit drops one."""


# ---------------------------------------------------------------- mutants

SNIPPETS = (
    *(b'"', b"\\", b"\n", b"\r", b"\r\n", b"#", b"#~ ", b"#| ", b"#~|", b"#,", b"[", b"]", b"0"),
    *(b"msgid", b"msgstr", b"msgctxt", b"msgid_plural", b"msgstr[0]", b"msgstr[1]", b" ", b"\t"),
    *(b'msgid ""\n', b'msgstr ""\n', b'""', b"# note\n", b"#: a\n", b"#, fuzzy\n", b"\\n", b"\\"),
    *(b"\\101", b"\\x", b"\\xe4", b"\\344", b"\\0", b"\\q", b"\\\n", b"\0", b"\x0b", b"\x1f"),
    *("你".encode(), "“".encode(), "＂".encode(), "\u3000".encode(), "\xa0".encode(), b"\xe4"),
    *(b"\xff", b"\xef\xbb\xbf", "\u2028".encode(), b"<<<<<<< ours\n", b"=======\n", b"domain "),
    *(b"charset=GBK", b"charset=UTF-8", b"nplurals=2", b"plural=n", b";", b"n", b"/0", b"?"),
)


def mutate(data: bytes, chance: random.Random) -> bytes:
    """Damage a file in one to three places."""
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        data = chance.choice(MUTATIONS)(data, chance)
    return data


def _delete(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data) + 1)
    return data[:start] + data[start + chance.choice((1, 1, 1, 2, 3, 8)) :]


def _insert(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data) + 1)
    return data[:start] + chance.choice(SNIPPETS) + data[start:]


def _replace(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data) + 1)
    return data[:start] + chance.choice(SNIPPETS) + data[start + 1 :]


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _shuffle_lines(data: bytes, chance: random.Random) -> bytes:
    lines = data.splitlines(keepends=True) or [b""]
    first, second = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[first], lines[second] = lines[second], lines[first]
    return b"".join(lines)


def _drop_line(data: bytes, chance: random.Random) -> bytes:
    lines = data.splitlines(keepends=True) or [b""]
    del lines[chance.randrange(len(lines))]
    return b"".join(lines)


def _repeat_line(data: bytes, chance: random.Random) -> bytes:
    lines = data.splitlines(keepends=True) or [b""]
    lines.insert(chance.randrange(len(lines)), chance.choice(lines))
    return b"".join(lines)


def _join_lines(data: bytes, chance: random.Random) -> bytes:
    ends = [match.start() for match in re.finditer(rb"\n", data)] or [0]
    end = chance.choice(ends)
    return data[:end] + chance.choice((b"", b" ")) + data[end + 1 :]


def _insert_line(data: bytes, chance: random.Random) -> bytes:
    starts = [0, *(match.end() for match in re.finditer(rb"\n", data))]
    start = chance.choice(starts)
    return data[:start] + chance.choice(SNIPPETS) + data[start:]


MUTATIONS = (
    *(_delete, _insert, _replace, _cut, _shuffle_lines),
    *(_drop_line, _repeat_line, _join_lines, _insert_line),
)


# ---------------------------------------------------------------- oracles


def compile_with_msgfmt(path: Path) -> Path | None:
    """Return the compiled file, or None if msgfmt refuses to make one."""
    compiled = path.with_suffix(".mo")
    compiled.unlink(missing_ok=True)
    command = ("msgfmt", "-o", compiled, path)
    done = subprocess.run(command, capture_output=True, check=False)
    return None if done.returncode else compiled


def read_compiled(compiled: Path) -> Mapping[str, str]:
    """Return what msgfmt put into the compiled file; a NUL stands between plural forms."""
    if not compiled.exists():  # msgfmt makes no file for an empty catalog
        return {}
    data = compiled.read_bytes()
    count, msgids, msgstrs = struct.unpack_from("3I", data, 8)
    places = (struct.unpack_from(f"{2 * count}I", data, table) for table in (msgids, msgstrs))
    keys, texts = (_strings(data, place) for place in places)
    return dict(zip(keys, texts, strict=True))


def _strings(data: bytes, numbers: Sequence[int]) -> Iterator[str]:
    for size, start in zip(numbers[::2], numbers[1::2], strict=True):
        yield data[start : start + size].decode()


def as_compiled(catalog: Catalog) -> Mapping[str, str]:
    """Return what msgfmt should put into the compiled catalog."""
    finished = (entry for entry in catalog.live_entries if not entry.is_fuzzy)
    forms = ((_compiled_key(entry), _compiled_text(entry)) for entry in finished)
    header = catalog.header.msgstr if catalog.header else ""
    header = re.sub(
        r"^POT-Creation-Date:.*\n", "", header, count=1, flags=re.MULTILINE
    )  # as msgfmt does
    # msgfmt takes an entry whose first form is empty for untranslated.
    return {key: text for key, text in (("", header), *forms) if text.split("\0")[0]}


def with_plain_charset(texts: Mapping[str, str]) -> Mapping[str, str]:
    """Return compiled texts with the header's charset in capitals, as newer msgfmt writes it."""
    if "" not in texts:
        return texts
    header = re.sub(r"charset=[^ \t\n]+", lambda found: found[0].upper(), texts[""], count=1)
    return {**texts, "": header}


def _compiled_key(entry: Entry) -> str:
    context = "" if entry.msgctxt is None else f"{entry.msgctxt}\x04"
    plural = "" if entry.msgid_plural is None else f"\0{entry.msgid_plural}"
    return f"{context}{entry.msgid}{plural}"


def _compiled_text(entry: Entry) -> str:
    return "\0".join(entry.msgstr_plural) if entry.msgstr_plural else entry.msgstr


def read_with_msgcat(path: Path) -> Catalog | None:
    """Return what msgcat makes of the file, in its own plain shape."""
    command = ("msgcat", "--no-wrap", path)
    done = subprocess.run(command, capture_output=True, check=False)
    try:
        return None if done.returncode else parse_catalog(done.stdout)
    except CatalogError:  # msgcat writes control characters as they are
        return None


def comparable(catalog: Catalog) -> list[tuple[object, ...]]:
    """Return all of the entries that msgcat keeps as it is."""
    entries = (catalog.header, *catalog.entries) if catalog.header else catalog.entries
    return [
        (
            *(entry.key, entry.msgid_plural, entry.msgstr, entry.msgstr_plural),
            *(entry.translator_comments, entry.extracted_comments, _joined_references(entry)),
            *(entry.is_fuzzy and _is_translated(entry), entry.is_obsolete),
            *(entry.previous_msgctxt, entry.previous_msgid, entry.previous_msgid_plural),
        )
        for entry in entries
        if not entry.is_obsolete or _is_translated(entry)
    ]


def _is_translated(entry: Entry) -> bool:
    """Whether gettext takes the entry for translated: it looks at the first form only."""
    return bool(_compiled_text(entry).split("\0")[0])


def _joined_references(entry: Entry) -> set[str]:
    """Return the references; gettext takes a line number for a part of the word before."""
    return set(re.sub(r" ?: ?", ":", " ".join(entry.references)).split())


# ---------------------------------------------------------------- comparison


def find_disagreement(data: bytes, path: Path) -> str | None:
    """Return how pubkit and gettext differ on a file, beyond what is deliberate."""
    path.write_bytes(data)
    try:
        catalog = parse_catalog(data, path="x.po")
    except CatalogError as error:
        if not error.location or not error.remedy:
            return f"it has no place or remedy: {error}"
        if any(re.search(reason, error.message) for reason in DELIBERATE):
            return None
        return None if compile_with_msgfmt(path) is None else f"only pubkit refuses it: {error}"
    path.write_bytes(data.removeprefix(ACCEPTED_ONLY_BY_PUBKIT))
    return _find_difference(catalog, data.removeprefix(ACCEPTED_ONLY_BY_PUBKIT), path)


def _find_difference(catalog: Catalog, data: bytes, path: Path) -> str | None:
    compiled = compile_with_msgfmt(path)
    if compiled is None:
        return "only msgfmt refuses it"
    expected = read_compiled(compiled)
    if with_plain_charset(expected) != with_plain_charset(as_compiled(catalog)):
        return f"msgfmt: {expected}\npubkit: {as_compiled(catalog)}"
    if format_catalog(catalog) != data:
        return "it is not written back as it was"
    return None


def mutants(count: int, seed: int) -> Iterator[bytes]:
    """Yield damaged files, the same ones for the same seed."""
    chance = random.Random(seed)
    originals = [path.read_bytes() for path in GOOD]
    return (mutate(chance.choice(originals), chance) for _ in range(count))


needs_gettext = pytest.mark.skipif(not shutil.which("msgfmt"), reason="needs GNU gettext")


@needs_gettext
@pytest.mark.parametrize("seed", range(4))
def test_reader_agrees_with_msgfmt_on_mutants(seed: int, tmp_path: Path) -> None:
    """What msgfmt reads is read the same; what it refuses is refused."""
    for data in mutants(100, seed):
        assert find_disagreement(data, tmp_path / "mutant.po") is None, data


@needs_gettext
@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_reader_agrees_with_msgfmt_on_good_files(path: Path, tmp_path: Path) -> None:
    """Unusual files that msgfmt reads are read, and read the same."""
    assert find_disagreement(path.read_bytes(), tmp_path / "copy.po") is None
    assert parse_catalog(path.read_bytes()).entries


@needs_gettext
@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_reader_agrees_with_msgcat_on_comments(path: Path) -> None:
    """Comments, previous texts and obsolete entries are those that msgcat finds."""
    expected = read_with_msgcat(path)

    assert expected
    assert comparable(expected) == comparable(parse_catalog(path.read_bytes()))


def _fuzz(count: int, seed: int, folder: Path) -> None:
    accepted = 0
    for data in mutants(count, seed):
        if difference := find_disagreement(data, folder / "mutant.po"):
            print(difference, data, sep="\n", end="\n\n")  # noqa: T201
        try:
            catalog = parse_catalog(data)
        except CatalogError:
            continue
        accepted += 1
        kept = read_with_msgcat(folder / "mutant.po")
        if kept and kept.entries and comparable(kept) != comparable(catalog):
            print("msgcat differs", data)  # noqa: T201
            for ours, theirs in zip(comparable(catalog), comparable(kept), strict=False):
                if ours != theirs:
                    print(ours, theirs, sep="\n")  # noqa: T201
    print(f"{count} mutants, {accepted} accepted")  # noqa: T201


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        _fuzz(int(sys.argv[1]), int(sys.argv[2]), Path(name))
