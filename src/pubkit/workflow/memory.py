"""The translation memory of a project: its own catalogs, and the files that it names."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from pubkit.errors import CatalogError, Location
from pubkit.formats.files import read_bytes
from pubkit.formats.po import read_catalog
from pubkit.localize import is_language, locale_name, same_language
from pubkit.messages import gettext as _
from pubkit.model import Catalog
from pubkit.translation import Memory
from pubkit.translation.memory import NO_MEMORY, Source
from pubkit.workflow.book import FOLDER, whole_book
from pubkit.workflow.project import RESERVED, Project


class ProjectMemory:
    """What a project remembers in each of its languages; a file is read when it is first needed.

    Args:
        project: Whose catalogs are remembered, as they are before anything is written.
        files: More catalogs and memories than the settings name.

    A memory that is asked raises CatalogError if a file that was named cannot be read, or has
    nothing in any language of the project. Catalogs of the project that cannot be read are passed
    over: whoever works on them will hear of it.
    """

    def __init__(self, project: Project, files: Iterable[Path] = ()) -> None:
        named = (project.config.root / name for name in project.config.memory.files)
        self._project = project
        self._files = tuple(dict.fromkeys((*named, *files)))
        self._memories: dict[str, Memory] = {}
        self._named: dict[Path, Mapping[str, Catalog]] = {}

    def of(self, lang: str) -> Memory:
        """Return the memory of a language."""
        return self._memories.setdefault(lang, self._begin(lang))

    def _begin(self, lang: str) -> Memory:
        own = self._project.config.project.source_language
        return NO_MEMORY if same_language(lang, own) else Memory(self._sources(lang))

    def _sources(self, lang: str) -> Iterator[Source]:
        root = self._project.config.root
        for path in _catalog_paths(self._project, lang):
            with suppress(CatalogError):
                catalog = read_catalog(path, limits=self._project.config.limits)
                yield Source(catalog, path.relative_to(root).as_posix())
        if book := whole_book(self._project, lang):
            yield Source(book, FOLDER)
        for path in self._files:
            found = self._read(path).get(lang)
            if found:
                name = path.relative_to(root) if path.is_relative_to(root) else path
                yield Source(found, name.as_posix(), is_trusted=not _is_tmx(path))

    def _read(self, path: Path) -> Mapping[str, Catalog]:
        """Read a named file in each language that it has; once for all languages."""
        if path not in self._named:
            self._named[path] = self._read_languages(path)
        return self._named[path]

    def _read_languages(self, path: Path) -> Mapping[str, Catalog]:
        read = self._read_tmx if _is_tmx(path) else self._read_po
        found: dict[str, Catalog] = {}
        refused: list[CatalogError] = []
        for lang in self._targets:
            try:
                found[lang] = read(path, lang)
            except CatalogError as error:
                refused.append(error)
        if not found:
            raise refused[-1]
        return found

    @property
    def _targets(self) -> list[str]:
        own = self._project.config.project.source_language
        return [lang for lang in self._project.languages if not same_language(lang, own)]

    def _read_tmx(self, path: Path, lang: str) -> Catalog:
        from pubkit.formats.tmx import parse_tmx  # which needs lxml, and few projects have one

        own = self._project.config.project.source_language
        data = read_bytes(path, error=CatalogError)
        return parse_tmx(data, path=path.as_posix(), source_lang=own, target_lang=lang)

    def _read_po(self, path: Path, lang: str) -> Catalog:
        catalog = read_catalog(path, limits=self._project.config.limits)
        if not is_language(catalog.lang, lang):
            raise CatalogError(
                _("The catalog is in “{found}”, which is no language of the project").format(
                    found=catalog.lang or "?"
                ),
                location=Location(path.as_posix()),
                remedy=_("Name another file, or mend “Language:” in its header"),
            )
        return catalog


def _is_tmx(path: Path) -> bool:
    return path.suffix.lower() == ".tmx"


def _catalog_paths(project: Project, lang: str) -> list[Path]:
    """Return the catalogs of all documents in a language, also of those that are gone."""
    folder = project.config.locales / locale_name(lang) / "LC_MESSAGES"
    return sorted(path for path in folder.rglob("*.po") if path.stem not in RESERVED)
