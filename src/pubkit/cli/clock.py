"""The time, which only the command line reads."""

import os
from datetime import UTC, datetime


def catalog_time() -> str:
    """Return the time as catalogs write it; reproducible builds set SOURCE_DATE_EPOCH."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    now = datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime.now(UTC)
    return now.strftime("%Y-%m-%d %H:%M%z")
