"""A PDF that is read back once, whoever asks: its structure, and what its pages draw."""

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pubkit.formats.pdf.elements import Number, ReadStructure, read_elements

if TYPE_CHECKING:
    import pikepdf

Instruction = tuple[str, Any]
"""An operator and its operands."""

PAINTING = frozenset(
    (*"fFBbSs", "Tj", "TJ", "'", '"', "f*", "B*", "b*", "sh", "Do", "INLINE IMAGE")
)
MARKING = frozenset({"BMC", "BDC", "EMC"})
READ = " ".join((*PAINTING, *MARKING, "Tf", "BI", "ID", "EI"))
"""The operators at which somebody looks; the last three make an inline image."""


class Reading:
    """An open PDF, and what was read of it."""

    def __init__(self, pdf: "pikepdf.Pdf") -> None:
        self.pdf = pdf
        self._instructions: dict[Number, Sequence[Instruction]] = {}

    @cached_property
    def structure(self) -> ReadStructure:
        """The elements of the file."""
        return read_elements(self.pdf)

    def instructions(self, content: Any) -> Sequence[Instruction]:
        """Return what a page, or a form that it draws, paints and marks, and in which fonts."""
        import pikepdf

        number: Number = content.objgen
        if number not in self._instructions:
            self._instructions[number] = [
                (str(instruction.operator), instruction.operands)
                for instruction in pikepdf.parse_content_stream(content, READ)
            ]
        return self._instructions[number]
