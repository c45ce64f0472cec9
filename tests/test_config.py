"""pubkit.toml: every key checked, every error with its line."""

import re
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pubkit.config import Config, TypefaceSettings, find_project, read_config
from pubkit.errors import ConfigError

SMALL = '[project]\nlanguages = ["en", "zh"]\n'


def read(folder: Path, text: str) -> Config:
    """Read settings with this text."""
    path = folder / "pubkit.toml"
    path.write_text(text, "utf-8")
    return read_config(path)


def test_small_file_has_defaults(tmp_path: Path) -> None:
    """Only the languages must be given."""
    config = read(tmp_path, SMALL)

    assert (config.project.source_language, config.project.languages) == ("en", ("en", "zh"))
    assert config.render.formats == ("html", "pdf")
    assert (config.publisher.name, dict(config.checks.ignore), dict(config.typefaces)) == (
        "",
        {},
        {},
    )
    assert [tmp_path / name for name in ("source", "locales", "templates", "build")] == [
        config.source,
        config.locales,
        config.templates,
        config.build,
    ]
    assert config.backup == tmp_path / ".pubkit/backup"
    assert config.imports == tmp_path / ".pubkit/imports"


def test_full_file_is_read(tmp_path: Path) -> None:
    """Every table, in any spelling that TOML knows."""
    config = read(
        tmp_path,
        SMALL + 'source_language = "EN"\nname = "News"\nbase_url = "https://example.org/"\n'
        '[publisher]\nname = "A"\nunit = "B"\nurl = "C"\n[render]\nformats = ["pdf"]\n'
        '[checks.ignore]\nlink = "addresses are localised"\n'
        '[typefaces]\nZH_hant = { serif = "Noto Serif CJK TC" }\n',
    )

    assert (config.project.name, config.project.base_url) == ("News", "https://example.org")
    assert (config.publisher.name, config.publisher.unit, config.publisher.url) == ("A", "B", "C")
    assert config.render.formats == ("pdf",)
    assert dict(config.checks.ignore) == {"link": "addresses are localised"}
    assert {"zh-Hant": TypefaceSettings(serif="Noto Serif CJK TC")} == dict(config.typefaces)


@pytest.mark.parametrize(
    ("languages", "normalized"),
    [
        ('["zh", "en", "zh"]', ("en", "zh")),
        ('["zh-hans", "PT_br"]', ("en", "zh-Hans", "pt-BR")),
    ],
)
def test_languages_have_their_usual_spelling(
    tmp_path: Path, languages: str, normalized: tuple[str, ...]
) -> None:
    """Each once, the source language first."""
    config = read(tmp_path, f"[project]\nlanguages = {languages}\n")

    assert normalized == config.project.languages


def test_languages_of_members_have_their_usual_spelling(tmp_path: Path) -> None:
    """They are compared with those of the editions."""
    config = read(tmp_path, SMALL + "[members]\nlanguage = 'ZH'\nfallback = ['EN']\n")

    assert (config.members.language, config.members.fallback) == ("zh", ("en",))


def test_limits_are_whole_numbers(tmp_path: Path) -> None:
    """Each has a default; TOML lets thousands be set apart."""
    limits = read(tmp_path, SMALL + "[limits]\ncatalog_bytes = 1_000\nnesting = 40\n").limits

    assert (limits.catalog_bytes, limits.nesting, limits.pages) == (1000, 40, 300)


def test_windows_file_is_read(tmp_path: Path) -> None:
    """Byte order mark and line ends make no difference."""
    path = tmp_path / "pubkit.toml"
    path.write_bytes(b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode())

    assert read_config(path).project.languages == ("en", "zh")


