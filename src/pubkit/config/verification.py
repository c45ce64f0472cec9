"""What a setting may be: formats, colours that can be read, a logo that is there."""

import math
from dataclasses import fields, replace
from functools import partial
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from pubkit.colours import (
    DARKEST,
    LEAST_CONTRAST,
    PAPER,
    PAPER_IN_THE_DARK,
    TINT,
    TINT_IN_THE_DARK,
    contrast,
    is_colour,
    readable,
)
from pubkit.config.file import SettingsFile
from pubkit.config.limits import MOST, MOST_OF, Limits
from pubkit.config.settings import (
    COLOURS,
    FORMATS,
    IN_DOUBT,
    LOGOS,
    MEMBER_COLUMNS,
    PAPERS,
    SPACINGS,
    TEXTS,
    CheckSettings,
    Config,
    MailSettings,
    MemberSettings,
    ProjectSettings,
    RenderSettings,
    ThemeSettings,
    logo_file,
)
from pubkit.errors import ConfigError
from pubkit.localize import normalize_tag
from pubkit.messages import gettext as _
from pubkit.patterns import pattern
from pubkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Verifier:
    """Judges the settings of one file, and complains with file and line."""

    file: SettingsFile

    def verify(self, config: Config) -> None:
        """Make sure that every setting is one that pubkit can follow."""
        self.verify_formats(config.render)
        self.verify_reasons(config.checks)
        self.verify_spacing(config.checks)
        self.verify_colours(config.theme)
        self.verify_paper(config.theme)
        self.verify_limits(config.limits)
        self.verify_logos(config)
        self.verify_members(config)
        self.verify_mail(config.mail)

    def verify_formats(self, render: RenderSettings) -> None:
        """Make sure that each format can be made."""
        for name in render.formats or ("",):
            if name not in FORMATS:
                raise self.file.error(
                    _("“{name}” is not a format").format(name=name),
                    "render",
                    "formats",
                    remedy=_("Formats: {formats}").format(formats=", ".join(FORMATS)),
                )

    def verify_reasons(self, checks: CheckSettings) -> None:
        """Make sure that nobody ignores a check without saying why."""
        for check, reason in checks.ignore.items():
            if not reason.strip():
                raise self.file.error(
                    _("The check “{check}” is ignored without a reason").format(check=check),
                    "checks.ignore",
                    check,
                )

    def verify_spacing(self, checks: CheckSettings) -> None:
        """Make sure that the house's spacing is one that is known."""
        if checks.spacing not in SPACINGS:
            raise self.file.error(
                _("“{value}” is no way of spacing").format(value=checks.spacing),
                "checks",
                "spacing",
                remedy=_("Choose among: {choices}").format(choices=", ".join(SPACINGS)),
            )

    def verify_source(self, folder: str) -> None:
        """Make sure that documents lie within the project: all that is written of them does."""
        path = PurePosixPath(folder)
        if not folder.strip() or path.is_absolute() or ".." in path.parts or "\\" in folder:
            raise self.file.error(
                _("“{folder}” is no folder within the project").format(folder=folder),
                "project",
                "source",
                remedy=_("Write it as in src or docs/en"),
            )

    def verify_base(self, url: str) -> None:
        """Make sure that addresses can be built on the base: feeds and sitemaps need them whole."""
        if url and not _is_base(url):
            raise self.file.error(
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
                raise self.file.error(
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
        return self.file.error(
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
            raise self.file.error(
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
        largest = config.limits.logo_bytes
        self.verify_logo(templates / name, templates, largest=largest)
        for lang in config.project.languages:
            self.verify_logo(logo_file(templates, name, lang), templates, largest=largest)

    def verify_logo(self, path: Path, templates: Path, *, largest: int) -> None:
        """Make sure that a logo is a small picture in the folder of templates."""
        is_inside = path.resolve().is_relative_to(templates.resolve())
        is_known = path.suffix.lower() in LOGOS and is_inside and path.is_file()
        if not is_known or path.stat().st_size > largest:
            raise self.file.error(
                _("The logo {name} is no SVG or PNG file of at most {size} KB in {folder}").format(
                    name=path.name, size=largest // 1000, folder=templates
                ),
                "theme",
                "logo",
                remedy=_("Save it there, and name it as in logo.svg"),
            )
        if path.suffix.lower() == ".svg" and b"<text" in path.read_bytes():
            raise self.file.error(
                _("The logo {name} has letters that depend on fonts").format(name=path.name),
                "theme",
                "logo",
                remedy=_("Turn them into outlines in the program that draws it"),
            )

    def verify_members(self, config: Config) -> None:
        """Make sure that the columns are known, and that there are editions to fall back on."""
        for column, heading in config.members.columns.items():
            if not heading.strip():
                raise self.file.error(
                    _("“{key}” is empty").format(key=column), "members.columns", column
                )
            if column not in MEMBER_COLUMNS:
                raise self.file.error(
                    _("“{value}” is nothing that a roster holds").format(value=column),
                    "members.columns",
                    column,
                    remedy=_("Choose among: {choices}").format(choices=", ".join(MEMBER_COLUMNS)),
                )
        languages = config.project.languages
        for lang in config.members.fallback:
            if lang not in languages:
                raise self.file.error(
                    _("The project has no language “{lang}”").format(lang=lang),
                    "members",
                    "fallback",
                    remedy=_("Choose among: {choices}").format(choices=", ".join(languages)),
                )

    def verify_mail(self, mail: MailSettings) -> None:
        """Make sure that mail is sent as somebody can mean it; servers are looked at later."""
        if mail.in_doubt not in IN_DOUBT:
            raise self.file.error(
                _("“{value}” is nothing that can be done about a member in doubt").format(
                    value=mail.in_doubt
                ),
                "mail",
                "in_doubt",
                remedy=_("Choose among: {choices}").format(choices=", ".join(IN_DOUBT)),
            )
        if mail.unsubscribe and not (
            mail.unsubscribe.startswith("https://") and _is_base(mail.unsubscribe)
        ):
            raise self.file.error(
                _("“{url}” is no address of an endpoint for unsubscription").format(
                    url=mail.unsubscribe
                ),
                "mail",
                "unsubscribe",
                remedy=_("One click works over https:// alone; leave it out to take mail for it"),
            )
        for key, least in (("largest_kilobytes", 0), ("domain_rate", 0), ("give_up_hours", 1)):
            if not least <= getattr(mail, key) <= MOST:
                raise self.file.error(
                    _("“{key}” must be from {least} to {most}").format(
                        key=key, least=least, most=MOST
                    ),
                    "mail",
                    key,
                )

    def verify_limits(self, limits: Limits) -> None:
        """Make sure that each limit lets something through, and is one."""
        for item in fields(limits):
            most = MOST_OF.get(item.name, MOST)
            if not 1 <= getattr(limits, item.name) <= most:
                raise self.file.error(
                    _("“{key}” must be from 1 to {most}").format(key=item.name, most=most),
                    "limits",
                    item.name,
                )

    def normalized(self, project: ProjectSettings) -> ProjectSettings:
        """Return the settings in their usual spelling: each language once, no slash at the end."""
        if not project.languages:
            raise self.file.error(
                _("“{key}” is empty").format(key="languages"), "project", "languages"
            )
        source = self.language(project.source_language, "project", "source_language")
        others = (self.language(tag, "project", "languages") for tag in project.languages)
        self.verify_source(project.source)
        self.verify_base(project.base_url)
        return replace(
            project,
            source_language=source,
            languages=tuple(dict.fromkeys((source, *others))),
            base_url=project.base_url.rstrip("/"),
        )

    def normalized_members(self, members: MemberSettings) -> MemberSettings:
        """Return the settings with the usual spelling of their languages."""
        lang = members.language and self.language(members.language, "members", "language")
        fallback = (self.language(tag, "members", "fallback") for tag in members.fallback)
        return replace(members, language=lang, fallback=tuple(dict.fromkeys(fallback)))

    def language(self, tag: str, table: str, key: str) -> str:
        """Return the tag in its usual spelling."""
        try:
            return normalize_tag(tag)
        except ConfigError as error:
            raise self.file.error(error.message, table, key, remedy=error.remedy) from None


BASE_URL = pattern(r"https?://[^\s/?#@\"<>]+(?:/[^\s?#\"<>]*)?")


def _is_base(url: str) -> bool:
    """Tell whether an address can be a base: its host has a name that programs can look up."""
    try:
        parts = urlsplit(url)
        parts.netloc.encode("idna")
        return bool(BASE_URL.fullmatch(url)) and parts.port != 0
    except ValueError:
        return False
