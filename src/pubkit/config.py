"""The project's settings: pubkit.toml, every key checked.

The dataclasses below are the table of valid keys: a table of the file for each class, a key for
each field. Defaults < file < command line.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields, replace
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_origin

from pubkit.errors import ConfigError, Location
from pubkit.localize import normalize_tag
from pubkit.messages import gettext as _

FILE_NAME = "pubkit.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectSettings:
    """``[project]``: what is published, in which languages."""

    languages: tuple[str, ...]
    """Every language of the editions, the source language included."""
    source_language: str = "en"
    """The language of documents that do not name their own."""
    name: str = ""
    """What catalogs say in ``Project-Id-Version``."""
    base_url: str = ""
    """Where the editions are published; links between them are absolute then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublisherSettings:
    """``[publisher]``: whose name stands at the head of the page; translated as a label."""

    name: str = ""
    unit: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderSettings:
    """``[render]``: what ``pubkit render`` makes."""

    formats: tuple[str, ...] = ("html", "pdf")


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckSettings:
    """``[checks]``: what ``pubkit check`` leaves out."""

    ignore: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Check ids, each with the reason why nobody wants to hear of it here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypefaceSettings:
    """``[typefaces.LANGUAGE]``: installed families to use instead of pubkit's own choice."""

    serif: str = ""
    sans: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """All settings of a project, and where its parts lie."""

    root: Path
    """The folder of pubkit.toml."""
    project: ProjectSettings
    publisher: PublisherSettings = field(default_factory=PublisherSettings)
    render: RenderSettings = field(default_factory=RenderSettings)
    checks: CheckSettings = field(default_factory=CheckSettings)
    typefaces: Mapping[str, TypefaceSettings] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def source(self) -> Path:
        """The folder of the documents."""
        return self.root / "source"

    @property
    def locales(self) -> Path:
        """The folder of the catalogs."""
        return self.root / "locales"

    @property
    def templates(self) -> Path:
        """The folder of the publisher's own design."""
        return self.root / "templates"

    @property
    def build(self) -> Path:
        """The folder of the editions."""
        return self.root / "build"

    @property
    def backup(self) -> Path:
        """The folder in which replaced catalogs are kept."""
        return self.root / ".pubkit" / "backup"


TABLES: Mapping[str, type] = {
    "project": ProjectSettings,
    "publisher": PublisherSettings,
    "render": RenderSettings,
    "checks": CheckSettings,
}
FORMATS = ("html", "pdf")


def find_project(folder: Path) -> Path:
    """Return the nearest pubkit.toml in the folder or above it.

    Raises:
        ConfigError: There is none.
    """
    for candidate in (folder, *folder.parents):
        if (candidate / FILE_NAME).is_file():
            return candidate / FILE_NAME
    raise ConfigError(
        _("No {file} in {folder} or above it").format(file=FILE_NAME, folder=folder),
        remedy=_("Change into a project's folder, or make a project here: pubkit init"),
    )


def read_config(path: Path) -> Config:
    """Read a project's settings.

    Raises:
        ConfigError: The file is not TOML, or a key is unknown, missing or of the wrong kind.
    """
    reader = _Reader(path)
    tables = reader.load()
    typefaces = reader.named_tables(tables.pop("typefaces", {}))
    for name in tables:
        reader.verify_key(name, (*TABLES, "typefaces"), table="")
    settings = {
        name: reader.settings(kind, tables.get(name, {}), table=name)
        for name, kind in TABLES.items()
    }
    return reader.verify_values(Config(root=path.parent, typefaces=typefaces, **settings))


