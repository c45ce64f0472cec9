"""What names a message and answers to it: its Message-ID, and tokens only the ledger can make.

A token holds the number of a delivery, hidden and signed with the ledger's secret. It holds no
address, so whoever sees it learns nothing, and nobody can make one up. It is written in small
letters and digits, since mail servers change the case of addresses.
"""

import hashlib
import hmac
import re
from base64 import b32decode, b32encode

from pubkit.errors import DeliveryError
from pubkit.messages import gettext as _
from pubkit.values import dataclass

NUMBER_BYTES = 6
SIGNATURE_BYTES = 9
"""72 bits: nobody guesses one, and number and signature are whole groups of base 32."""
TOKEN_LENGTH = (NUMBER_BYTES + SIGNATURE_BYTES) * 8 // 5
LONGEST_LOCAL_PART = 64
"""RFC 5321, 4.5.3.1.1."""
BOUNCE = "b"
UNSUBSCRIPTION = "u"
TOKEN = re.compile(rf"[a-z2-7]{{{TOKEN_LENGTH}}}")
OWN_ADDRESS = re.compile(rf".+\+(?P<kind>[bu])-(?P<token>{TOKEN.pattern})@[^@]+", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Identity:
    """What a ledger signs with: every name that it gives is the same on every attempt."""

    secret: bytes

    def __post_init__(self) -> None:
        if not self.secret:
            raise ValueError("an empty secret signs nothing")

    def __repr__(self) -> str:
        return "Identity(…)"

    def message_id(self, document: str, number: int, key: str, *, domain: str) -> str:
        """Return the Message-ID of a document's campaign for one member.

        Args:
            document: Its name.
            number: The campaign's among those of the document.
            key: What all spellings of the member's address share.
            domain: The sender's, in ASCII.
        """
        # The lengths keep two campaigns apart whose parts would join to the same text.
        parts = [text.encode("utf-8", "surrogatepass") for text in (document, str(number), key)]
        digest = self._sign("message", b"".join(b"%d:%b" % (len(part), part) for part in parts))
        return f"<{_base32(digest[:20])}@{domain}>"

    def unsubscribe_token(self, delivery_id: int) -> str:
        """Return what a member's own address for leaving ends with."""
        return self._token(UNSUBSCRIPTION, delivery_id)

    def read_unsubscribe_token(self, token: str) -> int | None:
        """Return the delivery of a token, or None if it is not one of ours."""
        return self._read(UNSUBSCRIPTION, token)

    def return_address(self, base: str, delivery_id: int) -> str:
        """Return where bounces of one delivery go: ``bounces+b-TOKEN@example.org``.

        Raises:
            DeliveryError: The base is no address, or leaves no room for a token.
        """
        return _with_token(base, BOUNCE, self._token(BOUNCE, delivery_id))

    def read_return_address(self, address: str) -> int | None:
        """Return the delivery that an address stands for, or None if it is none of ours."""
        return self._read_address(address, BOUNCE)

    def unsubscribe_address(self, base: str, delivery_id: int) -> str:
        """Return where a member writes to leave: ``bounces+u-TOKEN@example.org``.

        Raises:
            DeliveryError: The base is no address, or leaves no room for a token.
        """
        return _with_token(base, UNSUBSCRIPTION, self._token(UNSUBSCRIPTION, delivery_id))

    def read_unsubscribe_address(self, address: str) -> int | None:
        """Return the delivery whose member wrote to this address, or None if it is none of ours."""
        return self._read_address(address, UNSUBSCRIPTION)

    def _token(self, kind: str, delivery_id: int) -> str:
        number = delivery_id.to_bytes(NUMBER_BYTES)
        signature = self._sign(f"{kind} signature", number)[:SIGNATURE_BYTES]
        return _base32(signature + self._hide(kind, number, signature))

    def _read(self, kind: str, token: str) -> int | None:
        text = token.lower()
        if not TOKEN.fullmatch(text):
            return None
        data = b32decode(text.upper())
        signature, hidden = data[:SIGNATURE_BYTES], data[SIGNATURE_BYTES:]
        number = self._hide(kind, hidden, signature)
        expected = self._sign(f"{kind} signature", number)[:SIGNATURE_BYTES]
        return int.from_bytes(number) if hmac.compare_digest(signature, expected) else None

    def _read_address(self, address: str, kind: str) -> int | None:
        found = OWN_ADDRESS.fullmatch(address.strip().strip("<>").lower())
        return self._read(kind, found["token"]) if found and found["kind"] == kind else None

    def _hide(self, kind: str, number: bytes, signature: bytes) -> bytes:
        """Hide a number, or show a hidden one: the signature is new for each number."""
        pad = self._sign(f"{kind} pad", signature)
        return bytes(a ^ b for a, b in zip(number, pad, strict=False))

    def _sign(self, purpose: str, data: bytes) -> bytes:
        key = hmac.digest(self.secret, purpose.encode(), hashlib.sha256)
        return hmac.digest(key, data, hashlib.sha256)


def _with_token(base: str, kind: str, token: str) -> str:
    local, at, domain = base.rpartition("@")
    name = f"{local}+{kind}-{token}"
    if not (local and at and domain) or len(name.encode()) > LONGEST_LOCAL_PART:
        room = LONGEST_LOCAL_PART - len(f"+{kind}-{token}")
        raise DeliveryError(
            _("“{address}” cannot take the token of a member").format(address=base),
            remedy=_(
                "Set bounces in [mail] to an address with at most {number} letters before the @"
            ).format(number=room),
        )
    return f"{name}@{domain}"


def _base32(data: bytes) -> str:
    return b32encode(data).decode().rstrip("=").lower()
