"""Postfix as Debian packs it, which hands all mail to Dovecot and sends none away."""

import os
import pwd
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.servers.certificates import Certificate
from tests.servers.processes import answers, running

MASTER = Path("/usr/lib/postfix/sbin/master")

MAIN = """
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/maillog
maillog_file_prefixes = {folder}
myhostname = mail.test
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
mydestination =
alias_maps =
local_recipient_maps =
recipient_delimiter = +
virtual_mailbox_domains = {domains}
virtual_transport = lmtp:unix:{folder}/run/lmtp
default_transport = error:5.4.4 nothing leaves this machine
relay_transport = error:5.4.4 nothing leaves this machine
message_size_limit = 30000000
smtpd_tls_security_level = may
smtpd_tls_chain_files = {certificate.both}
smtpd_sasl_type = dovecot
smtpd_sasl_path = {folder}/run/sasl
smtpd_sasl_auth_enable = yes
smtpd_tls_auth_only = yes
"""

SERVICES = """
127.0.0.1:{port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
proxymap unix - - n - - proxymap
error unix - - n - - error
retry unix - - n - - error
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""


@contextmanager
def postfix(
    folder: Path, port: int, certificate: Certificate, domains: tuple[str, ...]
) -> Iterator[None]:
    """Run Postfix, beside a Dovecot that takes mail in the same folder."""
    settings = folder / "postfix"
    settings.mkdir()
    filled = MAIN.format(folder=folder, certificate=certificate, domains=" ".join(domains))
    (settings / "main.cf").write_text(filled, "utf-8")
    (settings / "master.cf").write_text(SERVICES.format(port=port), "utf-8")
    for name in ("queue", "data"):
        (folder / name).mkdir()
    owner = pwd.getpwnam("postfix")
    (folder / "data").chmod(0o700)
    os.chown(folder / "data", owner.pw_uid, owner.pw_gid)
    # Makes the folders of the queue.
    subprocess.run(
        ["postfix", "-c", settings, "check"], check=True, capture_output=True, timeout=30
    )
    with running(
        [MASTER, "-c", settings, "-d"], is_ready=lambda: answers(port), log=folder / "said"
    ):
        yield
