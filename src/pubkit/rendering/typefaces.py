"""Which typefaces set which language, and where a fresh machine gets them.

A PDF is set in families that are named here or in the settings, and in no other: a family that
the machine happens to choose is a fault that ``pdf.py`` reports. A page for the web names the
same families first, and then what readers' machines have.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from pubkit.errors import RenderingError
from pubkit.localize import html_tag, language_name, script
from pubkit.messages import gettext as _
from pubkit.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Typeface:
    """The two families that set a language."""

    serif: str
    """Running text and headlines."""
    sans: str
    """Everything around them."""
    package: str = ""
    """The Debian package with both; empty if pubkit brings them or nobody knows."""


# ---------------------------------------------------------------- the faces that pubkit brings

FOLDER = Path(__file__).parent / "fonts"
STYLES = (
    ("Regular", 400, "normal"),
    ("Bold", 700, "normal"),
    ("It", 400, "italic"),
    ("BoldIt", 700, "italic"),
)
# Private names: a face of the same name that is installed would be mixed with ours.
FILES = {"Pubkit Serif": "SourceSerif4", "Pubkit Sans": "SourceSans3"}
BUNDLED = Typeface(serif="Pubkit Serif", sans="Pubkit Sans")


@dataclass(frozen=True, slots=True)
class BundledFace:
    """One of the faces that pubkit brings."""

    family: str
    file: str
    weight: int
    style: str


BUNDLED_FACES = tuple(
    BundledFace(family, f"{file}-{name}.otf", weight, style)
    for family, file in FILES.items()
    for name, weight, style in STYLES
)


# ---------------------------------------------------------------- all others

CJK_PACKAGE = "fonts-noto-cjk"
CORE_PACKAGE = "fonts-noto-core"
SYMBOLS = ("Noto Sans Symbols", "Noto Sans Symbols2", "Noto Sans Math", "Noto Sans")
"""For arrows, stars, formulas and units such as L⁻¹ in any language; the end of every stack."""

# ISO 15924 code: the word by which Noto names its family.
WITH_SERIF = {
    "Armn": "Armenian", "Beng": "Bengali", "Deva": "Devanagari", "Ethi": "Ethiopic",
    "Geor": "Georgian", "Gujr": "Gujarati", "Guru": "Gurmukhi", "Hebr": "Hebrew",
    "Khmr": "Khmer", "Knda": "Kannada", "Laoo": "Lao", "Mlym": "Malayalam", "Mymr": "Myanmar",
    "Sinh": "Sinhala", "Taml": "Tamil", "Telu": "Telugu", "Thai": "Thai",
}  # fmt: skip
SANS_ONLY = {
    "Adlm": "Adlam", "Cans": "Canadian Aboriginal", "Cher": "Cherokee", "Mong": "Mongolian",
    "Mtei": "Meetei Mayek", "Nkoo": "NKo", "Olck": "Ol Chiki", "Orya": "Oriya",
    "Syrc": "Syriac", "Tfng": "Tifinagh", "Thaa": "Thaana", "Vaii": "Vai", "Yiii": "Yi",
}  # fmt: skip


def _cjk(region: str) -> Typeface:
    return Typeface(
        serif=f"Noto Serif CJK {region}", sans=f"Noto Sans CJK {region}", package=CJK_PACKAGE
    )


def _noto(serif: str, sans: str) -> Typeface:
    return Typeface(serif=f"Noto {serif}", sans=f"Noto {sans}", package=CORE_PACKAGE)


BY_SCRIPT: Mapping[str, Typeface] = MappingProxyType(
    {
        **dict.fromkeys(("Latn", "Grek", "Cyrl"), BUNDLED),
        "Hans": _cjk("SC"),
        "Hant": _cjk("TC"),
        "Jpan": _cjk("JP"),
        "Kore": _cjk("KR"),
        "Arab": _noto("Naskh Arabic", "Sans Arabic"),
        "Tibt": _noto("Serif Tibetan", "Serif Tibetan"),
        **{code: _noto(f"Serif {name}", f"Sans {name}") for code, name in WITH_SERIF.items()},
        **{code: _noto(f"Sans {name}", f"Sans {name}") for code, name in SANS_ONLY.items()},
    }
)
NO_CHOICE: Mapping[str, Typeface] = MappingProxyType({})


def typeface_for(lang: str, chosen: Mapping[str, Typeface] = NO_CHOICE) -> Typeface:
    """Return the families that set a language.

    Args:
        lang: A language tag, or its form in HTML: ``zh`` and ``zh-CN`` are the same.
        chosen: What the publisher prefers, by language tag.

    Raises:
        RenderingError: No family is known for the language's script.
    """
    by_tag = {html_tag(tag): typeface for tag, typeface in chosen.items()}
    tag = html_tag(lang)
    if tag in by_tag:
        return by_tag[tag]
    if tag in ("zh-HK", "zh-MO"):
        return _cjk("HK")
    if script(tag) in BY_SCRIPT:
        return BY_SCRIPT[script(tag)]
    raise RenderingError(
        _("No typeface is known for {language} ({script})").format(
            language=language_name(lang), script=script(tag)
        ),
        remedy=_("Name a serif and a sans-serif family for “{lang}” in pubkit.toml").format(
            lang=lang
        ),
    )


def packages_for(langs: Iterable[str], chosen: Mapping[str, Typeface] = NO_CHOICE) -> list[str]:
    """Return the Debian packages whose families set these languages, sorted."""
    packages = {typeface_for(lang, chosen).package for lang in langs}
    return sorted(packages - {""})


# ---------------------------------------------------------------- style sheets


@dataclass(frozen=True, slots=True)
class PrintFaces:
    """What a PDF may be set in."""

    stylesheet: str
    """One stack per language."""
    families: frozenset[str]
    """Every family of the stacks; another one in the PDF was substituted by the machine."""


def print_faces(langs: Iterable[str], chosen: Mapping[str, Typeface] = NO_CHOICE) -> PrintFaces:
    """Return the faces of a PDF with texts in these languages.

    A language's own family comes first, so that its punctuation has the right width; the
    families of the page's other languages follow, for a foreign name in a text.

    Args:
        langs: The languages of the page's texts, and of its alternates.
        chosen: What the publisher prefers, by language tag.
    """
    faces = {lang: typeface_for(lang, chosen) for lang in sorted(langs)}
    rules = []
    for lang, own in faces.items():
        order = (own, BUNDLED, *faces.values())
        serif = dict.fromkeys([*(face.serif for face in order), *SYMBOLS])
        sans = dict.fromkeys([*(face.sans for face in order), *SYMBOLS])
        # Important rules of a user's sheet win over the page's own stacks.
        rules.append(_rule(lang, serif, sans, " !important"))
    return PrintFaces("\n".join(rules), stack_families(langs, chosen))


def stack_families(
    langs: Iterable[str], chosen: Mapping[str, Typeface] = NO_CHOICE
) -> frozenset[str]:
    """Return every family of the stacks of these languages."""
    faces = {BUNDLED, *(typeface_for(lang, chosen) for lang in langs)}
    return frozenset({*SYMBOLS, *(family for face in faces for family in (face.serif, face.sans))})


def face_rules(font_url: str) -> str:
    """Return a ``@font-face`` rule for each face that pubkit brings.

    Args:
        font_url: The address of the folder with the files, as the page sees it.
    """
    return "\n".join(
        f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight};'
        f' font-style: {face.style}; src: url("{font_url}{face.file}") }}'
        for face in BUNDLED_FACES
    )


# What machines of readers have, after the pinned family. A Latin stack must not name a family
# for Chinese: browsers would take full-width quotation marks from it.
ON_READERS_MACHINES = {
    "Latn": (("Source Serif 4", "Charter", "Georgia", "Noto Serif", "Times New Roman"),
             ("Source Sans 3", "Helvetica Neue", "Segoe UI", "Noto Sans", "Arial")),
    "Hans": (("Source Han Serif SC", "Noto Serif SC", "Songti SC", "SimSun"),
             ("Source Han Sans SC", "Noto Sans SC", "PingFang SC", "Microsoft YaHei")),
    "Hant": (("Source Han Serif TC", "Noto Serif TC", "Songti TC", "PMingLiU"),
             ("Source Han Sans TC", "Noto Sans TC", "PingFang TC", "Microsoft JhengHei")),
    "Jpan": (("Source Han Serif", "Noto Serif JP", "Hiragino Mincho ProN", "Yu Mincho"),
             ("Source Han Sans", "Noto Sans JP", "Hiragino Sans", "Yu Gothic")),
    "Kore": (("Source Han Serif K", "Noto Serif KR", "AppleMyungjo", "Batang"),
             ("Source Han Sans K", "Noto Sans KR", "Apple SD Gothic Neo", "Malgun Gothic")),
}  # fmt: skip


def screen_stylesheet(langs: Iterable[str], chosen: Mapping[str, Typeface] = NO_CHOICE) -> str:
    """Return one stack per language for browsers, ending in the generic family."""
    return "\n".join(_screen_rule(lang, chosen) for lang in sorted(langs))


def reader_stack(lang: str, kind: str, chosen: Mapping[str, Typeface] = NO_CHOICE) -> str:
    """Return the families of a language for ``style`` attributes, which stand in double quotes.

    Args:
        lang: Of the text.
        kind: ``serif`` or ``sans``.
        chosen: What the publisher prefers, by language tag.
    """
    families = _reader_families(lang, chosen)[0 if kind == "serif" else 1]
    return _stack(families, "serif" if kind == "serif" else "sans-serif").replace('"', "'")


def _screen_rule(lang: str, chosen: Mapping[str, Typeface]) -> str:
    return _rule(lang, *_reader_families(lang, chosen))


def _reader_families(
    lang: str, chosen: Mapping[str, Typeface]
) -> tuple[tuple[str | None, ...], tuple[str | None, ...]]:
    """Return the families with and without serifs; None stands for the generic one."""
    face = typeface_for(lang, chosen)
    code = "Latn" if face == BUNDLED else script(html_tag(lang))
    serif, sans = ON_READERS_MACHINES.get(code, ((), ()))
    if face == BUNDLED:
        return (*serif, None), (*sans, None)
    return (face.serif, *serif, None), (face.sans, *sans, None)


def _rule(lang: str, serif: Iterable[str | None], sans: Iterable[str | None], end: str = "") -> str:
    """Return the custom properties of a language; None stands for the generic family."""
    return (
        f":lang({html_tag(lang)}) {{ --serif: {_stack(serif, 'serif')}{end};"
        f" --sans: {_stack(sans, 'sans-serif')}{end} }}"
    )


def _stack(families: Iterable[str | None], generic: str) -> str:
    return ", ".join(_quoted(family) if family else generic for family in families)


def _quoted(family: str) -> str:
    return '"{}"'.format(family.translate({ord(character): None for character in '"\\\n<>'}))
