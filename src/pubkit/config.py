"""The project's settings: pubkit.toml, every key checked.

The dataclasses below are the table of valid keys: a table of the file for each class, a key for
each field. Defaults < file < command line.
"""

import math
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields, replace
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_origin
from urllib.parse import urlsplit

from pubkit.colours import (
    ACCENT,
    DARKEST,
    INK,
    LEAST_CONTRAST,
    MUTE,
    PAPER,
    PAPER_IN_THE_DARK,
    TINT,
    TINT_IN_THE_DARK,
    contrast,
    is_colour,
    readable,
)
from pubkit.errors import ConfigError, Location
from pubkit.localize import normalize_tag
from pubkit.messages import gettext as _
from pubkit.patterns import pattern

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
    site: bool = False
    """Whether the newsroom around the editions is made, too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeSettings:
    """``[theme]``: what a publisher changes of the page without writing a style sheet."""

    accent: str = ""
    """The colour of rules, labels and links, as in ``#8c1d24``."""
    accent_in_the_dark: str = ""
    """The same on dark screens; without it, a lighter shade of the accent."""
    ink: str = ""
    mute: str = ""
    """The colours of text, and of what stands back."""
    tint: str = ""
    """The ground of panels."""
    rule: str = ""
    """Thin rules."""
    paper: str = "A4"
    logo: str = ""
    """A file in the folder of templates, SVG or PNG."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckSettings:
    """``[checks]``: what ``pubkit check`` leaves out, and the house's typography."""

    ignore: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Check ids, each with the reason why nobody wants to hear of it here."""
    spacing: str = "tight"
    """What the house sets between Han and Latin letters: ``tight``, ``spaced`` or ``ignore``."""


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
    theme: ThemeSettings = field(default_factory=ThemeSettings)
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
    def refused(self) -> Path:
        """The folder of editions that failed their proof, for a look at them."""
        return self.root / ".pubkit" / "refused"

    @property
    def backup(self) -> Path:
        """The folder in which replaced catalogs are kept."""
        return self.root / ".pubkit" / "backup"


TABLES: Mapping[str, type] = {
    "project": ProjectSettings,
    "publisher": PublisherSettings,
    "render": RenderSettings,
    "checks": CheckSettings,
    "theme": ThemeSettings,
}
FORMATS = ("html", "pdf")
COLOURS = ("ink", "mute", "rule", "accent", "accent_in_the_dark", "tint")
"""The keys of ``[theme]`` that are colours."""
TEXTS: Mapping[str, str] = MappingProxyType({"ink": INK, "mute": MUTE, "accent": ACCENT})
"""Those of texts on paper and tint, with what they are where a publisher chooses no other."""
PAPERS: Mapping[str, str] = MappingProxyType({"A4": "210mm", "Letter": "8.5in"})
"""The papers of the world, with their width."""
LOGOS: Mapping[str, str] = MappingProxyType({".svg": "image/svg+xml", ".png": "image/png"})
"""What a logo may be: by the end of its file's name, how browsers call it."""
LARGEST_LOGO = 200_000
"""Bytes: it is part of every page."""
SPACINGS = ("tight", "spaced", "ignore")


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


def logo_file(folder: Path, name: str, lang: str) -> Path:
    """Return the logo of a language, ``logo.zh.svg``, or the one of all, ``logo.svg``."""
    path = folder / name
    own = path.with_name(f"{path.stem}.{lang}{path.suffix}")
    return own if own.is_file() else path


def read_config(path: Path) -> Config:
    """Read a project's settings.

    Raises:
        ConfigError: The file is not TOML, or a key is unknown, missing or of the wrong kind.
    """
    text = _read_text(path)
    return _Reader(path, text).config(_parse(text, path))


def _read_text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            _("The settings cannot be read: {reason}").format(reason=error),
            location=Location(str(path)),
            remedy=_("Save the file as UTF-8 text"),
        ) from None


