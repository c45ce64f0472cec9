"""What an office writes in an afternoon: send to everyone who is not in sent.txt yet.

::

    python naive.py PORT MEMBERS.csv PDF SENT.txt

The peer of the benchmark: no ledger, no second phase.
"""

import csv
import smtplib
import sys
from email.message import EmailMessage
from email.utils import make_msgid
from pathlib import Path


def main() -> None:
    """Send."""
    port, members, pdf, sent = sys.argv[1:]
    done = set(Path(sent).read_text("utf-8").split()) if Path(sent).exists() else set()
    data = Path(pdf).read_bytes()
    with (
        open(members, encoding="utf-8", newline="") as rows,  # noqa: PTH123
        open(sent, "a", encoding="utf-8") as log,  # noqa: PTH123
        smtplib.SMTP("127.0.0.1", int(port)) as client,
    ):
        for row in csv.DictReader(rows):
            if row["email"] in done:
                continue
            message = EmailMessage()
            message["From"] = "press@library.example"
            message["To"] = f"{row['name']} <{row['email']}>"
            message["Subject"] = "Our report"
            message["Message-ID"] = make_msgid(domain="library.example")
            message.set_content("Dear member, here is our report.")
            message.add_attachment(data, maintype="application", subtype="pdf")
            client.send_message(message)
            log.write(row["email"] + "\n")


if __name__ == "__main__":
    main()
