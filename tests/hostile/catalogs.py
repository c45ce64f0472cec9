"""Hostile catalogs; see ``catalogs/README.md``."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

FOLDER = Path(__file__).parent / "catalogs"
KEYS = {
    *("name", "file", "expect", "header", "encoding", "hex", "as", "shows", "hides"),
    *("charset", "lang", "forms"),
}
HELLO = 'msgid "Hello"\nmsgstr "你好"\n'


@dataclass(frozen=True)
class HostileCatalog:
    """A file that someone put into a project."""

    name: str
    data: bytes
    takes_place_of: str
    """The catalog as which it is read: ``report``, ``names`` or ``templates``."""
    is_read: bool
    shows: str
    hides: str


def read_catalogs() -> list[HostileCatalog]:
    """Return all catalogs of the corpus."""
    return [case for path in sorted(FOLDER.glob("*.yaml")) for case in _cases(path)]


def _cases(path: Path) -> Iterator[HostileCatalog]:
    for case in yaml.safe_load(path.read_text("utf-8")):
        assert case.keys() <= KEYS, case
        assert case.get("expect", "refused") in ("read", "refused"), case
        yield HostileCatalog(
            name=f"{path.stem}: {case['name']}",
            data=_data(case),
            takes_place_of=case.get("as", "report"),
            is_read=case.get("expect") == "read",
            shows=case.get("shows", ""),
            hides=case.get("hides", ""),
        )


def _data(case: Mapping[str, str]) -> bytes:
    head = _header(case) if case.get("header", True) else ""
    if "hex" in case:
        return head.encode() + bytes.fromhex(case["hex"])
    plural = 'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "你好"\n' if "forms" in case else HELLO
    text = head + case.get("file", plural).replace("{HEADER}", _header({}))
    text = re.sub(r"\{(\d+)\*([^{}]+)\}", lambda match: match[2] * int(match[1]), text)
    return text.encode(case.get("encoding", "utf-8"))


def _header(case: Mapping[str, str]) -> str:
    """Return a header that is good but for what a case is about."""
    fields = {
        "Language": case.get("lang", "zh"),
        "MIME-Version": "1.0",
        "Content-Type": f"text/plain; charset={case.get('charset', 'UTF-8')}",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": case.get("forms", "nplurals=1; plural=0;"),
    }
    lines = "".join(f'"{name}: {value}\\n"\n' for name, value in fields.items())
    return f'msgid ""\nmsgstr ""\n{lines}\n'
