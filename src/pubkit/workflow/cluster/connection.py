"""A cluster of Dask: how it is reached, and what its scheduler has to be."""

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.metadata import version
from typing import Any

from pubkit.errors import ClusterError
from pubkit.messages import gettext as _

SECONDS = 5
"""A scheduler answers in milliseconds."""
LOGGERS = ("distributed", "distributed.client", "distributed.core", "distributed.comm", "tornado")
SETTINGS = {
    "distributed.comm.timeouts.connect": f"{SECONDS}s",
    # A document with its pictures goes with its task; crew.py bounds how many bytes are under way.
    "distributed.admin.large-graph-warning-threshold": "1GB",
}


@contextmanager
def connected(address: str) -> Iterator[Any]:
    """Connect to a scheduler, and leave nothing behind.

    Raises:
        ClusterError: The extra is not installed, or there is no scheduler that speaks as we do.
    """
    dask, Client = _load()  # noqa: N806  # a class
    with dask.config.set(SETTINGS), warnings.catch_warnings(), _silence():
        # What differs is said by verify_versions, and by the table of the workers.
        warnings.simplefilter("ignore")
        client = _connect(Client, address)
        try:
            verify_versions(client, address)
            yield client
        finally:
            with suppress(Exception):
                client.close(timeout=SECONDS)


def _load() -> tuple[Any, Any]:
    try:
        import dask
        from distributed import Client
    except ImportError:
        raise ClusterError(
            _("--cluster needs Dask, which is not installed"),
            remedy='pip install "pubkit[cluster]"',
        ) from None
    return dask, Client


def _connect(client_class: Any, address: str) -> Any:
    try:
        # A client that was never connected is not closed without complaints.
        _verify_address(address)
        return client_class(address, timeout=SECONDS, set_as_default=False, name="pubkit")
    except Exception as error:  # what it raises depends on what answers there
        raise ClusterError(
            _("No scheduler of Dask answers at {address}: {reason}").format(
                address=address, reason=_first_line(error)
            ),
            remedy=_(
                "Start one with “dask scheduler”, look at the address, and whether a firewall or "
                "other certificates (tls://) stand in between"
            ),
        ) from None


def _verify_address(address: str) -> None:
    """Make sure that it is an address, and that there are certificates if it needs them.

    Raises:
        ValueError: It is none, or there are none.
    """
    from distributed.comm.addressing import get_address_host_port
    from distributed.security import Security

    get_address_host_port(address, strict=True)
    security: Any = Security  # has no types
    is_secret = address.startswith("tls:")
    if is_secret and not security().get_connection_args("client").get("ssl_context"):
        raise ValueError(_("no certificates are set in distributed.comm.tls of Dask"))


def verify_versions(client: Any, address: str) -> None:
    """Make sure that the scheduler speaks as we do.

    Raises:
        ClusterError: It is another version.
    """
    ours = version("distributed")
    theirs = str(client.get_versions()["scheduler"]["packages"].get("distributed"))
    if theirs != ours:
        raise ClusterError(
            _("The scheduler at {address} has distributed {theirs}, pubkit has {ours}").format(
                address=address, theirs=theirs, ours=ours
            ),
            remedy=_("Install the same version on all machines"),
        )


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0] or type(error).__name__


@contextmanager
def _silence() -> Iterator[None]:
    """Keep Dask from talking into the command's output: what matters is said by pubkit."""
    loggers = [logging.getLogger(name) for name in LOGGERS]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
