"""Certificates of an authority that only the tests trust."""

from dataclasses import dataclass
from pathlib import Path

import trustme


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """The files of a server's certificate."""

    authority: Path
    """What a client has to trust, as ``SSL_CERT_FILE``."""
    chain: Path
    key: Path
    both: Path
    """Key and chain, in this order."""


def make_certificate(folder: Path, *names: str) -> Certificate:
    """Make a certificate for these names in an existing folder."""
    authority = trustme.CA()
    issued = authority.issue_cert(*names)
    made = Certificate(
        authority=folder / "authority.pem",
        chain=folder / "chain.pem",
        key=folder / "key.pem",
        both=folder / "both.pem",
    )
    authority.cert_pem.write_to_path(str(made.authority))
    issued.private_key_pem.write_to_path(str(made.key))
    issued.private_key_and_cert_chain_pem.write_to_path(str(made.both))
    chain = b"".join(part.bytes() for part in issued.cert_chain_pems)
    made.chain.write_bytes(chain)
    return made
