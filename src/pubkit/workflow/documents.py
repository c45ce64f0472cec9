"""The documents of a project: where they lie, what they are called, which of them have editions."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path, PurePosixPath

from pubkit.config import Config
from pubkit.errors import Location, SourceError
from pubkit.formats.frontmatter import EXAMPLE
from pubkit.messages import gettext as _
from pubkit.model import Document
from pubkit.translation.verification import without_line


def find_documents(config: Config) -> Mapping[str, Path]:
    """Return the file of every document by its name, folders first; none is read."""
    found = ((path.relative_to(config.source), path) for path in _markdown_files(config))
    return {name.with_suffix("").as_posix(): path for name, path in found}


def _markdown_files(config: Config) -> Iterator[Path]:
    """Yield what is neither hidden nor in a folder that pubkit itself fills."""
    others = (config.build, config.locales, config.templates)
    for path in sorted(config.source.glob("**/[!.]*.md")):
        folders = path.relative_to(config.source).parts[:-1]
        is_hidden = any(folder.startswith(".") for folder in folders)
        if not is_hidden and not any(path.is_relative_to(folder) for folder in others):
            yield path


def referred_document(reference: str, known: Collection[str]) -> str | None:
    """Return the document to which an entry of any program refers, as in ``src/guide/news.md:12``.

    Args:
        reference: A file, in whatever folder of documents it lies, perhaps with a line.
        known: The names of the documents.
    """
    path = PurePosixPath(without_line(reference))
    if path.suffix != ".md":
        return None
    parts = path.with_suffix("").parts
    names = ("/".join(parts[start:]) for start in range(len(parts)))
    return next((name for name in names if name in known), None)


def choose_documents(names: Sequence[str], config: Config) -> list[Path]:
    """Return the files of these documents, or of all.

    Raises:
        SourceError: There is none, or none of a name.
    """
    known = find_documents(config)
    folder = config.source.relative_to(config.root).as_posix()
    if not known:
        raise SourceError(
            _("There is no document to publish"),
            location=Location(f"{folder}/"),
            remedy=_("Write one, such as source/report.md, or copy one from: pubkit init"),
        )
    return [_choose(name, known, folder) for name in names] or list(known.values())


def _choose(name: str, known: Mapping[str, Path], folder: str) -> Path:
    """Return the file of a document: by its name, its path, or the last part of its name."""
    wanted = PurePosixPath(name.removesuffix(".md"))
    if wanted.is_relative_to(folder):
        wanted = wanted.relative_to(folder)
    alike = [path for other, path in known.items() if PurePosixPath(other).name == wanted.name]
    if path := known.get(str(wanted)):
        return path
    if len(alike) == 1:
        return alike[0]
    nearest = get_close_matches(str(wanted), known, n=1)
    raise SourceError(
        _("There is no document “{name}”").format(name=name),
        location=Location(f"{folder}/{wanted}.md"),
        remedy=_("Did you mean “{name}”?").format(name=nearest[0])
        if nearest
        else _("Documents: {names}").format(names=", ".join(known)),
    )


# ---------------------------------------------------------------- editions


def has_editions(document: Document) -> bool:
    """Tell whether editions are made of a document."""
    return not document.is_page and "/" not in document.name


def verify_editions(document: Document) -> None:
    """Make sure that editions can be made of a document.

    Raises:
        SourceError: It is a page of a book, or lies in a folder of its own.
    """
    if document.is_page:
        raise SourceError(
            _("A page without front matter is translated, but has no edition"),
            location=Location(document.path, 1),
            remedy=_("Begin the file with\n{example}").format(example=EXAMPLE),
        )
    if not has_editions(document):
        raise SourceError(
            _("A document in a folder of its own is translated, but has no edition"),
            location=Location(document.path),
            remedy=_("Move it up, beside the other reports"),
        )
