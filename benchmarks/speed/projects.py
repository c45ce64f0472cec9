"""Projects of any size for measuring: releases in natural sentences, and their translations.

The same arguments give the same files. Every text is written in English and in Chinese at once,
so the catalogs are complete; ``pubkit extract`` makes them, and the translations are put in.
"""

import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Any

from pubkit.formats.po import format_catalog, read_catalog

REPOSITORY = Path(__file__).parents[2]
PICTURES = REPOSITORY / "source" / "pictures"
DATA = tomllib.loads(Path(__file__).with_name("sentences.toml").read_text("utf-8"))
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September")
SETTINGS = """\
[project]
name = "Generated releases"
source_language = "en"
languages = [{languages}]
base_url = "https://news.example"

[publisher]
name = "Riverside Press Office"
"""
PUBLISHER = ("Riverside Press Office", "滨江新闻中心")
WORDS_OF_SECTION = 250
"""After as many words come a heading, a quotation or a table, and perhaps a picture."""

Pair = tuple[str, str]
"""A text in English and in Chinese."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A document, and the translations of its texts."""

    name: str
    markdown: str
    translations: Mapping[str, str]


@dataclass(slots=True)
class Writer:
    """Writes one release; remembers what each of its texts is in Chinese."""

    chance: Random
    domain: Mapping[str, Any]
    translations: dict[str, str] = field(default_factory=dict)

    def text(self, kind: str) -> str:
        """Return an arbitrary text of a kind."""
        return self.known(self.pair(kind))

    def known(self, pair: Pair) -> str:
        """Remember a translation; return the English text."""
        self.translations[pair[0]] = pair[1]
        return pair[0]

    def pair(self, kind: str) -> Pair:
        """Return an arbitrary text of a kind in both languages."""
        return self._filled(self.chance.choice(DATA[kind]))

    def paragraph(self) -> str:
        """Return two to four sentences."""
        pairs = [self.pair("sentences") for _number in range(self.chance.randint(2, 4))]
        english = " ".join(pair[0] for pair in pairs)
        return self.known((english, "".join(pair[1] for pair in pairs)))

    def _filled(self, texts: Sequence[str]) -> Pair:
        """Fill a pair of texts in, the finding first: it has figures of its own."""
        english, chinese = texts
        values = self._values()
        finding = self.chance.choice(self.domain["findings"])
        values["finding"] = tuple(
            text.format(**{name: pair[side] for name, pair in values.items()})
            for side, text in enumerate(finding)
        )
        first = english.format(**{name: pair[0] for name, pair in values.items()})
        second = chinese.format(**{name: pair[1] for name, pair in values.items()})
        return first[0].upper() + first[1:], second

    def _values(self) -> dict[str, Any]:
        choice, number = self.chance.choice, self.chance.randint
        month, day = number(1, len(MONTHS)), number(1, 28)
        counted, percent = str(number(3, 990)), str(number(2, 98))
        return {
            "person": choice(DATA["persons"]),
            "role": choice(DATA["roles"]),
            "city": choice(DATA["cities"]),
            "institution": choice(self.domain["institutions"]),
            "thing": choice(self.domain["things"]),
            "number": (counted, counted),
            "percent": (percent, percent),
            "date": (f"{MONTHS[month - 1]} {day}", f"{month}月{day}日"),
        }


# ---------------------------------------------------------------- a release


def write_release(number: int, *, words: int, pictures: int = 0, seed: int = 7) -> Release:
    """Return a release of about so many words.

    Args:
        number: Which of the project's; another number is another text.
        words: Of the English text.
        pictures: How many it shows.
        seed: Another seed is another project.
    """
    chance = Random(f"{seed}/{number}")  # noqa: S311
    writer = Writer(chance, chance.choice(DATA["domains"]))
    head = _front_matter(writer)
    blocks = list(_blocks(writer, words, pictures))
    markdown = head + "\n" + "\n\n".join(blocks) + "\n"
    return Release(name=f"release-{number:05}", markdown=markdown, translations=writer.translations)


