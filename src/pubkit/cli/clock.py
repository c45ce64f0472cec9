"""The time, which only the command line reads."""

import os
from datetime import UTC, datetime


def catalog_time() -> str:
    """Return the time as catalogs write it; reproducible builds set SOURCE_DATE_EPOCH."""
    return current_time().strftime("%Y-%m-%d %H:%M%z")


def current_time() -> datetime:
    """Return the time, or that of ``SOURCE_DATE_EPOCH``."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime.now(UTC)
