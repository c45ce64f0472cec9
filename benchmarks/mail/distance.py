"""What the way to a server costs: how long a message takes where answers need their time."""

import smtplib
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

from pubkit.distribution.message.composing import Envelope
from pubkit.distribution.smtp.connection import connect
from pubkit.distribution.smtp.server import Security, Server

HEAD = """\
| round trip | pubkit | without PIPELINING | smtplib |
| ---: | ---: | ---: | ---: |"""
HOST = "127.0.0.1"
ROUND_TRIPS = (0.0, 0.005, 0.02, 0.1)
"""Seconds: this machine, this town, this continent, the other one."""
MESSAGES = 30
DATA = b"Subject: Hello\r\n\r\n" + b"MDEyMzQ1Njc4OWFiY2RlZg\r\n" * 10_000
ENVELOPE = Envelope(sender="office@example.org", recipient="member@example.net", data=DATA)


@dataclass(slots=True)
class FarServer:
    """Takes messages; each of its answers is on its way for some time."""

    round_trip: float
    extensions: bytes

    def start(self) -> int:
        """Return the port of a server that takes one connection."""
        listener = socket.create_server((HOST, 0))
        Thread(target=self._serve, args=(listener,), daemon=True).start()
        return int(listener.getsockname()[1])

    def _serve(self, listener: socket.socket) -> None:
        connected, _address = listener.accept()
        connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        received, is_in_message = b"", False
        self._say(connected, b"220 ready\r\n")
        while data := connected.recv(1 << 20):
            received += data
            if is_in_message and not received.endswith(b"\r\n.\r\n"):
                continue
            lines = [b"."] if is_in_message else received.split(b"\r\n")[:-1]
            received, is_in_message = b"", lines[-1].upper() == b"DATA"
            self._say(connected, b"".join(map(self._answer, lines)))

    def _answer(self, line: bytes) -> bytes:
        if line.upper().startswith(b"EHLO"):
            return b"250-far\r\n" + self.extensions + b"250 HELP\r\n"
        return b"354 go on\r\n" if line.upper() == b"DATA" else b"250 ok\r\n"

    def _say(self, connected: socket.socket, text: bytes) -> None:
        time.sleep(self.round_trip)
        connected.sendall(text)


def distance(_folder: Path) -> str:
    """Return a table of milliseconds for a message, by the time that an answer needs."""
    rows = [
        "| round trip | pubkit | without PIPELINING | smtplib |",
        "| ---: | ---: | ---: | ---: |",
    ]
    for seconds in ROUND_TRIPS:
        times = (
            _measure(_sender(FarServer(seconds, b"250-PIPELINING\r\n").start())),
            _measure(_sender(FarServer(seconds, b"").start())),
            _measure(_smtplib_sender(FarServer(seconds, b"250-PIPELINING\r\n").start())),
        )
        cells = " | ".join(f"{item * 1000:.1f} ms" for item in times)
        rows.append(f"| {seconds * 1000:.0f} ms | {cells} |")
    return "\n".join(rows)


def _measure(send: Callable[[], object]) -> float:
    began = time.perf_counter()
    for _number in range(MESSAGES):
        send()
    return (time.perf_counter() - began) / MESSAGES


def _sender(port: int) -> Callable[[], object]:
    connection = connect(Server(security=Security.PLAIN, host=HOST, port=port))

    def send() -> None:
        connection.offer(ENVELOPE)
        connection.finish()

    return send


def _smtplib_sender(port: int) -> Callable[[], object]:
    client = smtplib.SMTP(HOST, port, local_hostname="localhost")
    return lambda: client.sendmail(ENVELOPE.sender, [ENVELOPE.recipient], DATA)
