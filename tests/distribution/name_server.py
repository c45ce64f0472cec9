"""A name server on loopback that knows what a test tells it."""

import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import dns.flags
import dns.message
import dns.rcode
import dns.rrset

from pubkit.distribution.domain_records import DomainRecords

Zone = Mapping[tuple[str, str], tuple[str, ...]]
"""Records by name and type, as zone files write them; ``("name", "FAIL")`` fails."""


@contextmanager
def serve_names(zone: Zone, *, is_worldly: bool = True) -> Iterator[DomainRecords]:
    """Run a name server, and give what asks it; one of a closed network knows no root."""
    zone = {**zone, (".", "NS"): ("a.root-servers.example.",)} if is_worldly else zone
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind(("127.0.0.1", 0))
        thread = threading.Thread(target=_serve, args=(server, zone), daemon=True)
        thread.start()
        port = server.getsockname()[1]
        try:
            yield DomainRecords(nameservers=("127.0.0.1",), port=port, seconds=5)
        finally:
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
                client.sendto(b"", ("127.0.0.1", port))
            thread.join(5)


def _serve(server: socket.socket, zone: Zone) -> None:
    while True:
        data, client = server.recvfrom(4096)
        if not data:
            return
        server.sendto(_answer(dns.message.from_wire(data), zone).to_wire(), client)


def _answer(query: dns.message.Message, zone: Zone) -> dns.message.Message:
    answer = dns.message.make_response(query)
    answer.flags |= dns.flags.RA
    question = query.question[0]
    name = question.name.to_text(omit_final_dot=True).lower()
    kind = question.rdtype.name  # type: ignore[attr-defined]
    if (name, "FAIL") in zone:
        answer.set_rcode(dns.rcode.SERVFAIL)
    elif texts := zone.get((name, kind)):
        answer.answer.append(dns.rrset.from_text(question.name, 60, "IN", kind, *texts))
    elif not any(known == name for known, _kind in zone):
        answer.set_rcode(dns.rcode.NXDOMAIN)
    return answer
