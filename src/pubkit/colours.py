"""Colours and their contrast: whether a text can be read on its ground.

Source:
    Web Content Accessibility Guidelines 2.2: 1.4.3 and "relative luminance".
"""

from collections.abc import Iterable

from pubkit.patterns import pattern

COLOUR = pattern(r"#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
LEAST_CONTRAST = 4.5
DARKEST = "#000000"
STEPS = 50
"""On the way from a colour to black or white."""

PAPER, TINT = "#ffffff", "#f6f3ee"
"""The grounds of texts where a publisher chooses no other: ``tokens.css``."""
INK, MUTE, ACCENT = "#1b1c1e", "#53575d", "#1f4e79"
"""The colours of texts there."""
PAPER_IN_THE_DARK, TINT_IN_THE_DARK = "#15171a", "#212429"
"""The same on dark screens: ``screen.css``."""


def is_colour(text: str) -> bool:
    """Tell whether a text is a colour such as ``#8c1d24`` or ``#000``."""
    return COLOUR.fullmatch(text) is not None


def contrast(colour: str, ground: str) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    darker, lighter = sorted((_luminance(colour), _luminance(ground)))
    return (lighter + 0.05) / (darker + 0.05)


def least_contrast(colour: str, grounds: Iterable[str]) -> float:
    """Return the contrast of a colour on the worst of its grounds."""
    return min(contrast(colour, ground) for ground in grounds)


def readable(colour: str, grounds: tuple[str, ...], *, least: float = LEAST_CONTRAST) -> str:
    """Return the nearest darker or lighter shade of a colour that can be read on its grounds."""
    end = max((DARKEST, "#ffffff"), key=lambda other: least_contrast(other, grounds))
    shades = (_mixed(colour, end, step / STEPS) for step in range(STEPS + 1))
    return next((shade for shade in shades if least_contrast(shade, grounds) >= least), end)


def _mixed(colour: str, other: str, share: float) -> str:
    pairs = zip(_parts(colour), _parts(other), strict=True)
    return "#" + "".join(f"{round(one + (two - one) * share):02x}" for one, two in pairs)


def _luminance(colour: str) -> float:
    parts = [part / 255 for part in _parts(colour)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _parts(colour: str) -> tuple[int, ...]:
    digits = colour.removeprefix("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    return tuple(int(digits[place : place + 2], 16) for place in (0, 2, 4))
