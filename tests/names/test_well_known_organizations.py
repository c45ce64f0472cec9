"""Well-known organizations under the names that they have themselves: none is a fault."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pubkit.checks.runner import check_catalog
from pubkit.model import Catalog, Entry

NAMES = Path(__file__).parent / "organizations-of-the-world.tsv"
FRAMES = (
    ("{} announced the plan on Monday.", "{}周一公布了该计划。"),
    ("Wang Jianguo, Deputy Director of the {}, spoke.", "{}副主任王建国发言。"),
    ("It was drawn up by Yunhe University and the {}.", "由云和大学和{}制定。"),
)


def pairs() -> Iterator[tuple[str, str]]:
    """Yield sentences with each name, in English and in Chinese."""
    for line in NAMES.read_text(encoding="utf-8").splitlines():
        english, chinese = line.split("\t")
        yield from ((one.format(english), other.format(chinese)) for one, other in FRAMES)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_well_known_organizations_are_no_faults(lang: str) -> None:
    """Each sentence is a document by itself: nothing is learnt from the others."""
    texts = ((one, other) if lang == "zh" else (other, one) for one, other in pairs())
    catalogs = [
        Catalog(entries=(Entry(msgid=source, msgstr=target),), lang=lang)
        for source, target in texts
    ]

    found = [one for catalog in catalogs for one in check_catalog(catalog)]

    assert [one.message for one in found if "organization" in one.check] == []