def _parse(text: str, path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        found = re.search(r"at line (\d+), column (\d+)", str(error))
        is_cut = str(error).endswith("(at end of document)")
        last_line = text.count("\n") + 1 if is_cut else None
        place = (int(found[1]), int(found[2])) if found else (last_line, None)
        raise ConfigError(
            _("The settings are not TOML: {reason}").format(reason=error),
            location=Location(str(path), *place),
            remedy=_("Texts stand in quotation marks, lists in brackets"),
        ) from None


@dataclass(frozen=True, slots=True)
class _Reader:
    """Turns the tables of one file into settings, and complains with file and line."""

    path: Path
    text: str

    def config(self, tables: dict[str, Any]) -> Config:
        """Return the settings of all tables."""
        typefaces = self.typefaces(tables.pop("typefaces", {}))
        for name in tables:
            self.verify_key(name, (*TABLES, "typefaces"), table="")
        settings = {
            name: self.settings(kind, tables.get(name, {}), table=name)
            for name, kind in TABLES.items()
        }
        settings["project"] = self.normalized(settings["project"])
        config = Config(root=self.path.parent, typefaces=typefaces, **settings)
        self.verify_formats(config.render)
        self.verify_reasons(config.checks)
        self.verify_spacing(config.checks)
        self.verify_colours(config.theme)
        self.verify_paper(config.theme)
        self.verify_logos(config)
        return config

    def settings(self, kind: type, values: object, *, table: str) -> Any:
        """Return the settings of one table."""
        if not isinstance(values, dict):
            raise self.error(_("“{key}” must be a table").format(key=table), "", table)
        valid = {item.name: item for item in fields(kind)}
        for key in values:
            self.verify_key(key, tuple(valid), table=table)
        for name, item in valid.items():
            if name not in values and item.default is item.default_factory is MISSING:
                raise self.error(
                    _("“{key}” is missing in [{table}]").format(key=name, table=table), "", table
                )
        return kind(**{key: self.value(value, valid[key], table) for key, value in values.items()})

    def value(self, value: object, item: Field[Any], table: str) -> object:
        """Return a value as its field wants it: a text, a switch, a tuple or mapping of texts."""
        kind: Any = get_origin(item.type) or item.type
        if kind in (str, bool) and isinstance(value, kind):
            return value
        if kind is tuple and isinstance(value, list) and _are_texts(value):
            return tuple(value)
        if kind is Mapping and isinstance(value, dict) and _are_texts(value.values()):
            return MappingProxyType(value)
        wanted = {
            str: _("a text"),
            bool: _("true or false"),
            tuple: _("a list of texts"),
        }.get(kind, _("a table of texts"))
        message = _("“{key}” must be {wanted}").format(key=item.name, wanted=wanted)
        raise self.error(message, table, item.name)

    def typefaces(self, tables: object) -> Mapping[str, TypefaceSettings]:
        """Return the settings of typefaces by language."""
        if not isinstance(tables, dict):
            raise self.error(_("“{key}” must be a table").format(key="typefaces"), "", "typefaces")
        return MappingProxyType(
            {
                self.language(lang, "typefaces", lang): self.settings(
                    TypefaceSettings, table, table=f"typefaces.{lang}"
                )
                for lang, table in tables.items()
            }
        )

    # ------------------------------------------------------------ what a value may be

    def verify_key(self, key: str, valid: tuple[str, ...], *, table: str) -> None:
        """Make sure that a key is known."""
        if key in valid:
            return
        nearest = get_close_matches(key, valid, n=1)
        where = _(" in [{table}]").format(table=table) if table else ""
        raise self.error(
            _("“{key}” is not a setting{where}").format(key=key, where=where),
            table,
            key,
            remedy=_("Did you mean “{key}”?").format(key=nearest[0])
            if nearest
            else _("Settings{where}: {keys}").format(where=where, keys=", ".join(valid)),
        )

    def verify_formats(self, render: RenderSettings) -> None:
        """Make sure that each format can be made."""
        for name in render.formats or ("",):
            if name not in FORMATS:
                raise self.error(
                    _("“{name}” is not a format").format(name=name),
                    "render",
                    "formats",
                    remedy=_("Formats: {formats}").format(formats=", ".join(FORMATS)),
                )

    def verify_reasons(self, checks: CheckSettings) -> None:
        """Make sure that nobody ignores a check without saying why."""
        for check, reason in checks.ignore.items():
            if not reason.strip():
                raise self.error(
                    _("The check “{check}” is ignored without a reason").format(check=check),
                    "checks.ignore",
                    check,
                )

    def verify_spacing(self, checks: CheckSettings) -> None:
        """Make sure that the house's spacing is one that is known."""
        if checks.spacing not in SPACINGS:
            raise self.error(
                _("“{value}” is no way of spacing").format(value=checks.spacing),
                "checks",
                "spacing",
                remedy=_("Choose among: {choices}").format(choices=", ".join(SPACINGS)),
            )

    def verify_base(self, url: str) -> None:
        """Make sure that addresses can be built on the base: feeds and sitemaps need them whole."""
        if url and not _is_base(url):
            raise self.error(
                _("“{url}” is no address for editions to be published under").format(url=url),
                "project",
                "base_url",
                remedy=_("Write it as in https://news.example.org or https://example.org/news"),
            )

    def verify_colours(self, theme: ThemeSettings) -> None:
        """Make sure that colours are colours, and that texts in them can be read."""
        for key in COLOURS:
            colour = getattr(theme, key)
            if colour and not is_colour(colour):
                raise self.error(
                    _("“{value}” is no colour").format(value=colour),
                    "theme",
                    key,
                    remedy=_("Write red, green and blue as in #8c1d24"),
                )
        light, dark = (PAPER, theme.tint or TINT), (PAPER_IN_THE_DARK, TINT_IN_THE_DARK)
        texts = {key: getattr(theme, key) or colour for key, colour in TEXTS.items()}
        self.verify_tint(theme.tint, tuple(texts.values()))
        for key, colour in texts.items():
            self.verify_contrast(key, colour, light)
        self.verify_contrast("accent_in_the_dark", theme.accent_in_the_dark, dark)

    def verify_contrast(self, key: str, colour: str, grounds: tuple[str, ...]) -> None:
        """Make sure that a text in a colour can be read on each ground."""
        ground = min(grounds, key=partial(contrast, colour)) if colour else ""
        if colour and contrast(colour, ground) < LEAST_CONTRAST:
            remedy = _("Take {colour}, or a colour that differs more")
            shade = readable(colour, grounds)
            raise self.contrast_error(key, colour, ground, remedy=remedy.format(colour=shade))

    def verify_tint(self, tint: str, texts: tuple[str, ...]) -> None:
        """Make sure that the tint is not too dark for any text that can be read on paper."""
        if tint and contrast(DARKEST, tint) < LEAST_CONTRAST:
            remedy = _("Take {colour}, or a lighter tint").format(colour=readable(tint, texts))
            raise self.contrast_error("tint", DARKEST, tint, remedy=remedy)

    def contrast_error(self, key: str, colour: str, ground: str, *, remedy: str) -> ConfigError:
        """Return an error that says how little a text in a colour differs from its ground."""
        message = _("“{key}”: {colour} on {ground} has a contrast of {ratio}; text needs {least}")
        ratio = math.floor(contrast(colour, ground) * 10) / 10
        return self.error(
            message.format(
                key=key, colour=colour, ground=ground, ratio=ratio, least=LEAST_CONTRAST
            ),
            "theme",
            key,
            remedy=remedy,
        )

    def verify_paper(self, theme: ThemeSettings) -> None:
        """Make sure that there is such a paper."""
        if theme.paper not in PAPERS:
            raise self.error(
                _("“{value}” is no paper").format(value=theme.paper),
                "theme",
                "paper",
                remedy=_("Choose among: {choices}").format(choices=", ".join(PAPERS)),
            )

    def verify_logos(self, config: Config) -> None:
        """Make sure of the logo, and of those that single languages have in its place."""
        name, templates = config.theme.logo, config.templates
        if not name:
            return
        self.verify_logo(templates / name, templates)
        for lang in config.project.languages:
            self.verify_logo(logo_file(templates, name, lang), templates)

    def verify_logo(self, path: Path, templates: Path) -> None:
        """Make sure that a logo is a small picture in the folder of templates."""
        is_inside = path.resolve().is_relative_to(templates.resolve())
        is_known = path.suffix.lower() in LOGOS and is_inside and path.is_file()
        if not is_known or path.stat().st_size > LARGEST_LOGO:
            raise self.error(
                _("The logo {name} is no SVG or PNG file of at most {size} KB in {folder}").format(
                    name=path.name, size=LARGEST_LOGO // 1000, folder=templates
                ),
                "theme",
                "logo",
                remedy=_("Save it there, and name it as in logo.svg"),
            )
        if path.suffix.lower() == ".svg" and b"<text" in path.read_bytes():
            raise self.error(
                _("The logo {name} has letters that depend on fonts").format(name=path.name),
                "theme",
                "logo",
                remedy=_("Turn them into outlines in the program that draws it"),
            )

    def normalized(self, project: ProjectSettings) -> ProjectSettings:
        """Return the settings in their usual spelling: each language once, no slash at the end."""
        if not project.languages:
            raise self.error(_("“{key}” is empty").format(key="languages"), "project", "languages")
        source = self.language(project.source_language, "project", "source_language")
        others = (self.language(tag, "project", "languages") for tag in project.languages)
        self.verify_base(project.base_url)
        return replace(
            project,
            source_language=source,
            languages=tuple(dict.fromkeys((source, *others))),
            base_url=project.base_url.rstrip("/"),
        )

    def language(self, tag: str, table: str, key: str) -> str:
        """Return the tag in its usual spelling."""
        try:
            return normalize_tag(tag)
        except ConfigError as error:
            raise self.error(error.message, table, key, remedy=error.remedy) from None

    # ------------------------------------------------------------ where it stands

    def error(
        self, message: str, table: str, key: str, *, remedy: str | None = None
    ) -> ConfigError:
        """Return an error at the line of a key."""
        return ConfigError(
            message,
            location=Location(str(self.path), self.line_of(table, key)),
            remedy=remedy or _("See “Settings” in the README"),
        )

    def line_of(self, table: str, key: str) -> int | None:
        """Return the line on which a key of a table, or the table itself, begins."""
        wanted, current = _joined(table, key), ""
        for number, line in enumerate(self.text.split("\n"), start=1):
            if header := TABLE_HEADER.match(line):
                current = _joined(header[1])
            name = KEY.match(line)
            if wanted in (current if header else "", _joined(current, name[1]) if name else ""):
                return number
        return None


BASE_URL = pattern(r"https?://[^\s/?#@\"<>]+(?:/[^\s?#\"<>]*)?")

TABLE_HEADER = pattern(r"\s*\[([^\[\]]+)\]")
KEY = pattern(r"\s*((?:[\w-]+|\"[^\"]*\"|'[^']*')(?:\s*\.\s*(?:[\w-]+|\"[^\"]*\"|'[^']*'))*)\s*=")


def _is_base(url: str) -> bool:
    """Tell whether an address can be a base: its host has a name that programs can look up."""
    try:
        parts = urlsplit(url)
        parts.netloc.encode("idna")
        return bool(BASE_URL.fullmatch(url)) and parts.port != 0
    except ValueError:
        return False


def _joined(*names: str) -> str:
    """Return the full name of a table or key, without quotation marks and spaces."""
    return ".".join(re.sub(r"[\s\"']", "", name) for name in names if name)


def _are_texts(values: Iterable[object]) -> bool:
    return all(isinstance(value, str) for value in values)
