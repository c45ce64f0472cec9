"""Whether the same report has the same bytes, wherever and however it is made."""

import hashlib
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from benchmarks.speed.bench import Bench, Section, python
from benchmarks.speed.options import has_option, without
from benchmarks.speed.rotation import Subject
from benchmarks.speed.staging import own_command, stage_report

DIGITS = 12
"""Of a digest that are kept and shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Variation:
    """A way of making the report that must not be seen in its bytes."""

    name: str
    environment: dict[str, str] = field(default_factory=dict)
    options: tuple[str, ...] = ()
    folder: str = "same"
    """Where the project lies."""
    missing: str = ""


def sameness(bench: Bench) -> Section:
    """Make the report in every way, and compare digests of all that was made."""
    found: dict[str, dict[str, str]] = {}
    faults: dict[str, str] = {}
    for variation in _variations(bench):
        if variation.missing:
            faults[variation.name] = variation.missing
            continue
        digests, fault = _made(bench, variation)
        found[variation.name] = digests
        if fault:
            faults[variation.name] = fault
    return Section(facts={"digests": found, "faults": faults})


def _variations(bench: Bench) -> Iterator[Variation]:
    """Yield the ways; the first is what all others are compared with."""
    kept = {"PUBKIT_CACHE": str(bench.folder / "sameness-cache")}
    yield Variation(name="as usual, caches empty", environment=kept)
    yield Variation(name="caches warm", environment=kept)
    # Caches would hide what depends on the surroundings.
    bare = {"PUBKIT_CACHE": "off"}
    yield Variation(name="caches off", environment=bare)
    for seed in ("0", "1", "4711"):
        name = f"PYTHONHASHSEED={seed}"
        yield Variation(name=name, environment={**bare, "PYTHONHASHSEED": seed})
    for zone in ("Asia/Shanghai", "America/Los_Angeles"):
        yield Variation(name=f"TZ={zone}", environment={**bare, "TZ": zone})
    for locale in ("C", "zh_CN.UTF-8", "de_DE.UTF-8"):
        environment = {**bare, "LANG": locale, "LC_ALL": locale}
        yield Variation(name=f"LANG={locale}", environment=environment)
    yield Variation(name="another folder", environment=bare, folder="one/with a/longer path")
    for jobs in ("1", "2"):
        options, missing = ("--jobs", jobs), without("--jobs")
        name = f"{options[0]} {jobs}"
        yield Variation(name=name, environment=kept, options=options, missing=missing)
    yield Variation(name="a cluster of two", environment=kept, missing=_why_no_cluster())


def _why_no_cluster() -> str:
    if find_spec("distributed") is None:
        return "distributed is not installed"
    return without("--cluster")


def _made(bench: Bench, variation: Variation) -> tuple[dict[str, str], str]:
    """Return the digest of each file that was made, and what went wrong."""
    place = bench.place("sameness")
    staged = stage_report(place / variation.folder)
    command = own_command("render", "--quiet", *variation.options)
    if "cluster" in variation.name and has_option("--cluster"):
        command = python("-m", "benchmarks.speed.cluster", staged.folder)
    subject = Subject(
        name=variation.name,
        command=command,
        folder=Path(__file__).parents[2] if "cluster" in variation.name else staged.folder,
        environment=variation.environment,
    )
    fault = bench.rotate([subject], 1, warm_up=False)[variation.name].fault
    digests = {
        path.relative_to(staged.folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()[
            :DIGITS
        ]
        for path in sorted((staged.folder / "build").rglob("*"))
        if path.is_file()
    }
    shutil.rmtree(place)
    return digests, fault


PARTS: dict[str, Callable[[Bench], Section]] = {"sameness": sameness}
