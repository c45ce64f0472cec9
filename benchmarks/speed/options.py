"""Which options this version of pubkit has: the benchmark measures older ones, too."""

import subprocess
from functools import cache

from benchmarks.speed.staging import own_command


def has_option(name: str) -> bool:
    """Tell whether ``pubkit render`` has an option."""
    return name in _help()


@cache
def _help() -> str:
    command = own_command("render", "--help")
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603


def without(name: str) -> str:
    """Return why something is left out that needs an option; empty if it is there."""
    return "" if has_option(name) else f"this version of pubkit has no {name}"