@pytest.mark.parametrize(
    ("text", "line", "message", "remedy"),
    [
        ("", None, "“languages” is missing in [project]", "Settings"),
        ("\n[project]\nname = 'x'", 2, "“languages” is missing in [project]", "Settings"),
        ("[project]\nlanguages = []", 2, "“languages” is empty", "Settings"),
        ("[project]\nlanguages = 'en'", 2, "“languages” must be a list of texts", "Settings"),
        ("[project]\nlanguages = [1]", 2, "“languages” must be a list of texts", "Settings"),
        ("[project]\nlanguages = ['xx']", 2, "“xx” is not a language", "BCP 47"),
        ("project = 1", 1, "“project” must be a table", "Settings"),
        (SMALL + "langauges = []", 3, "“langauges” is not a setting in [project]", "“languages”"),
        (SMALL + "colour = 'red'", 3, "“colour” is not a setting in [project]", "source_language"),
        (SMALL + "[proiect]", 3, "“proiect” is not a setting", "“project”"),
        (SMALL + "[zzz]", 3, "“zzz” is not a setting", "publisher"),
        (SMALL + "name = 'x'\n[publisher]\nname = 1", 5, "“name” must be a text", "Settings"),
        (SMALL + "[render]\nformats = ['doc']", 4, "“doc” is not a format", "html, pdf"),
        (SMALL + "[render]\nformats = []", 4, "“” is not a format", "html, pdf"),
        (
            SMALL + "[checks.ignore]\nlink = ' '",
            4,
            "“link” is ignored without",
            "Settings",
        ),
        (SMALL + "[checks]\nignore.link = ''", 4, "“link” is ignored without", "Settings"),
        (SMALL + "[checks]\nspacing = 'wide'", 4, "“wide” is no way of spacing", "tight, spaced"),
        (SMALL + "[checks]\nignore = 'x'", 4, "“ignore” must be a table of texts", "Settings"),
        (SMALL + "[members]\nlanguage = 'xx'", 4, "“xx” is not a language", "BCP 47"),
        (SMALL + "[members]\nfallback = ['fr']", 4, "no language “fr”", "en, zh"),
        (SMALL + "[members.columns]\nmail = 'E-Mail'", 4, "“mail” is nothing", "address"),
        (SMALL + "[members.columns]\naddress = ''", 4, "“address” is empty", "Settings"),
        (SMALL + "[typefaces.xx]", 3, "“xx” is not a language", "BCP 47"),
        (SMALL + "[typefaces.zh]\nserf = 'x'", 4, "“serf” is not a setting", "“serif”"),
        (SMALL + '[typefaces."zh"]\nserif = 1', 4, "“serif” must be a text", "Settings"),
        ("typefaces = 1\n" + SMALL, 1, "“typefaces” must be a table", "Settings"),
        (SMALL + "[limits]\npages = '9'", 4, "“pages” must be a whole number", "Settings"),
        (SMALL + "[limits]\npages = true", 4, "“pages” must be a whole number", "Settings"),
        (SMALL + "[limits]\npages = 0", 4, "“pages” must be from 1 to", "Settings"),
        (SMALL + "[limits]\nnesting = 41", 4, "“nesting” must be from 1 to 40", "Settings"),
        (SMALL + "[limits]\npicture_pixels = 178_956_971", 4, "to 178956970", "Settings"),
        (SMALL + "[limits]\npage = 9", 4, "“page” is not a setting in [limits]", "“pages”"),
        (SMALL + "x = ", 3, "not TOML", "quotation marks"),
        (SMALL + "x = " + "[" * 5000, None, "not TOML", "quotation marks"),
        (SMALL + "x = " + "9" * 5000, None, "not TOML", "quotation marks"),
    ],
)
def test_wrong_settings_are_refused(
    tmp_path: Path, text: str, line: int | None, message: str, remedy: str
) -> None:
    """The error names the line of the key, what is wrong and what is right."""
    with pytest.raises(ConfigError) as refused:
        read(tmp_path, text)

    assert refused.value.location
    assert line == refused.value.location.line
    assert message in refused.value.message
    assert remedy in str(refused.value.remedy)


@pytest.mark.parametrize("data", [b"\xff", b"[project]\nname = '\xb1\xb1'"])
def test_other_encodings_are_refused(tmp_path: Path, data: bytes) -> None:
    """Settings are UTF-8."""
    path = tmp_path / "pubkit.toml"
    path.write_bytes(data)

    with pytest.raises(ConfigError, match="cannot be read"):
        read_config(path)


def test_nearest_project_is_found(tmp_path: Path) -> None:
    """Commands work in every folder of a project."""
    read(tmp_path, SMALL)
    inner = tmp_path / "source" / "pictures"
    inner.mkdir(parents=True)

    assert tmp_path / "pubkit.toml" == find_project(inner)
    assert tmp_path / "pubkit.toml" == find_project(tmp_path)


def test_folder_without_project_is_refused(tmp_path: Path) -> None:
    """The remedy is to make one."""
    with pytest.raises(ConfigError, match=r"No pubkit\.toml") as refused:
        find_project(tmp_path / "away")

    assert "pubkit init" in str(refused.value.remedy)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.sampled_from("[]=.\"'{},#\n \\abproject1éx中")))
def test_arbitrary_settings_are_read_or_refused(tmp_path: Path, text: str) -> None:
    """A slip of the hand never brings the program down."""
    with suppress(ConfigError):
        read(tmp_path, text)
    with suppress(ConfigError):
        read(tmp_path, SMALL + text)


# ---------------------------------------------------------------- theme