def _front_matter(writer: Writer) -> str:
    city = writer.known(writer.chance.choice(DATA["cities"]))
    lines = {
        "title": writer.text("opening"),
        "subtitle": writer.text("deck"),
        "kicker": writer.known(tuple(writer.domain["name"])),
        "date": f"2025-{writer.chance.randint(1, 9):02}-{writer.chance.randint(1, 28):02}",
        "dateline": city,
    }
    quoted = (f"{name}: {_quoted(name, value)}\n" for name, value in lines.items())
    contact = f"contact:\n  name: {writer.known(PUBLISHER)}\n  email: press@news.example\n"
    return f"---\n{''.join(quoted)}{contact}---\n"


def _quoted(name: str, value: str) -> str:
    return value if name == "date" else f'"{value}"'


def _blocks(writer: Writer, words: int, pictures: int) -> Iterator[str]:
    written, section, shown = 0, 0, 0
    while written < words:
        if written >= section * WORDS_OF_SECTION and written:
            yield from _between(writer, section)
        if written >= section * WORDS_OF_SECTION:
            section += 1
            if shown < pictures:
                shown += 1
                yield _figure(writer)
        paragraph = writer.paragraph()
        written += len(paragraph.split())
        yield paragraph
    for _rest in range(pictures - shown):
        yield _figure(writer)


def _between(writer: Writer, section: int) -> Iterator[str]:
    yield "## " + writer.text("headings")
    if section % 3 == 1:
        person = writer.chance.choice(DATA["persons"])
        yield f"> {writer.text('quotations')}\n>\n> — {writer.known(tuple(person))}"
    elif section % 3 == 2:
        yield _table(writer)


def _figure(writer: Writer) -> str:
    picture = writer.chance.choice(("p1", "p2", "p3", "p4", "p5"))
    alternative, caption = writer.text("alternatives"), writer.text("captions")
    return f"![{alternative}](pictures/{picture}.jpg)\n{caption}"


def _table(writer: Writer) -> str:
    heads = [writer.known(tuple(pair)) for pair in DATA["columns"]]
    rows = [heads, ["---"] * len(heads)]
    for city in writer.chance.sample(DATA["cities"], 4):
        number, share = writer.chance.randint(10, 900), writer.chance.randint(1, 99)
        rows.append([writer.known(tuple(city)), f"{number}", f"{share}%"])
        writer.known((f"{number}", f"{number}"))
        writer.known((f"{share}%", f"{share}%"))
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


# ---------------------------------------------------------------- a project


def write_project(
    folder: Path, releases: Iterable[Release], *, languages: Sequence[str] = ("en", "zh")
) -> Path:
    """Write a project with complete catalogs; return its folder.

    Args:
        folder: Where; it is made.
        releases: Its documents.
        languages: Of its editions: varieties of English and Chinese, such as en-GB and zh-SG.

    Raises:
        CalledProcessError: ``pubkit extract`` has failed.
    """
    source = folder / "source"
    shutil.copytree(PICTURES, source / "pictures")
    settings = SETTINGS.format(languages=", ".join(f'"{lang}"' for lang in languages))
    (folder / "pubkit.toml").write_text(settings, "utf-8")
    translations = dict([PUBLISHER])
    for release in releases:
        (source / f"{release.name}.md").write_text(release.markdown, "utf-8")
        translations |= release.translations
    command = [sys.executable, "-m", "pubkit", "extract", "--quiet"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)  # noqa: S603
    _translate(folder, languages, translations | _labels())
    return folder


def _labels() -> dict[str, str]:
    """Return the labels of pubkit's own page in Chinese."""
    path = REPOSITORY / "locales" / "zh" / "LC_MESSAGES" / "templates.po"
    return {entry.msgid: entry.msgstr for entry in read_catalog(path).live_entries if entry.msgstr}


def _translate(folder: Path, languages: Sequence[str], translations: Mapping[str, str]) -> None:
    for lang in languages:
        catalogs = (folder / "locales" / lang.replace("-", "_")).rglob("*.po")
        for path in catalogs if lang != "en" else ():
            catalog = read_catalog(path)
            entries = tuple(
                replace(entry, msgstr=_translation(entry.msgid, lang, translations))
                if not entry.msgstr
                else entry
                for entry in catalog.entries
            )
            path.write_bytes(format_catalog(replace(catalog, entries=entries)))


def _translation(msgid: str, lang: str, translations: Mapping[str, str]) -> str:
    """Return a text in a variety of Chinese, or, for one of English, as it is."""
    return translations.get(msgid, "") if lang.startswith("zh") else msgid
