"""Manuscripts: documents as people have them, from word processors, the web and mail.

::

    bytes --read_manuscript--> Manuscript --arrange--> Manuscript --write_body--> Markdown

* What the dialect of ``formats/markdown/`` can say is taken over; everything else is a ``Loss``.
* Every letter of the input is in the blocks or in the losses: ``completeness`` compares them with
  what stands in the file, read in another way.
* Nothing here opens a file that the input names, or a connection.
"""

from pubkit.formats.manuscripts.arrangement import arrange
from pubkit.formats.manuscripts.model import Loss, LossKind, Manuscript
from pubkit.formats.manuscripts.reading import SUFFIXES, read_manuscript

__all__ = ["SUFFIXES", "Loss", "LossKind", "Manuscript", "arrange", "read_manuscript"]
