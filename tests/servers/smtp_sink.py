"""An SMTP server that takes everything, fails as it is told, and writes down the truth.

::

    python smtp_sink.py PLAN

A program of its own, which needs nothing but Python: a process that is killed beside it, or with
it, cannot change what it has written. Before it says 250 to a message, a line of its log has the
Message-ID, the recipient and the size, separated by tabs.

The plan is JSON: the fields of ``Plan``.
"""

import base64
import json
import os
import random
import re
import socket
import ssl
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

MESSAGE_ID = re.compile(rb"^Message-ID:\s*(<[^>\r\n]+>)", re.IGNORECASE | re.MULTILINE)
ADDRESS = re.compile(r"<([^>]*)>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What goes wrong, where, and how often."""

    at: str
    """``connect``, ``ehlo``, ``mail``, ``rcpt``, ``data``, ``body`` (in the midst of the message)
    or ``dot``."""
    reply: str = ""
    """Whatever it says instead of the usual: its characters are bytes, its end is added."""
    repeat: int = 1
    """How often it says so, to flood whoever reads it; then no end is added."""
    then: str = "go on"
    """``go on``, ``drop`` the connection, ``reset`` it, or ``stall`` until the other one leaves."""
    accepts: bool = False
    """At ``dot``: whether it takes the message nevertheless."""
    address: str = ""
    """The recipients (from ``rcpt`` on) at whom it fails: a regular expression."""
    chance: float = 1.0
    """How probable it is."""
    after: int = 0
    """How many messages of the same connection go well before."""
    times: int = 0
    """How often it fails before it goes well for ever; 0 for always."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How a sink behaves."""

    folder: str
    """Where ``truth.tsv``, ``commands`` and ``port`` are written."""
    port: int = 0
    """0 for one that is free."""
    seed: int = 1
    faults: tuple[Fault, ...] = ()
    """The first one that fits is taken."""
    certificate: str = ""
    """A file with a certificate and its key."""
    is_implicit: bool = False
    """Whether TLS is spoken from the beginning, and not after STARTTLS."""
    passwords: dict[str, str] = field(default_factory=dict)
    """By user; without them nobody has to say who they are."""
    keeps: bool = False
    """Whether each message is kept, as ``NUMBER.eml``."""
    syncs: bool = False
    """Whether the log is on the disk before the answer, and not only out of this process."""
    extensions: tuple[str, ...] = ("8BITMIME", "SMTPUTF8", "SIZE 50000000")
    begins_for_nobody: bool = False
    """Whether a message may begin that has no recipient (RFC 2920, 3.1)."""


class GoneError(Exception):
    """The connection is over."""


class Sink:
    """What all connections share."""

    def __init__(self, plan: Plan) -> None:
        folder = Path(plan.folder)
        self.plan = plan
        self.lock = threading.Lock()
        self.random = random.Random(plan.seed)
        self.happened = Counter[int]()
        self.accepted = 0
        self.truth = (folder / "truth.tsv").open("ab", buffering=0)
        self.commands = (folder / "commands").open("ab", buffering=0)

    def fault(self, stage: str, recipient: str, messages: int) -> Fault | None:
        """Return what goes wrong now, if anything does."""
        for number, fault in enumerate(self.plan.faults):
            if fault.at != stage or messages < fault.after:
                continue
            if not re.search(fault.address, recipient):
                continue
            with self.lock:
                if fault.times and self.happened[number] >= fault.times:
                    continue
                if self.random.random() >= fault.chance:
                    continue
                self.happened[number] += 1
            return fault
        return None

    def accept(self, recipients: list[str], message: bytes) -> None:
        """Write down that a message was taken, for good."""
        found = MESSAGE_ID.search(message)
        name = found[1].decode("latin-1") if found else "-"
        lines = "".join(f"{name}\t{recipient}\t{len(message)}\n" for recipient in recipients)
        with self.lock:
            self.accepted += 1
            if self.plan.keeps:
                Path(self.plan.folder, f"{self.accepted:06}.eml").write_bytes(message)
            self.truth.write(lines.encode())
            if self.plan.syncs:
                os.fdatasync(self.truth.fileno())


class Session:
    """One connection."""

    def __init__(self, sink: Sink, connection: socket.socket) -> None:
        self.sink = sink
        self.connection = connection
        self.buffer = b""
        self.messages = 0
        self.is_known = not sink.plan.passwords
        self.recipients: list[str] = []
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def serve(self) -> None:
        """Converse until one of the two leaves."""
        try:
            if self.sink.plan.is_implicit:
                self.encrypt()
            self.answer("connect", "220 sink.test ESMTP")
            while True:
                self.obey(self.read_line().decode("utf-8", "replace"))
        except (GoneError, OSError):
            pass
        finally:
            self.connection.close()

    def obey(self, line: str) -> None:
        """Do what a command says."""
        with self.sink.lock:
            self.sink.commands.write(f"{line}\n".encode())
        verb = line[:4].upper()
        act = getattr(self, f"do_{verb.lower()}", None)
        if act is None:
            self.send("502 5.5.1 what?")
        elif verb in ("MAIL", "RCPT", "DATA") and not self.is_known:
            self.send("530 5.7.0 who are you?")
        else:
            act(line)

    def do_ehlo(self, _line: str) -> None:
        """Name the extensions."""
        plan, encrypted = self.sink.plan, isinstance(self.connection, ssl.SSLSocket)
        names = ["sink.test", *plan.extensions]
        if plan.certificate and not encrypted:
            names.append("STARTTLS")
        if plan.passwords:
            names.append("AUTH PLAIN")
        lines = [f"250-{name}" for name in names[:-1]] + [f"250 {names[-1]}"]
        self.answer("ehlo", "\r\n".join(lines))

    def do_helo(self, _line: str) -> None:
        """Greet back."""
        self.answer("ehlo", "250 sink.test")

    def do_star(self, _line: str) -> None:
        """STARTTLS."""
        if not self.sink.plan.certificate:
            self.send("502 5.5.1 no")
            return
        self.send("220 go ahead")
        self.encrypt()

    def do_auth(self, line: str) -> None:
        """AUTH PLAIN."""
        parts = line.split()
        said = parts[2] if len(parts) > 2 else self.ask("334 ")
        _identity, user, password = base64.b64decode(said).decode().split("\0")
        self.is_known = self.sink.plan.passwords.get(user) == password
        self.send("235 2.7.0 welcome" if self.is_known else "535 5.7.8 wrong")

    def do_mail(self, _line: str) -> None:
        """Begin a message."""
        self.recipients = []
        self.answer("mail", "250 2.1.0 ok")

    def do_rcpt(self, line: str) -> None:
        """Take a recipient."""
        found = ADDRESS.search(line)
        recipient = found[1] if found else ""
        if self.answer("rcpt", "250 2.1.5 ok", recipient):
            self.recipients.append(recipient)

    def do_data(self, _line: str) -> None:
        """Take a message."""
        if not self.recipients and not self.sink.plan.begins_for_nobody:
            self.send("503 5.5.1 for whom?")
            return
        recipient = self.recipients[0] if self.recipients else ""
        if not self.answer("data", "354 go ahead", recipient):
            return
        if fault := self.sink.fault("body", recipient, self.messages):
            self.receive()
            self.suffer(fault)
        message = self.read_message()
        fault = self.sink.fault("dot", recipient, self.messages)
        if fault is None or fault.accepts:
            self.sink.accept(self.recipients, message)
        self.messages += 1
        if fault is None:
            self.send("250 2.0.0 taken")
        else:
            self.suffer(fault)

    def do_rset(self, _line: str) -> None:
        """Forget the message."""
        self.recipients = []
        self.send("250 2.0.0 ok")

    def do_noop(self, _line: str) -> None:
        """Be alive."""
        self.send("250 2.0.0 ok")

    def do_quit(self, _line: str) -> None:
        """Say goodbye."""
        self.send("221 2.0.0 bye")
        raise GoneError

    def answer(self, stage: str, usual: str, recipient: str = "") -> bool:
        """Say the usual, or what a fault wants; return whether all is well."""
        fault = self.sink.fault(stage, recipient, self.messages)
        if fault is None:
            self.send(usual)
            return True
        self.suffer(fault)
        return False

    def suffer(self, fault: Fault) -> None:
        """Fail."""
        reply = fault.reply.encode("latin-1")
        if reply and fault.repeat == 1 and not reply.endswith(b"\n"):
            reply += b"\r\n"
        many = max(1, 65536 // max(1, len(reply)))
        for start in range(0, fault.repeat, many):
            self.connection.sendall(reply * min(many, fault.repeat - start))
        if fault.then == "reset":
            linger = b"\1\0\0\0\0\0\0\0"
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        if fault.then == "stall":
            while self.connection.recv(65536):
                pass
        if fault.then != "go on":
            raise GoneError

    def ask(self, question: str) -> str:
        """Return the answer to a question."""
        self.send(question)
        return self.read_line().decode()

    def send(self, line: str) -> None:
        """Send one reply."""
        self.connection.sendall(f"{line}\r\n".encode())

    def encrypt(self) -> None:
        """Speak TLS from now on."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.sink.plan.certificate)
        self.connection = context.wrap_socket(self.connection, server_side=True)
        self.buffer = b""

    def receive(self) -> None:
        """Read what came, at least one byte."""
        found = self.connection.recv(262144)
        if not found:
            raise GoneError
        self.buffer += found

    def read_line(self) -> bytes:
        """Return a line without its end."""
        while b"\n" not in self.buffer:
            self.receive()
        line, _, self.buffer = self.buffer.partition(b"\n")
        return line.removesuffix(b"\r")

    def read_message(self) -> bytes:
        """Return a message without the dots that SMTP added."""
        chunks = b"\r\n" + self.buffer
        looked = 0
        while (end := chunks.find(b"\r\n.\r\n", looked)) < 0:
            looked = max(0, len(chunks) - 4)
            self.buffer = b""
            self.receive()
            chunks += self.buffer
        self.buffer = chunks[end + 5 :]
        return chunks[2 : end + 2].replace(b"\r\n..", b"\r\n.")


def main() -> None:
    """Serve for ever."""
    fields = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    fields["faults"] = tuple(Fault(**fault) for fault in fields.get("faults", ()))
    plan = Plan(**fields)
    sink = Sink(plan)
    listener = socket.create_server(("127.0.0.1", plan.port), backlog=100)
    whole = Path(plan.folder, "port.new")
    whole.write_text(str(listener.getsockname()[1]), "ascii")
    whole.rename(Path(plan.folder, "port"))
    while True:
        try:
            connection, _address = listener.accept()
        except OSError:
            time.sleep(0.01)
            continue
        threading.Thread(target=Session(sink, connection).serve, daemon=True).start()


if __name__ == "__main__":
    main()
