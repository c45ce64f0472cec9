"""Characters of other families are enclosed, and the text stays what it is."""

from xml.etree.ElementTree import fromstring

import pytest

from pubkit.rendering.paper.foreign import enclose_foreign


@pytest.mark.parametrize(
    ("html", "runs"),
    [
        (
            "Academician 俞书宏 (Yu Shuhong) → <em>潘锋</em> and 张锦",
            ["俞书宏", "→", "潘锋", "张锦"],
        ),
        ("mol·L⁻¹ at −196 °C, €5, H₂O, x² “quoted” – naïve", ["⁻"]),
        ("Nothing at all", []),
    ],
)
def test_runs_of_other_families_are_enclosed(html: str, runs: list[str]) -> None:
    """Nothing is lost, doubled or moved."""
    root = fromstring(f'<html class="Latn spaced"><body><p>{html}</p></body></html>')  # noqa: S314
    text = "".join(root.itertext())
    enclose_foreign(root)

    assert runs == [span.text for span in root.iter("span")]
    assert text == "".join(root.itertext())


def test_chinese_lends_itself_all_it_needs() -> None:
    """Its own family has Latin letters and signs."""
    root = fromstring('<html class="Hans han cjk"><body><p>中文 ★ AI</p></body></html>')  # noqa: S314
    enclose_foreign(root)

    assert list(root.iter("span")) == []
