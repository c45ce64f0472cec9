"""The time, which only the command line reads."""

import os
from datetime import UTC, datetime, tzinfo


def catalog_time() -> str:
    """Return the time as catalogs write it; reproducible builds set SOURCE_DATE_EPOCH."""
    return current_time().strftime("%Y-%m-%d %H:%M%z")


def current_time() -> datetime:
    """Return the time, or that of ``SOURCE_DATE_EPOCH``."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime.now(UTC)


def local_zone() -> tzinfo:
    """Return the zone of the user's clock, as it is today."""
    return current_time().astimezone().tzinfo or UTC


def local_time(time: datetime) -> str:
    """Return a time as the user's clock shows it."""
    return time.astimezone().strftime("%Y-%m-%d %H:%M")
