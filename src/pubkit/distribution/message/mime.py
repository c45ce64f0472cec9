"""The parts of a message as bytes: every line ends with CRLF and has at most 76 signs.

A part is made once where all messages share it: of ten thousand messages with one PDF, the PDF is
encoded for the first.

Source:
    RFC 2045 (encodings), RFC 2046 (multipart), RFC 2183 and RFC 2231 (names of files).
"""

from binascii import b2a_base64, b2a_qp
from collections.abc import Sequence
from hashlib import sha256
from urllib.parse import quote

from pubkit.distribution.message.headers import encoded_words

LINE = 76
QUOTED, BASE64 = "quoted-printable", "base64"


def text_encoding(text: str) -> str:
    """Return the encoding in which a text is shorter."""
    return QUOTED if len(quoted_printable(text)) <= len(base64_lines(text.encode())) else BASE64


def text_part(text: str, *, subtype: str, encoding: str) -> bytes:
    """Return a part of text, its lines separated by line feeds until now."""
    lines = text if text.endswith("\n") else f"{text}\n"
    is_quoted = encoding == QUOTED
    body = quoted_printable(lines) if is_quoted else base64_lines(_with_crlf(lines).encode())
    head = (
        f"Content-Type: text/{subtype}; charset=utf-8\r\n"
        f"Content-Transfer-Encoding: {encoding}\r\n\r\n"
    )
    return head.encode() + body


def pdf_part(pdf: bytes, *, name: str) -> bytes:
    """Return an attached PDF."""
    head = (
        f"Content-Type: application/pdf;\r\n {_type_name(name)}\r\n"
        "Content-Transfer-Encoding: base64\r\n"
        f"Content-Disposition: attachment;\r\n {_file_name(name)}\r\n\r\n"
    )
    return head.encode() + base64_lines(pdf)


def multipart(parts: Sequence[bytes], *, subtype: str, boundary: str) -> bytes:
    """Return parts as one: its own fields, and the parts between boundaries.

    Args:
        parts: Each ends with CRLF.
        subtype: ``mixed`` or ``alternative``.
        boundary: As ``make_boundary`` made it.
    """
    return multipart_head(subtype, boundary) + joined(parts, boundary=boundary)


def multipart_head(subtype: str, boundary: str) -> bytes:
    """Return the fields of a multipart, and the empty line that ends them."""
    return f'Content-Type: multipart/{subtype};\r\n boundary="{boundary}"\r\n\r\n'.encode()


def joined(parts: Sequence[bytes], *, boundary: str) -> bytes:
    """Return parts with the boundaries before, between and behind them."""
    start, end = f"--{boundary}\r\n".encode(), f"--{boundary}--\r\n".encode()
    return b"".join((*(piece for part in parts for piece in (start, part)), end))


def make_boundary(*seeds: str) -> str:
    """Return a boundary that stands in no part, and is the same for the same seeds.

    Quoted-printable writes an equals sign before hexadecimal digits or at the end of a line alone,
    base64 at the end alone, and none of our headers has two signs as these.
    """
    return f"=_{sha256(repr(seeds).encode()).hexdigest()[:24]}"


def encoded_size(size: int) -> int:
    """Return how many bytes a file of this size has in a message."""
    signs = (size + 2) // 3 * 4
    return signs + (signs + LINE - 1) // LINE * 2


# ---------------------------------------------------------------- encodings


def quoted_printable(text: str) -> bytes:
    """Return a text in ASCII that stays readable where it was; its lines end with line feeds."""
    return b2a_qp(text.encode(), istext=True).replace(b"\n", b"\r\n")


def base64_lines(data: bytes) -> bytes:
    """Return bytes in ASCII, in lines."""
    signs = b2a_base64(data, newline=False)
    lines = [signs[start : start + LINE] for start in range(0, len(signs), LINE)]
    return b"\r\n".join((*lines, b"")) if lines else b"\r\n"


def _with_crlf(text: str) -> str:
    return text.replace("\n", "\r\n")


# ---------------------------------------------------------------- names of files


def _type_name(name: str) -> str:
    """Return the parameter ``name``, which some programs look for first."""
    if _is_plain(name):
        return f'name="{name}"'
    return 'name="' + "\r\n ".join(encoded_words(name, first=LINE - len(' name="";'))) + '"'


def _file_name(name: str) -> str:
    """Return the parameter ``filename``; beside an encoded one no plain one, which would win."""
    if _is_plain(name):
        return f'filename="{name}"'
    pieces = _pieces(name)
    if len(pieces) == 1:
        return f"filename*=utf-8''{pieces[0]}"
    numbered = [f"filename*{number}*={piece}" for number, piece in enumerate(pieces)]
    return ";\r\n ".join(numbered).replace("*0*=", "*0*=utf-8''", 1)


def _pieces(name: str) -> list[str]:
    """Return a name in percent signs, cut between its characters so that each fits on a line."""
    pieces = [""]
    for character in name:
        shown = quote(character, safe="")
        if len(pieces[-1]) + len(shown) > LINE - len(" filename*10*=utf-8'';"):
            pieces.append("")
        pieces[-1] += shown
    return pieces


def _is_plain(name: str) -> bool:
    return name.isascii() and name.isprintable() and '"' not in name and "\\" not in name
