"""The application for unsubscription, as web servers start it.

::

    PUBKIT_LEDGER=postgresql+psycopg://… gunicorn 'pubkit.cli.unsubscription:make_wsgi()'
    PUBKIT_LEDGER=sqlite:////… uvicorn --factory pubkit.cli.unsubscription:make_asgi
"""

import os
from typing import Any

from pubkit.cli.clock import current_time
from pubkit.distribution.unsubscription import make_asgi_app, make_wsgi_app
from pubkit.errors import ConfigError
from pubkit.messages import gettext as _

LEDGER = "PUBKIT_LEDGER"


def make_wsgi() -> Any:
    """Return the application for gunicorn, mod_wsgi or uWSGI.

    Raises:
        ConfigError: The environment names no ledger.
    """
    return make_wsgi_app(_ledger(), now=current_time)


def make_asgi() -> Any:
    """Return the application for uvicorn or hypercorn.

    Raises:
        ConfigError: The environment names no ledger.
    """
    return make_asgi_app(_ledger(), now=current_time)


def _ledger() -> str:
    url = os.environ.get(LEDGER, "")
    if not url:
        raise ConfigError(
            _("The environment does not say where the ledger is"),
            remedy=_("Set {name} to the URL of the ledger, as in {example}").format(
                name=LEDGER, example="sqlite:////srv/news/.pubkit/ledger.sqlite"
            ),
        )
    return url
