"""Texts of a document are looked for in a finished file, which breaks them where pages end."""

import pytest

from pubkit.checks.edition import FinishedEdition
from pubkit.checks.proofreading import check_edition
from pubkit.formats.markdown import parse_document
from pubkit.formats.published import PublishedFile


def ids(text: str, *pages: str) -> set[str]:
    """Return what is said of a Chinese text that was found on pages."""
    source = f"---\ntitle: 标题\ndate: 2023-07-10\nlanguage: zh\n---\n{text}\n"
    document = parse_document(source.encode(), path="source/d.md", default_lang="zh")
    file = PublishedFile(kind="pdf", lang="zh-CN", title="标题", pages=pages)
    edition = FinishedEdition(file=file, document=document)
    return {finding.check for finding in check_edition(edition, path="d.pdf")}


@pytest.mark.parametrize(
    ("pages", "is_found"),
    [
        (("标题\n会议由于璠主持",), True),
        (("标题\n会议由于\n第 1 页", "璠主持\n第 2 页"), True),
        (("标题\n会议由于\n第 1 页", "潘主持\n第 2 页"), False),
        (("标题\n会议由潘璠主持",), False),
    ],
)
def test_page_may_end_within_an_emphasized_name(pages: tuple[str, ...], is_found: bool) -> None:
    """Even behind its first character; another name is not found."""
    assert ("text-extraction" not in ids("会议由**于璠**主持", *pages)) is is_found
