"""A caption is printed without its full stop, and loses nothing else."""

import pytest

from pubkit.formats.markdown import printed_text
from pubkit.model import Role, Segment


@pytest.mark.parametrize(
    ("caption", "printed"),
    [
        ("Zhang Jin speaks.", "Zhang Jin speaks"),
        ("The *hall*.", "The *hall*"),
        ("**The hall.**", "**The hall**"),
        ("Yu Fan of Huawei Co., Ltd.", "Yu Fan of Huawei Co., Ltd."),
        ("A street in the U.S.", "A street in the U.S."),
        ("Kang Feiyu of Tsinghua Univ. speaks.", "Kang Feiyu of Tsinghua Univ. speaks"),
        ("Dr. Li Zikun at 8.30 p.m. on Friday.", "Dr. Li Zikun at 8.30 p.m. on Friday"),
        ("The hall. It has 120 seats.", "The hall. It has 120 seats."),
        ("Is it full? It has 120 seats.", "Is it full? It has 120 seats."),
        ("He says “yes.”", "He says “yes.”"),
        ("And so on...", "And so on..."),
        ("What a hall!", "What a hall!"),
        ("Room A.", "Room A."),
        ("会议现场。", "会议现场"),
        ("会议现场。座位已满。", "会议现场。座位已满"),
        ("他说：“好。”", "他说：“好。”"),
        ("講演する張錦氏。", "講演する張錦氏"),
        ("صورة للقاعة.", "صورة للقاعة"),
        (".", "."),
        ("", ""),
    ],
)
def test_caption_is_printed_without_its_full_stop(caption: str, printed: str) -> None:
    """Abbreviations keep their point, and so do captions of several sentences."""
    assert printed == printed_text(Segment(msgid=caption, text=caption, role=Role.CAPTION))


def test_other_texts_keep_their_full_stop() -> None:
    """A paragraph is a sentence."""
    text = "Zhang Jin speaks."

    assert text == printed_text(Segment(msgid=text, text=text, role=Role.PARAGRAPH))