class _Reader:
    """Turns the tables of one file into settings, and complains with file and line."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.text = ""

    def load(self) -> dict[str, Any]:
        try:
            self.text = self.path.read_text("utf-8-sig")
            return tomllib.loads(self.text)
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(
                _("The settings cannot be read: {reason}").format(reason=error),
                location=Location(str(self.path)),
                remedy=_("Save the file as UTF-8 text"),
            ) from None
        except tomllib.TOMLDecodeError as error:
            found = re.search(r"at line (\d+), column (\d+)", str(error))
            place = (int(found[1]), int(found[2])) if found else (None, None)
            raise ConfigError(
                _("The settings are not TOML: {reason}").format(reason=error),
                location=Location(str(self.path), *place),
                remedy=_("Texts stand in quotation marks, lists in brackets"),
            ) from None

    def settings(self, kind: type, values: object, *, table: str) -> Any:
        """Return the settings of one table."""
        if not isinstance(values, dict):
            raise self.error(_("“{key}” must be a table").format(key=table), table)
        valid = {item.name: item for item in fields(kind)}
        for key in values:
            self.verify_key(key, tuple(valid), table=table)
        for name, item in valid.items():
            if name not in values and item.default is item.default_factory is MISSING:
                raise self.error(
                    _("“{key}” is missing in [{table}]").format(key=name, table=table), table
                )
        return kind(**{key: self.value(value, valid[key]) for key, value in values.items()})

    def value(self, value: object, item: Field[Any]) -> object:
        """Return a value as its field wants it: a text, a tuple of texts, a mapping of texts."""
        kind: Any = get_origin(item.type) or item.type
        if kind is str and isinstance(value, str):
            return value
        if kind is tuple and isinstance(value, list) and _are_texts(value):
            return tuple(value)
        if kind is Mapping and isinstance(value, dict) and _are_texts(value.values()):
            return MappingProxyType(value)
        wanted = {str: _("a text"), tuple: _("a list of texts")}.get(kind, _("a table of texts"))
        raise self.error(
            _("“{key}” must be {wanted}").format(key=item.name, wanted=wanted), item.name
        )

    def named_tables(self, tables: object) -> Mapping[str, TypefaceSettings]:
        """Return the settings of typefaces by language."""
        if not isinstance(tables, dict):
            raise self.error(_("“{key}” must be a table").format(key="typefaces"), "typefaces")
        return MappingProxyType(
            {
                normalize_tag(lang): self.settings(
                    TypefaceSettings, table, table=f"typefaces.{lang}"
                )
                for lang, table in tables.items()
            }
        )

    def verify_key(self, key: str, valid: tuple[str, ...], *, table: str) -> None:
        """Make sure that a key is known."""
        if key in valid:
            return
        nearest = get_close_matches(key, valid, n=1)
        where = _(" in [{table}]").format(table=table) if table else ""
        raise self.error(
            _("“{key}” is not a setting{where}").format(key=key, where=where),
            key,
            remedy=_("Did you mean “{key}”?").format(key=nearest[0])
            if nearest
            else _("Settings{where}: {keys}").format(where=where, keys=", ".join(valid)),
        )

    def verify_values(self, config: Config) -> Config:
        """Return the settings with their languages in the usual spelling."""
        project = config.project
        if not project.languages:
            raise self.error(_("“{key}” is empty").format(key="languages"), "languages")
        for name in config.render.formats:
            if name not in FORMATS:
                raise self.error(
                    _("“{name}” is not a format").format(name=name),
                    "formats",
                    remedy=_("Formats: {formats}").format(formats=", ".join(FORMATS)),
                )
        for check, reason in config.checks.ignore.items():
            if not reason.strip():
                raise self.error(
                    _("The check “{check}” is ignored without a reason").format(check=check), check
                )
        source = self.language(project.source_language, "source_language")
        languages = (self.language(tag, "languages") for tag in project.languages)
        return replace(
            config,
            project=replace(
                project,
                source_language=source,
                languages=tuple(dict.fromkeys((source, *languages))),
                base_url=project.base_url.rstrip("/"),
            ),
        )

    def language(self, tag: str, key: str) -> str:
        """Return the tag in its usual spelling."""
        try:
            return normalize_tag(tag)
        except ConfigError as error:
            raise self.error(error.message, key, remedy=error.remedy) from None

    def error(self, message: str, key: str, *, remedy: str | None = None) -> ConfigError:
        """Return an error at the line of a key."""
        last = re.escape(key.rpartition(".")[2])
        pattern = rf"^\s*(?:\[(?:[^\]]*\.)?{last}\]|[\"']?{last}[\"']?\s*=)"
        found = re.search(pattern, self.text, re.MULTILINE)
        line = self.text.count("\n", 0, found.end()) + 1 if found else None
        return ConfigError(
            message,
            location=Location(str(self.path), line),
            remedy=remedy or _("See “Settings” in the README"),
        )


def _are_texts(values: Iterable[object]) -> bool:
    return all(isinstance(value, str) for value in values)
