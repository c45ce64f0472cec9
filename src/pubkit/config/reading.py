"""pubkit.toml becomes settings: every key is known, every value of its kind."""

from collections.abc import Iterable, Mapping
from dataclasses import MISSING, Field, fields
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_origin

from pubkit.config.file import SettingsFile, read_file
from pubkit.config.settings import TABLES, Config, TypefaceSettings
from pubkit.config.verification import Verifier
from pubkit.messages import gettext as _
from pubkit.values import dataclass


def read_config(path: Path) -> Config:
    """Read a project's settings.

    Raises:
        ConfigError: The file is not TOML, or a key is unknown, missing or of the wrong kind.
    """
    file = read_file(path)
    return _Reader(file, Verifier(file)).config(file.tables())


@dataclass(frozen=True, slots=True)
class _Reader:
    """Turns the tables of one file into settings, and complains with file and line."""

    file: SettingsFile
    verifier: Verifier

    def config(self, tables: dict[str, Any]) -> Config:
        """Return the settings of all tables."""
        typefaces = self.typefaces(tables.pop("typefaces", {}))
        for name in tables:
            self.verify_key(name, (*TABLES, "typefaces"), table="")
        settings = {
            name: self.settings(kind, tables.get(name, {}), table=name)
            for name, kind in TABLES.items()
        }
        settings["project"] = self.verifier.normalized(settings["project"])
        settings["members"] = self.verifier.normalized_members(settings["members"])
        config = Config(root=self.file.path.parent, typefaces=typefaces, **settings)
        self.verifier.verify(config)
        return config

    def settings(self, kind: type, values: object, *, table: str) -> Any:
        """Return the settings of one table."""
        if not isinstance(values, dict):
            raise self.file.error(_("“{key}” must be a table").format(key=table), "", table)
        valid = {item.name: item for item in fields(kind)}
        for key in values:
            self.verify_key(key, tuple(valid), table=table)
        for name, item in valid.items():
            if name not in values and item.default is item.default_factory is MISSING:
                raise self.file.error(
                    _("“{key}” is missing in [{table}]").format(key=name, table=table), "", table
                )
        return kind(**{key: self.value(value, valid[key], table) for key, value in values.items()})

    def value(self, value: object, item: Field[Any], table: str) -> object:
        """Return a value as its field wants it: text, switch, number, tuple or mapping of texts."""
        kind: Any = get_origin(item.type) or item.type
        # A switch is a number to Python, and to nobody else.
        if kind in (str, bool, int) and type(value) is kind:
            return value
        if kind is tuple and isinstance(value, list) and _are_texts(value):
            return tuple(value)
        if kind is Mapping and isinstance(value, dict) and _are_texts(value.values()):
            return MappingProxyType(value)
        wanted = {
            str: _("a text"),
            bool: _("true or false"),
            int: _("a whole number"),
            tuple: _("a list of texts"),
        }.get(kind, _("a table of texts"))
        message = _("“{key}” must be {wanted}").format(key=item.name, wanted=wanted)
        raise self.file.error(message, table, item.name)

    def typefaces(self, tables: object) -> Mapping[str, TypefaceSettings]:
        """Return the settings of typefaces by language."""
        if not isinstance(tables, dict):
            raise self.file.error(
                _("“{key}” must be a table").format(key="typefaces"), "", "typefaces"
            )
        return MappingProxyType(
            {
                self.verifier.language(lang, "typefaces", lang): self.settings(
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
        raise self.file.error(
            _("“{key}” is not a setting{where}").format(key=key, where=where),
            table,
            key,
            remedy=_("Did you mean “{key}”?").format(key=nearest[0])
            if nearest
            else _("Settings{where}: {keys}").format(where=where, keys=", ".join(valid)),
        )


def _are_texts(values: Iterable[object]) -> bool:
    return all(isinstance(value, str) for value in values)