@pytest.mark.parametrize(
    ("theme", "fault", "remedy"),
    [
        ('accent = "red"', "“red” is no colour", "as in #8c1d24"),
        ('accent = "#f0a0a0"', "“accent”: #f0a0a0 on #f6f3ee has a contrast of 1.8", "Take #"),
        ('accent_in_the_dark = "#8c1d24"', "on #212429 has a contrast of 1.7", "Take #"),
        ('tint = "#333333"', "“tint”: #000000 on #333333 has a contrast of 1.6", "lighter tint"),
        ('tint = "#808080"', "“ink”: #1b1c1e on #808080", "Take #"),
        ('tint = "#909090"\nmute = "#000"', "“accent”: #1f4e79 on #909090", "Take #"),
        ('paper = "A5"', "“A5” is no paper", "A4, Letter"),
        ('logo = "logo.svg"', "no SVG or PNG file of at most 200 KB", "Save it there"),
        ('logo = "../pubkit.toml"', "no SVG or PNG file", "Save it there"),
        ('acent = "#8c1d24"', "“acent” is not a setting", "accent"),
    ],
)
def test_theme_that_would_harm_the_page_is_refused(
    tmp_path: Path, theme: str, fault: str, remedy: str
) -> None:
    """The error names the line, the measured contrast, and a colour that will do."""
    with pytest.raises(ConfigError) as refused:
        read(tmp_path, f"{SMALL}\n[theme]\n{theme}\n")

    assert fault in refused.value.message
    assert remedy in str(refused.value.remedy)
    assert refused.value.location


def test_logo_with_letters_is_refused(tmp_path: Path) -> None:
    """They would be set in whatever font there is."""
    (tmp_path / "templates").mkdir()
    logo = tmp_path / "templates" / "logo.svg"
    theme = f'{SMALL}\n[theme]\nlogo = "logo.svg"\n'
    logo.write_text("<svg><path/></svg>")
    read(tmp_path, theme)
    logo.write_text("<svg><text>News</text></svg>")

    with pytest.raises(ConfigError, match="has letters"):
        read(tmp_path, theme)


def test_tint_that_is_offered_will_do(tmp_path: Path) -> None:
    """With the texts as they are; no shade of them could be read on the one that is refused."""
    with pytest.raises(ConfigError, match="“tint”") as refused:
        read(tmp_path, f'{SMALL}\n[theme]\ntint = "#333333"\n')
    (offered,) = re.findall("#[0-9a-f]{6}", str(refused.value.remedy))

    assert read(tmp_path, f'{SMALL}\n[theme]\ntint = "{offered}"\n').theme.tint == offered


def test_tint_is_measured_with_the_accent_that_is_printed(tmp_path: Path) -> None:
    """An accent of the publisher's own takes the place of the packaged one."""
    theme = 'tint = "#909090"\nmute = "#000000"\naccent = "#101820"'

    assert read(tmp_path, f"{SMALL}\n[theme]\n{theme}\n").theme.tint == "#909090"


@pytest.mark.parametrize("tag", ["zh", "ZH"])
def test_logo_of_one_language_is_checked_like_that_of_all(tmp_path: Path, tag: str) -> None:
    """The error names the file; that of a language of nobody's is not looked at."""
    (tmp_path / "templates").mkdir()
    settings = f'[project]\nlanguages = ["en", "{tag}"]\n[theme]\nlogo = "logo.svg"\n'
    for name, drawing in (("logo", "<path/>"), ("logo.zh", "<path/>"), ("logo.fr", "<text/>")):
        (tmp_path / "templates" / f"{name}.svg").write_text(f"<svg>{drawing}</svg>")
    read(tmp_path, settings)
    (tmp_path / "templates" / "logo.zh.svg").write_text("<svg><text>新闻</text></svg>")

    with pytest.raises(ConfigError, match=r"logo\.zh\.svg has letters"):
        read(tmp_path, settings)


def test_logo_of_one_language_does_not_replace_that_of_all(tmp_path: Path) -> None:
    """A language to come would have none."""
    (tmp_path / "templates").mkdir()
    for lang in ("en", "zh"):
        (tmp_path / "templates" / f"logo.{lang}.svg").write_text("<svg><path/></svg>")

    with pytest.raises(ConfigError, match=r"The logo logo\.svg is no"):
        read(tmp_path, f'{SMALL}[theme]\nlogo = "logo.svg"\n')


@pytest.mark.parametrize("name", ["/", ".", "..", "/etc/hostname"])
def test_logo_that_is_no_file_of_the_templates_is_refused(tmp_path: Path, name: str) -> None:
    """Folders and other places, too."""
    with pytest.raises(ConfigError, match="no SVG or PNG file"):
        read(tmp_path, f'{SMALL}[theme]\nlogo = "{name}"\n')


@pytest.mark.parametrize("url", ["http://example.org/leave", "https://", "leave", "https://a b/"])
def test_endpoint_for_unsubscription_is_an_https_address(tmp_path: Path, url: str) -> None:
    """Mail programs post to no other; an address that would be left out in silence is refused."""
    read(tmp_path, f'{SMALL}[mail]\nunsubscribe = "https://example.org/leave"\n')
    with pytest.raises(ConfigError, match="endpoint for unsubscription") as refused:
        read(tmp_path, f'{SMALL}[mail]\nunsubscribe = "{url}"\n')

    assert "https" in (refused.value.remedy or "")
