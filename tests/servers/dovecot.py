"""Dovecot as Debian packs it: takes mail over LMTP, and shows it over IMAP."""

import pwd
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.servers.certificates import Certificate
from tests.servers.processes import answers, running

PROGRAM = Path("/usr/sbin/dovecot")
OWNER = "mail"
"""Of the mailboxes: an account that every Debian has."""

SETTINGS = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/said
protocols = imap lmtp
listen = 127.0.0.1
recipient_delimiter = +
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:~/Maildir
auth_mechanisms = plain login
auth_failure_delay = 0 secs
ssl = required
ssl_cert = <{certificate.chain}
ssl_key = <{certificate.key}
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {folder}/users
}}
userdb {{
  driver = passwd-file
  args = username_format=%u {folder}/users
}}
service imap-login {{
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
  }}
}}
service auth {{
  unix_listener sasl {{
    mode = 0666
  }}
}}
"""


@contextmanager
def dovecot(
    folder: Path, port: int, certificate: Certificate, addresses: Iterable[str], password: str
) -> Iterator[None]:
    """Run Dovecot with a mailbox for each address."""
    settings = folder / "dovecot.conf"
    settings.write_text(SETTINGS.format(folder=folder, port=port, certificate=certificate), "utf-8")
    owner = pwd.getpwnam(OWNER)
    homes = folder / "homes"
    homes.mkdir()
    homes.chmod(0o777)
    lines = [
        f"{address}:{{PLAIN}}{password}:{owner.pw_uid}:{owner.pw_gid}::{homes / address}::\n"
        for address in addresses
    ]
    (folder / "users").write_text("".join(lines), "utf-8")
    with running(
        [PROGRAM, "-F", "-c", settings],
        is_ready=lambda: answers(port),
        log=folder / "said",
    ):
        yield
