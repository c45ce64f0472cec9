"""Agreed persons whose characters cannot be read as their name."""

import pytest

from pubkit.checks.runner import check_catalog
from pubkit.model import Catalog, Entry, Severity, Term, Termbase, TermKind
from pubkit.names.suspicious_terms import suspicious_terms
from pubkit.names.termbase import make_termbase


def suspicions(source: str, target: str, lang: str = "zh") -> list[bool]:
    """Return how certain the suspicion against a person is; nothing if there is none."""
    term = Term(kind=TermKind.PERSON, source=source, target=target)
    return [one.is_certain for one in suspicious_terms(Termbase(lang=lang, terms=(term,)))]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Yu Shuhong", "俞书宏"),
        ("Shan Wenjun", "单文珺"),
        ("Ouyang Ruo’an", "欧阳若安"),
        ("Raymond Chau Wai-lun", "周伟伦"),
        ("Tsai Yu-hsuan", "蔡宇轩"),
        ("Margaret O’Sullivan", "玛格丽特·奥沙利文"),
        ("Gulnar Tursun", "古丽娜尔·吐尔逊"),
        ("Tashi Phuntsok", "扎西平措"),
        ("Mahler", "马勒"),
    ],
)
def test_readable_agreement_is_not_suspected(source: str, target: str) -> None:
    """Nor one that nobody can judge."""
    assert suspicions(source, target) == []


@pytest.mark.parametrize(
    ("source", "target"), [("Yu Fan", "于宁"), ("Kang Feiyu", "康非武"), ("Zeng Lingyi", "曾令")]
)
def test_pinyin_that_cannot_be_read_is_suspected_for_sure(source: str, target: str) -> None:
    """Its spelling follows rules."""
    assert suspicions(source, target) == [True]


def test_other_direction_is_read_as_well() -> None:
    """Of a termbase into English, the target is the romanised name."""
    assert suspicions("于宁", "Yu Fan", lang="en") == [True]
    assert suspicions("于璠", "Yu Fan", lang="en") == []


def test_termbase_under_inspection_is_told() -> None:
    """The agreement itself is a finding where names.po is checked."""
    entries = (
        Entry(msgctxt="person", msgid="Yu Fan", msgstr="于宁"),
        Entry(msgctxt="person", msgid="Pan Feng", msgstr="潘锋"),
    )
    catalog = Catalog(entries=entries, lang="zh", path="names.po")
    found = check_catalog(catalog, make_termbase(catalog), source_lang="en")

    assert [(one.check, one.severity, one.msgid) for one in found] == [
        ("wrong-name", Severity.ERROR, "Yu Fan")
    ]
