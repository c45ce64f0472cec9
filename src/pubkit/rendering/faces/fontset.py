"""Which faces an edition is set in: found by their families, and the large ones made small."""

import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from pubkit import caches
from pubkit.errors import PubkitError
from pubkit.patterns import pattern
from pubkit.rendering.faces.characters import find_characters
from pubkit.rendering.faces.installed import Face, faces_of
from pubkit.rendering.typefaces import FILES, NO_CHOICE, Typeface, stack_families
from pubkit.values import dataclass

LARGE = 2_000_000
"""Bytes of a file; a smaller one costs less than to make it smaller."""
LANGUAGE = pattern(r"\b(?:href)?lang=[\"']?([\w-]+)")
_KIND = "fonts"
_VERSION = "1"
"""Of what is kept."""
_MAKERS = tuple(Path(__file__).with_name(name) for name in ("subsetting.py", "cff.py"))
"""What of pubkit makes small faces."""
_LENGTH = struct.Struct(">I")


@dataclass(frozen=True, slots=True, kw_only=True)
class FontSet:
    """The faces of one edition; nothing else that is installed is seen by its layout."""

    families: frozenset[str]
    files: tuple[Path, ...]
    """Faces that are used as they are, besides those that pubkit brings."""
    small: tuple[bytes, ...] = ()
    """Faces of large files, with some characters only."""
    characters: frozenset[str] = frozenset()
    """Those of the small faces."""

    def serves(self, families: Iterable[str], characters: Iterable[str]) -> bool:
        """Tell whether an edition in these families and characters is set as with whole faces."""
        has_all = not self.small or self.characters.issuperset(characters)
        return has_all and self.families.issuperset(families)


def ready_fonts(page: str, chosen: Mapping[str, Typeface] = NO_CHOICE) -> FontSet:
    """Make the faces of a page ready; what was made for the same characters before is taken.

    Args:
        page: Its HTML.
        chosen: What the publisher prefers, by language tag.
    """
    families, characters = frozenset(_families(page, chosen)), find_characters(page)
    faces = faces_of(families - {*FILES})
    large = [face for face in faces if _size(face.path) >= LARGE]
    made = dict(zip(large, _small_faces(large, characters), strict=True))
    whole = dict.fromkeys(face.path for face in faces if not made.get(face))
    small = tuple(data for data in made.values() if data)
    return FontSet(families=families, files=tuple(whole), small=small, characters=characters)


def whole_fonts(families: Iterable[str]) -> FontSet:
    """Return the whole faces of families, for characters that nobody foresaw."""
    families = frozenset(families)
    files = dict.fromkeys(face.path for face in faces_of(families - {*FILES}))
    return FontSet(families=families, files=tuple(files))


def _families(page: str, chosen: Mapping[str, Typeface]) -> Iterator[str]:
    """Yield the families of all languages that a page seems to name."""
    for lang in {found[1] for found in LANGUAGE.finditer(page)} - {"x-default"}:
        try:
            yield from stack_families([lang], chosen)
        except PubkitError:
            continue  # Said when the page is laid out, if it is a language at all.


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0  # Whoever loads it says that it is gone.


# ---------------------------------------------------------------- what is kept


def _small_faces(faces: Sequence[Face], characters: frozenset[str]) -> list[bytes]:
    """Return the faces made small; nothing for one that has to be used as it is."""
    if not faces:
        return []
    key = _key(faces, characters)
    kept = caches.read_kept(_KIND, key)
    if kept is not None:
        return [*_parts(kept)]
    made = _make_all(faces, characters)
    caches.keep(_KIND, key, b"".join(_LENGTH.pack(len(data)) + data for data in made))
    return made


def _make_all(faces: Iterable[Face], characters: frozenset[str]) -> list[bytes]:
    # It takes as long to import as to make some faces, and mostly there is nothing to make.
    from pubkit.rendering.faces.subsetting import make_small

    return [make_small(face, characters) or b"" for face in faces]


def _key(faces: Iterable[Face], characters: Iterable[str]) -> str:
    """Return a name for what is made of these characters of these files by these makers."""
    makers = (*_MAKERS, *_harfbuzz_files())
    parts = [_VERSION, "".join(sorted(characters)), *map(_identity, makers)]
    parts += [f"{_identity(face.path)} {face.index}" for face in faces]
    return sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()


def _harfbuzz_files() -> list[Path]:
    """Return what makes small faces, without loading it; to ask for its version takes longer."""
    spec = find_spec("uharfbuzz")
    return sorted(Path(spec.origin).parent.glob("_harfbuzz*")) if spec and spec.origin else []


def _identity(path: Path) -> str:
    """Return what is another one whenever a file is; to read it takes longer."""
    status = path.stat()
    numbers = (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
    return f"{path} {' '.join(map(str, numbers))}"


def _parts(data: bytes) -> Iterator[bytes]:
    place = 0
    while place < len(data):
        (length,) = _LENGTH.unpack_from(data, place)
        place += _LENGTH.size + length
        yield data[place - length : place]
