"""E-mail addresses: accepted in one spelling, or refused with what is wrong and what is meant.

Nothing is looked up: whether a mailbox exists, its server says. Names that only machines of one's
own or of a test have, such as ``host.localhost`` and ``example.test``, are addresses like others.
The only importer of email_validator.

Source:
    RFC 5321, 4.1.2; RFC 5891 (IDNA 2008); RFC 6531 (internationalized local parts).
"""

import re
import unicodedata
from collections.abc import Iterator

from pubkit.errors import AddressError
from pubkit.messages import gettext as _
from pubkit.messages import shortened

LONGEST = 254
"""Octets of an address: RFC 5321, 4.5.3.1.3, with erratum 1690 of RFC 3696."""
LONGEST_LOCAL_PART = 64
LONGEST_DOMAIN = 253

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"(?!..--)[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
PLAIN = re.compile(rf"({_ATOM}(?:\.{_ATOM})*)@((?:{_LABEL}\.)+{_LABEL}(?<=[A-Za-z]))")
"""Addresses in ASCII, nearly all of them: to ask the library takes thirty times as long."""
RESERVED = frozenset(("localhost", "test", "local", "invalid", "onion"))
"""Last labels that the library takes for no address, since the world does not know them."""
_BESIDE = ".example"
"""What lets the library judge a domain with such a label."""


def parse_address(text: str) -> str:
    """Return an address as it is kept: its domain in ASCII and small letters.

    The local part stays as it was written, in NFC. What is parsed once is parsed to itself.

    Raises:
        AddressError: It is none; the remedy says which may be meant.
    """
    stripped = text.strip(" \t\xa0\u3000")
    match = PLAIN.fullmatch(stripped)
    if match and _is_short(match[1], match[2]):
        return f"{match[1]}@{match[2].lower()}"
    fault = next(_faults(stripped), None)
    if fault is None:
        address, fault = _judge(stripped)
        if address:
            return address
    raise AddressError(
        _("“{address}” is no address: {reason}").format(address=quoted(stripped), reason=fault),
        reason=_("no address: {reason}").format(reason=fault),
        remedy=_remedy(stripped),
    )


def needs_smtputf8(address: str) -> bool:
    """Tell whether only servers with SMTPUTF8 take mail for an address."""
    return not address.isascii()


def quoted(text: str) -> str:
    """Return a text as messages show it: without signs that would hide or turn around others."""
    visible = (letter if letter.isprintable() else f"<U+{ord(letter):04X}>" for letter in text)
    return shortened("".join(visible))


def _is_short(local: str, domain: str) -> bool:
    is_short = len(local) <= LONGEST_LOCAL_PART and len(domain) <= LONGEST_DOMAIN
    return is_short and len(local) + len(domain) < LONGEST


def _judge(text: str) -> tuple[str, str]:
    """Return the address that the library makes of a text, or why it makes none."""
    from email_validator import EmailNotValidError, validate_email

    local, _at, domain = text.rpartition("@")
    is_reserved = domain.lower().rpartition(".")[2] in RESERVED
    try:
        found = validate_email(
            text + (_BESIDE if is_reserved else ""),
            check_deliverability=False,
            allow_smtputf8=True,
            allow_quoted_local=False,
            allow_domain_literal=False,
            allow_display_name=False,
            globally_deliverable=True,
            strict=True,
        )
    except EmailNotValidError as error:
        return "", str(error)
    ascii_domain = (found.ascii_domain or "").lower().removesuffix(_BESIDE if is_reserved else "")
    address = f"{unicodedata.normalize('NFC', local)}@{ascii_domain}"
    if len(address.encode()) > LONGEST:
        return "", _("it is longer than {most} bytes").format(most=LONGEST)
    return address, ""


# ---------------------------------------------------------------- what is wrong

AT_IN_WORDS = re.compile(r"\s*[\[({（]\s*(?:at|@)\s*[\])}）]\s*|\s+at\s+", re.IGNORECASE)
SCHEME = re.compile(r"(?:mailto|e-?mail)\s*[:：]\s*", re.IGNORECASE)
BRACKETED = re.compile(r"[^<＜]*[<＜]([^<>＜＞]*)[>＞]\s*")
SEVERAL = re.compile(r"[^@＠]+[@＠][^@＠]+[\s,;/|，；、]+[^@＠]+[@＠][^@＠]+", re.DOTALL)


def _faults(text: str) -> Iterator[str]:
    """Yield what people and spreadsheet programs do to addresses, the most telling first."""
    if not text:
        yield _("it is empty")
    yield from _faults_of_signs(text)
    if SCHEME.match(text):
        yield _("it begins as a link does")
    if BRACKETED.fullmatch(text):
        yield _("it has a name beside it")
    if SEVERAL.fullmatch(text):
        yield _("there is more than one")
    if unicodedata.normalize("NFKC", text) != unicodedata.normalize("NFC", text) or "。" in text:
        yield _("it has signs of another width, as Chinese keyboards write them")
    yield from _faults_of_parts(text)


def _faults_of_signs(text: str) -> Iterator[str]:
    """Yield signs that no address has, and that may not be seen."""
    for letter in text:
        category = unicodedata.category(letter)
        if category in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"):
            yield _("it has the invisible sign {code}").format(code=f"U+{ord(letter):04X}")
        elif letter == "\ufffd":
            yield _("a letter of it was lost when it was saved")


def _faults_of_parts(text: str) -> Iterator[str]:
    local, at, domain = text.partition("@")
    if not at:
        yield _("it has no @")
    if "@" in domain:
        yield _("it has more than one @")
    if any(letter.isspace() for letter in text):
        yield _("it has a blank")
    if "," in domain:
        yield _("it has a comma instead of a dot")
    if not local:
        yield _("nothing stands before the @")
    if not domain:
        yield _("it has no domain after the @")
    if any(part.startswith(".") or part.endswith(".") for part in (local, domain)) or ".." in text:
        yield _("a dot is at the wrong place")
    if "." not in domain and domain.lower() not in RESERVED:
        yield _("its domain has no dot")
    strange = next(filter(_is_strange, local), None)
    if strange:
        yield _("no address has the sign “{sign}”").format(sign=strange)


def _is_strange(letter: str) -> bool:
    """Tell whether a sign is neither ASCII nor one that words are written with."""
    return not letter.isascii() and unicodedata.category(letter)[0] not in "LMN"


# ---------------------------------------------------------------- what is meant


def _remedy(text: str) -> str:
    """Return what to do, with the address that seems to be meant if there is one."""
    if SEVERAL.fullmatch(text):
        return _("Give each address a row of its own")
    meant = _mended(text)
    if meant != text and next(_faults(meant), None) is None and (found := _judge(meant)[0]):
        return _("If {address} is meant, write that and nothing else").format(address=found)
    return _("Write it as in anna@example.org")


def _mended(text: str) -> str:
    bracketed = BRACKETED.fullmatch(text)
    inner = SCHEME.sub("", bracketed[1] if bracketed else text, count=1)
    usual = unicodedata.normalize("NFKC", inner).translate({0x3002: ".", 0x2019: "'", 0x2018: "'"})
    visible = "".join(letter for letter in usual if unicodedata.category(letter)[0] != "C")
    local, at, domain = AT_IN_WORDS.sub("@", visible).partition("@")
    packed = "".join(f"{local}{at}{domain.replace(',', '.')}".split())
    return re.sub(r"\.{2,}", ".", packed).strip(".,;:")
