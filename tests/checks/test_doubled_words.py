"""Long texts of doubled words."""

from time import process_time

from pubkit.checks.runner import check_catalog
from pubkit.model import Catalog, Entry

FAR_TOO_LONG = 10
"""Seconds: linear work takes a small part of them, quadratic work several times as many."""


def test_doubled_words_without_end_take_linear_work() -> None:
    """However often a text doubles a word, the source is searched once."""
    entry = Entry(msgid="The school is here. " * 1500, msgstr="学校公司" * 7500)

    before = process_time()
    found = check_catalog(Catalog(entries=(entry,), lang="zh"))

    assert process_time() - before < FAR_TOO_LONG
    assert any(one.check == "doubled-word" for one in found)
