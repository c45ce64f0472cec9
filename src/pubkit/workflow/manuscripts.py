"""``pubkit import`` of a manuscript: a document from elsewhere becomes a source document."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from unicodedata import name as character_name

from pubkit.config.limits import raised
from pubkit.errors import ConfigError, Location, SourceError
from pubkit.formats.backups import keep_copy
from pubkit.formats.files import (
    explained,
    locked_folder,
    read_bytes,
    real_path,
    write_bytes,
    write_changed,
)
from pubkit.formats.frontmatter import format_front_matter
from pubkit.formats.manuscripts import Loss, LossKind, Manuscript, arrange, read_manuscript
from pubkit.formats.manuscripts.model import contents, plain_text
from pubkit.formats.markdown import parse_document
from pubkit.formats.markdown.writing import write_body
from pubkit.localize import language_name, normalize_tag, same_language, script
from pubkit.messages import gettext as _
from pubkit.patterns import pattern
from pubkit.values import dataclass
from pubkit.workflow.manuscript_pictures import take_pictures
from pubkit.workflow.manuscript_report import report_lines
from pubkit.workflow.project import Project, verify_name

LARGEST = 100_000_000
"""Bytes of a manuscript with its pictures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the user says of a manuscript; empty where the manuscript shall say it."""

    name: str = ""
    title: str = ""
    date: str = ""
    lang: str = ""
    encoding: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """A source document as it is made of a manuscript, not yet written."""

    path: Path
    report_path: Path
    """Where the report is kept: also what is said once on a terminal can be looked up."""
    text: str
    pictures: Mapping[Path, bytes]
    manuscript: Manuscript
    to_fill_in: tuple[str, ...]
    """What the author has to write before the document can be extracted."""

    @property
    def report(self) -> tuple[str, ...]:
        """What was taken over and what was not, line by line."""
        return tuple(report_lines(self.manuscript, self.to_fill_in))


def read_import(project: Project, file: Path, wishes: Wishes) -> Import:
    """Make a source document of a file; nothing is written.

    Raises:
        SourceError: The file cannot be read, or a wish cannot be granted.
    """
    name = wishes.name or name_of(file)
    _verify_name(name)
    path = project.config.source / f"{name}.md"
    read = read_manuscript(
        _read(file), path=str(file), nearby=_beside(file), encoding=wishes.encoding
    )
    manuscript = arrange(read)
    _verify_length(manuscript, file, project)
    manuscript = _as_wished(manuscript, wishes, project)
    manuscript, pictures = take_pictures(manuscript, name, limits=project.config.limits)
    body = write_body(manuscript)
    plainer = (Loss(kind=LossKind.EMPHASIS, text=text, is_kept=True) for text in body.plainer)
    manuscript = replace(manuscript, losses=(*manuscript.losses, *plainer))
    text = _front_matter(manuscript, project) + "\n" + body.text
    return Import(
        path=path,
        report_path=project.config.imports / f"{name}.txt",
        text=text,
        pictures={project.config.source / place: data for place, data in pictures.items()},
        manuscript=manuscript,
        to_fill_in=tuple(_to_fill_in(text, path, manuscript, project)),
    )


def write_import(project: Project, made: Import, *, replaces: bool) -> Iterator[Path]:
    """Write a document and its pictures and yield the path of each file that changes.

    Raises:
        SourceError: A file is there, and may not be replaced; then none is written.
    """
    files = {**made.pictures, made.path: made.text.encode()}
    present = {path: path.read_bytes() for path in files if path.exists()}
    changed = {path: data for path, data in files.items() if present.get(path) != data}
    in_the_way = next((path for path in changed if path in present), None)
    if in_the_way and not replaces:
        raise SourceError(
            _("There is a {name} already").format(name=in_the_way.name),
            location=Location(str(in_the_way)),
            remedy=_("Choose another --name, or --replace it; the old file is kept"),
        )
    for path, data in changed.items():
        _write(path, data, project.config.backup)
        yield path
    write_changed(made.report_path, "".join(f"{line}\n" for line in made.report).encode())


def _write(path: Path, data: bytes, backup: Path) -> None:
    """Write a file; what it held is kept."""
    target = real_path(path)
    with explained(path, SourceError), locked_folder(target.parent):
        if target.exists():
            keep_copy(target.read_bytes(), target=target, folder=backup)
        write_bytes(path, data, error=SourceError)


def _read(file: Path) -> bytes:
    if file.is_dir():
        raise SourceError(
            _("It is a folder"),
            location=Location(str(file)),
            remedy=_("Name a file: .docx, .odt, .html or .txt"),
        )
    if file.exists() and file.stat().st_size > LARGEST:
        raise SourceError(
            _("The file has {size:.0f} MB; a manuscript may have {maximum:.0f} MB").format(
                size=file.stat().st_size / 1e6, maximum=LARGEST / 1e6
            ),
            location=Location(str(file)),
            remedy=_("Make its pictures smaller, or divide it"),
        )
    return read_bytes(file, error=SourceError)


def _verify_length(manuscript: Manuscript, file: Path, project: Project) -> None:
    """Refuse what no document may be, before time is spent on writing it."""
    length = sum(len(plain_text(content)) for content in contents(manuscript.blocks))
    largest = project.config.limits.document_bytes
    if length > largest:
        raise SourceError(
            _("The text has {number} characters; a document may have {maximum}").format(
                number=length, maximum=largest
            ),
            location=Location(str(file)),
            remedy=raised(_("Divide it into several documents"), "document_bytes"),
        )


def _beside(file: Path) -> Callable[[str], bytes | None]:
    """Return what reads the pictures of a page: files below its folder, and no others."""
    folder = file.parent.resolve()

    def read(path: str) -> bytes | None:
        try:
            found = (folder / path).resolve()
            is_picture = found.is_relative_to(folder) and found.is_file()
            return found.read_bytes() if is_picture and found.stat().st_size <= LARGEST else None
        except (OSError, ValueError):
            return None

    return read


# ---------------------------------------------------------------- name


UNSAFE = pattern(r"[^\w.-]+")


def name_of(file: Path) -> str:
    """Return the name of a document that is made of a file."""
    return UNSAFE.sub("-", file.stem).strip("-._") or "report"


def _verify_name(name: str) -> None:
    if UNSAFE.search(name) or name.startswith("."):
        raise SourceError(
            _("“{name}” cannot be the name of a document").format(name=name),
            remedy=_("Use letters, digits, hyphens and points: --name annual-report"),
        )
    verify_name(name, f"source/{name}.md")


# ---------------------------------------------------------------- wishes and properties


def _as_wished(manuscript: Manuscript, wishes: Wishes, project: Project) -> Manuscript:
    wished = {name: value for name in ("title", "date") if (value := getattr(wishes, name))}
    if "date" in wished:
        _verify_date(wished["date"])
    lang, origin = _language(manuscript, wishes.lang, project)
    origins = {**manuscript.origins, **dict.fromkeys(wished, _("as you say"))}
    losses = manuscript.losses
    if wishes.title and manuscript.title and wishes.title != manuscript.title:
        lost = Loss(kind=LossKind.PROPERTY, place=_("title"), text=manuscript.title)
        losses = (*losses, lost)
    manuscript = replace(manuscript, **wished, lang=lang, losses=losses)
    return replace(manuscript, origins={**origins, "language": origin})


def _verify_date(text: str) -> None:
    try:
        date.fromisoformat(text)
    except ValueError:
        raise SourceError(
            _("“{text}” is not a date").format(text=text),
            remedy=_("Write it as in --date 2025-03-14"),
        ) from None


def _language(manuscript: Manuscript, wished: str, project: Project) -> tuple[str, str]:
    """Return the language of a document, and what says so.

    Raises:
        SourceError: The text is in another script than the language is written in.
    """
    own = project.config.project.source_language
    if wished:
        return normalize_tag(wished), _("as you say")
    lang, origin = own, _("that of the project")
    known = _known_tag(manuscript.lang)
    match = next((tag for tag in project.languages if known and same_language(tag, known)), None)
    if match:
        lang, origin = match, _("the properties of the file")
    _verify_script(manuscript, lang)
    return lang, origin


def _known_tag(tag: str) -> str:
    try:
        return normalize_tag(tag) if tag else ""
    except ConfigError:
        return ""


def _verify_script(manuscript: Manuscript, lang: str) -> None:
    texts = (plain_text(content) for content in contents(manuscript.blocks))
    letters = [sign for sign in "".join([manuscript.title, *texts])[:20_000] if sign.isalpha()]
    han = sum(
        character_name(sign, "").startswith(("CJK", "HIRAGANA", "KATAKANA")) for sign in letters
    )
    is_han = han * 2 > len(letters)
    if letters and is_han != (script(lang) in HAN_SCRIPTS):
        raise SourceError(
            _("The text does not look like {language}").format(language=language_name(lang)),
            remedy=_("Say in which language it is, as in --lang zh"),
        )


HAN_SCRIPTS = frozenset({"Hans", "Hant", "Jpan", "Hani", "Kore"})


# ---------------------------------------------------------------- front matter


def _front_matter(manuscript: Manuscript, project: Project) -> str:
    own = project.config.project.source_language
    fields = {"title": manuscript.title}
    fields |= {"subtitle": manuscript.subtitle} if manuscript.subtitle else {}
    fields |= {"kicker": manuscript.kicker} if manuscript.kicker else {}
    fields |= {"date": manuscript.date}
    fields |= {"dateline": manuscript.dateline} if manuscript.dateline else {}
    fields |= {"language": manuscript.lang} if not same_language(manuscript.lang, own) else {}
    notes = {
        "title": _("To be filled in: the headline."),
        "date": _("To be filled in: the day of publication, such as 2025-03-14."),
    }
    return format_front_matter(
        fields, notes={name: note for name, note in notes.items() if not fields[name]}
    )


STAND_INS = {"title": "?", "date": "2000-01-01"}


def _to_fill_in(text: str, path: Path, manuscript: Manuscript, project: Project) -> Iterator[str]:
    """Yield what keeps the document from being extracted, by reading it as extraction does."""
    place = path.relative_to(project.config.root).as_posix()
    if not manuscript.title:
        yield _("{place}: the title").format(place=place)
    if not manuscript.date:
        yield _("{place}: the date").format(place=place)
    own = project.config.project.source_language
    for name, value in STAND_INS.items():
        text = text.replace(f"\n{name}:\n", f"\n{name}: '{value}'\n", 1)
    try:
        parse_document(text.encode(), path=place, default_lang=own, limits=project.config.limits)
    except SourceError as error:
        yield f"{error}. {error.remedy or ''}".strip()
