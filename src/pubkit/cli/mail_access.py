"""The mail server and its password: the environment wins over the settings."""

import os
from dataclasses import field
from typing import TYPE_CHECKING

from pubkit.config.file import read_file
from pubkit.config.settings import FILE_NAME, Config
from pubkit.distribution.smtp.server import PASSWORD_VARIABLE, Server, parse_server
from pubkit.errors import ConfigError, Location
from pubkit.messages import gettext as _
from pubkit.values import dataclass

if TYPE_CHECKING:
    from pubkit.distribution.smtp.connection import Connection

SERVER_VARIABLE = "PUBKIT_MAIL_SERVER"


@dataclass(frozen=True, slots=True, kw_only=True)
class MailAccess:
    """Which server takes the messages, and what it wants to hear from its user."""

    server: Server
    password: str = field(default="", repr=False)

    def connect(self) -> "Connection":
        """Open a connection that is ready for messages."""
        from pubkit.distribution.smtp.connection import connect

        return connect(self.server, password=self.password)


def read_mail_access(config: Config) -> MailAccess:
    """Return the server of ``PUBKIT_MAIL_SERVER`` or ``[mail]``, with ``PUBKIT_MAIL_PASSWORD``.

    Raises:
        ConfigError: There is none, or it is not to be used.
    """
    return MailAccess(server=_read_server(config), password=os.environ.get(PASSWORD_VARIABLE, ""))


def _read_server(config: Config) -> Server:
    named = os.environ.get(SERVER_VARIABLE, "").strip()
    url = named or config.mail.server.strip()
    if not url:
        raise ConfigError(
            _("No mail server is named"),
            remedy=_(
                'Write “server = "smtps://user@mail.example.org"” below [mail] in pubkit.toml, '
                "or set the environment variable {variable}"
            ).format(variable=SERVER_VARIABLE),
        )
    try:
        return parse_server(url, is_plain_allowed=config.mail.allow_plain)
    except ConfigError as error:
        raise (_at_variable(error) if named else _at_setting(error, config)) from None


def _at_variable(error: ConfigError) -> ConfigError:
    return ConfigError(error.message, location=Location(SERVER_VARIABLE), remedy=error.remedy)


def _at_setting(error: ConfigError, config: Config) -> ConfigError:
    file = read_file(config.root / FILE_NAME)
    return file.error(error.message, "mail", "server", remedy=error.remedy)
