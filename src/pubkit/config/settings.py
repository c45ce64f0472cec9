"""What can be set: a table of pubkit.toml for each class, a key for each field.

Defaults < file < command line.
"""

from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from types import MappingProxyType

from pubkit.colours import ACCENT, INK, MUTE
from pubkit.config.limits import DEFAULT_LIMITS, Limits
from pubkit.values import dataclass

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
    source: str = "source"
    """The folder of the documents, as in ``src`` of a book."""
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
class MemorySettings:
    """``[memory]``: translations from elsewhere that ``pubkit extract`` draws on."""

    files: tuple[str, ...] = ()
    """Catalogs (.po), which are trusted, and translation memories (.tmx), which only propose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberSettings:
    """``[members]``: how a roster is read, and what a member reads whose language is not there."""

    columns: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Headings of the roster by what they hold: ``address``, ``name`` (or ``given_name`` and
    ``family_name``), ``title``, ``language``, ``groups``. Those that pubkit knows need not be
    named."""
    query: str = ""
    """The SQL that selects the members, where the roster is a database."""
    language: str = ""
    """The language of members for whom the roster names none."""
    fallback: tuple[str, ...] = ()
    """The languages, best first, for members in whose language there is no edition."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSettings:
    """``[mail]``: how editions reach the members; passwords come from the environment alone."""

    server: str = ""
    """As ``smtps://user@host:port``, ``smtp+starttls://…`` or ``smtp+plain://…``."""
    allow_plain: bool = False
    """Whether messages may go unencrypted to another machine."""
    dkim_selector: str = ""
    """The name of the key with which the server signs; ``pubkit doctor --mail`` looks for it."""
    sender: str = ""
    """The address in ``From``; without it, that of the document's contact."""
    reply_to: str = ""
    bounces: str = ""
    """Where bounces go; without it, to the sender."""
    verp: bool = True
    """Whether each member has an own return address, as in ``bounces+…@example.org``."""
    unsubscribe: str = ""
    """The address of pubkit's endpoint for unsubscription; without it, ``unsubscribe`` below the
    project's ``base_url``."""
    list_id: str = ""
    """As in ``members.example.org``; without it, made of the sender's domain."""
    ledger: str = ""
    """The SQLAlchemy URL of the ledger; without it, ``.pubkit/ledger.sqlite``."""
    largest_kilobytes: int = 7_000
    """A larger PDF is not attached: the message has a link to it."""
    domain_rate: int = 0
    """Messages a minute to one domain; 0 for as many as the server takes."""
    give_up_hours: int = 72
    """For how long a message that is put off is tried again."""
    in_doubt: str = "hold"
    """What is done about members who may have the message or not: ``hold`` leaves them alone,
    ``resend`` sends again, ``reconcile`` looks into ``log`` first."""
    log: str = ""
    """The log of the mail server, for ``reconcile``."""


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
    limits: Limits = DEFAULT_LIMITS
    memory: MemorySettings = field(default_factory=MemorySettings)
    members: MemberSettings = field(default_factory=MemberSettings)
    mail: MailSettings = field(default_factory=MailSettings)
    typefaces: Mapping[str, TypefaceSettings] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def source(self) -> Path:
        """The folder of the documents."""
        return self.root / self.project.source

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
    def outbox(self) -> Path:
        """The folder in which a dry run leaves its messages."""
        return self.root / "outbox"

    @property
    def refused(self) -> Path:
        """The folder of editions that failed their proof, for a look at them."""
        return self.root / ".pubkit" / "refused"

    @property
    def crashes(self) -> Path:
        """The folder of what pubkit's own faults have left behind."""
        return self.root / ".pubkit" / "crashes"

    @property
    def imports(self) -> Path:
        """The folder of the reports of what manuscripts had."""
        return self.root / ".pubkit" / "imports"

    @property
    def backup(self) -> Path:
        """The folder in which replaced files are kept."""
        return backup_folder(self.root)


def backup_folder(root: Path) -> Path:
    """Return where a project keeps replaced files, whether its settings can be read or not."""
    return root / ".pubkit" / "backup"


TABLES: Mapping[str, type] = {
    "project": ProjectSettings,
    "publisher": PublisherSettings,
    "render": RenderSettings,
    "checks": CheckSettings,
    "theme": ThemeSettings,
    "limits": Limits,
    "memory": MemorySettings,
    "members": MemberSettings,
    "mail": MailSettings,
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
IN_DOUBT = ("hold", "resend", "reconcile")
"""What can be done about a member who may have the message or not."""
MEMBER_COLUMNS = ("address", "name", "given_name", "family_name", "title", "language", "groups")
SPACINGS = ("tight", "spaced", "ignore")


def logo_file(folder: Path, name: str, lang: str) -> Path:
    """Return the logo of a language, ``logo.zh.svg``, or the one of all, ``logo.svg``."""
    path = folder / name
    own = path.with_name(f"{path.stem}.{lang}{path.suffix}")
    return own if own.is_file() else path
