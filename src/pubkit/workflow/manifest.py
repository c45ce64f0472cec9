"""Which editions are up to date: made of what lies there today, and not changed since.

::

    source, catalogs, pictures, templates, settings --+
    pubkit, libraries, fonts, environment ------------+--> digest of inputs --> edition --> digests

The manifest says of each edition from which inputs it was made, and what was written. Both are
compared by content; a file is read again only if its state is another one (``states.py``). Each of
its lines stays true whatever happens: of these inputs these bytes were made. So a manifest that is
old, or was written by two runs at once, costs at worst an edition that is made again.

It lies in the user's private caches, never in the project: with a project somebody could send a
manifest that says of a forged edition that it is up to date.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from pubkit import caches
from pubkit.config import Config
from pubkit.rendering.places import LINKER, engine_files
from pubkit.states import changed, clock, digest_of, look_at, state_of
from pubkit.values import dataclass
from pubkit.workflow.inputs import Watched, program_files
from pubkit.workflow.project import LABELS, NAMES
from pubkit.workflow.render import Failed, Rendered, edition_file
from pubkit.workflow.wanted import Wanted

KIND = "manifests"
_FORMAT = "pubkit manifest 1"
_SAVED_EACH = 50
"""After so many editions the manifest is written: what ends a long run costs no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UpToDate:
    """An edition that need not be made again."""

    name: str
    lang: str
    waiting: int
    """How many of its texts are not translated or not reviewed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """An edition as it was made."""

    inputs: str
    """The digest of all that it was made of."""
    pictures: tuple[str, ...]
    """Those that it shows, below the folder of documents."""
    outputs: Mapping[str, str]
    """The digest of each file, by its path."""
    waiting: int


class Manifest:
    """What is known of the editions of a project, for one run."""

    def __init__(
        self, watched: Watched, wanted: Wanted, *, environment: Iterable[str], began: int
    ) -> None:
        """Read what is known.

        Args:
            watched: The project.
            wanted: Which editions are made, and how.
            environment: What of the program's environment has a say in editions.
            began: When the run began; what has changed since may have been read or not.
        """
        self.project, self._look = watched.project, watched.look
        self.wanted = wanted
        self._machine_files = (*program_files(), *engine_files())
        self._machine = look_at(self._machine_files)
        self._is_machine_steady = self._machine.changed < began
        self._templates = self._find_templates()
        kept = _read_kept(self.project.config)
        self._editions, self._contents = _read_editions(kept), Contents(_read_contents(kept))
        self._shared = self._digest_shared(environment)
        self._noted = 0
        self.files = (*watched.files, *self._machine_files)
        """All on which editions depend, as ``look_at`` takes it."""
        self.look = self._look.joined(self._machine)
        """A look at them from before anything was read."""

    def up_to_date(self, name: str, lang: str) -> UpToDate | None:
        """Return an edition if it is up to date; none that is refused for being a draft is."""
        made = self._editions.get(_key(name, lang))
        if made is None or (self.wanted.is_strict and made.waiting):
            return None
        is_current = made.inputs == self._inputs(name, lang, made.pictures) and all(
            self._contents.digest(path) == digest for path, digest in made.outputs.items()
        )
        if not is_current or self._was_refused(made):
            return None
        return UpToDate(name=name, lang=lang, waiting=made.waiting)

    def all_up_to_date(self, documents: Sequence[str]) -> list[UpToDate]:
        """Return those editions of documents, or of all, that are up to date.

        Raises:
            SourceError: There is no document, or none of a name.
        """
        found = (
            self.up_to_date(name, lang)
            for name in self.project.document_names(documents)
            for lang in self.wanted.languages
        )
        return [edition for edition in found if edition]

    def noting(self, results: Iterable[Rendered | Failed]) -> Iterator[Rendered | Failed]:
        """Yield results, and remember the editions that were made, also if the run ends early."""
        try:
            for result in results:
                if isinstance(result, Rendered):
                    self.note(result)
                yield result
        finally:
            self.save()

    def note(self, rendered: Rendered) -> None:
        """Remember an edition, if none of its inputs was touched since the run began."""
        edition = rendered.edition
        name, lang, pictures = edition.document.name, edition.document.lang, edition.pictures
        is_steady = self._is_machine_steady and self._find_templates() == self._templates
        if not is_steady or not all(
            map(self._is_steady, (*self._files(name, lang, pictures), *self._templates))
        ):
            return
        self._editions[_key(name, lang)] = Made(
            inputs=self._inputs(name, lang, pictures),
            pictures=pictures,
            outputs=dict(self._outputs(rendered)),
            waiting=rendered.waiting,
        )
        self._noted += 1
        if self._noted % _SAVED_EACH == 0:
            self.save()

    def save(self) -> None:
        """Write down what is known of documents that are there."""
        editions = {
            _key(name, lang): made
            for lang in self.project.languages
            for name in self._known_names(lang)
            if (made := self._editions.get(_key(name, lang)))
        }
        written = {path for made in editions.values() for path in made.outputs}
        data = {
            "format": _FORMAT,
            "editions": {key: asdict(made) for key, made in editions.items()},
            "contents": self._contents.of({*self._look.states, *written}),
        }
        caches.keep(KIND, _file_name(self.project.config), json.dumps(data).encode())

    def written_files(self, editions: Iterable[UpToDate]) -> Iterator[str]:
        """Yield the files of editions."""
        for edition in editions:
            yield from self._editions[_key(edition.name, edition.lang)].outputs

    # ------------------------------------------------------------ inputs

    def _digest_shared(self, environment: Iterable[str]) -> str:
        """Return the digest of what all editions depend on."""
        machine = {path: state for path, state in self._machine.states.items() if path != LINKER}
        templates = self._config.templates
        files = {
            str(Path(path).relative_to(templates)): self._contents.digest(path)
            for path in self._templates
        }
        wanted = (self.wanted.formats, self.wanted.is_site)
        parts = (_FORMAT, sorted(machine.items()), sorted(environment), sorted(files.items()))
        return digest_of(json.dumps((*parts, wanted, _settings(self._config))))

    def _inputs(self, name: str, lang: str, pictures: tuple[str, ...]) -> str:
        """Return the digest of all that an edition is made of today."""
        files = [self._contents.digest(path) for path in self._files(name, lang, pictures)]
        facts = self._neighbours(name) if self.wanted.is_site else ()
        return digest_of(json.dumps((self._shared, name, lang, pictures, files, facts)))

    def _files(self, name: str, lang: str, pictures: tuple[str, ...]) -> Iterator[str]:
        """Yield the files of which an edition is made; some may be missing."""
        source = self._config.source
        yield str(source / f"{name}.md")
        yield from (str(source / picture) for picture in pictures)
        # The pages of a newsroom lead to those in other languages that are finished.
        for one in self.project.languages if self.wanted.is_site else (lang,):
            for catalog in (name, LABELS, NAMES):
                yield str(self.project.catalog_path(catalog, one))

    def _neighbours(self, name: str) -> list[tuple[str, bool, bool]]:
        """Return in which languages a document has a page and a PDF, or will have."""

        def is_there(lang: str, suffix: str) -> bool:
            is_made = lang in self.wanted.languages and suffix in self.wanted.formats
            return is_made or edition_file(self.project, name, lang=lang, suffix=suffix).is_file()

        languages = self.project.languages
        return [(lang, is_there(lang, "html"), is_there(lang, "pdf")) for lang in languages]

    def _find_templates(self) -> tuple[str, ...]:
        return tuple(sorted(look_at([f"{self._config.templates}/"]).states))

    def _is_steady(self, path: str) -> bool:
        """Tell whether a file is as it was when the run began, and will show a change."""
        is_same = state_of(path) == self._look.states.get(path, "")
        return is_same and changed(path) < self._look.began

    # ------------------------------------------------------------ outputs

    def _outputs(self, rendered: Rendered) -> Iterator[tuple[str, str]]:
        """Yield the files of an edition with the digests of what was written into them."""
        edition = rendered.edition
        data = {".html": edition.html.encode(), ".pdf": edition.pdf or b""}
        for path in rendered.paths:
            yield str(path), sha256(data[path.suffix]).hexdigest()
        for picture in edition.pictures:
            copy = str(self._config.build / picture)
            yield copy, self._contents.digest(copy)

    def _was_refused(self, made: Made) -> bool:
        """Tell whether a later attempt was refused, which is kept for a look."""
        config = self._config
        paths = (Path(path).relative_to(config.build) for path in made.outputs)
        return any((config.refused / path).exists() for path in paths)

    @property
    def _config(self) -> Config:
        return self.project.config

    def _known_names(self, lang: str) -> Iterator[str]:
        keys = (key.split("/", 1) for key in self._editions)
        for known_lang, name in keys:
            if known_lang == lang and str(self._config.source / f"{name}.md") in self._look.states:
                yield name


class Contents:
    """The digests of files; each is read again only if its state is another one."""

    def __init__(self, known: dict[str, tuple[str, str]]) -> None:
        self._known = known

    def digest(self, path: str) -> str:
        """Return the digest of a file; of one that is not there or cannot be read, nothing."""
        state = state_of(path)
        known = self._known.get(path)
        if known and known[0] == state:
            return known[1]
        began = clock()
        try:
            digest = sha256(Path(path).read_bytes()).hexdigest()
        except (OSError, ValueError):
            return ""
        if state_of(path) == state and changed(path) < began:
            self._known[path] = (state, digest)
        return digest

    def of(self, paths: Iterable[str]) -> dict[str, tuple[str, str]]:
        """Return what is known of these files."""
        return {path: self._known[path] for path in paths if path in self._known}


def _settings(config: Config) -> str:
    """Return what the settings say that has a say in editions."""
    parts = (
        replace(config.project, name=""),
        config.publisher,
        dict(config.checks.ignore),
        config.theme,
        config.limits,
        dict(config.typefaces),
    )
    return repr(parts)


def _key(name: str, lang: str) -> str:
    return f"{lang}/{name}"


# ---------------------------------------------------------------- the file


def _file_name(config: Config) -> str:
    return digest_of(str(config.root))


def _read_kept(config: Config) -> dict[str, Any]:
    """Read what was kept; what is damaged or from another version is as good as nothing."""
    try:
        kept = json.loads(caches.read_kept(KIND, _file_name(config)) or b"{}")
        return kept if kept.get("format") == _FORMAT else {}
    except (ValueError, AttributeError, RecursionError):
        return {}


def _read_editions(kept: Mapping[str, Any]) -> dict[str, Made]:
    try:
        return {str(key): _read_made(**data) for key, data in kept.get("editions", {}).items()}
    except (TypeError, AttributeError, ValueError):
        return {}


def _read_made(*, inputs: str, pictures: list[str], outputs: dict[str, str], waiting: int) -> Made:
    return Made(
        inputs=str(inputs),
        pictures=tuple(map(str, pictures)),
        outputs={str(path): str(digest) for path, digest in outputs.items()},
        waiting=int(waiting),
    )


def _read_contents(kept: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    try:
        found = kept.get("contents", {}).items()
        return {str(path): (str(state), str(digest)) for path, (state, digest) in found}
    except (TypeError, AttributeError, ValueError):
        return {}
