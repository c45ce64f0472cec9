"""The theme of a project in a language: its settings, and the file of its logo."""

from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

from pubkit.colours import PAPER_IN_THE_DARK, TINT_IN_THE_DARK, readable
from pubkit.config import COLOURS, LOGOS, Config, ThemeSettings, logo_file
from pubkit.rendering.theme import Theme

COMFORTABLE = 6.0
"""The contrast of an accent on dark screens that pubkit chooses by itself."""


def chosen_theme(config: Config, lang: str) -> Theme:
    """Return colours, paper and logo of a project for its editions in a language."""
    settings = config.theme
    logo = logo_file(config.templates, settings.logo, lang) if settings.logo else None
    return Theme(
        colours=dict(_colours(settings)),
        paper=settings.paper,
        logo=_data_address(logo) if logo else "",
    )


def _colours(settings: ThemeSettings) -> Iterator[tuple[str, str]]:
    for name in COLOURS:
        colour = getattr(settings, name)
        if name == "accent_in_the_dark" and settings.accent and not colour:
            grounds = (PAPER_IN_THE_DARK, TINT_IN_THE_DARK)
            colour = readable(settings.accent, grounds, least=COMFORTABLE)
        if colour:
            yield name.replace("_", "-"), colour.lower()


def _data_address(path: Path) -> str:
    content = b64encode(path.read_bytes()).decode("ascii")
    return f"data:{LOGOS[path.suffix.lower()]};base64,{content}"
