"""Markdown documents: CommonMark with tables, footnotes, figures and author's directives.

::

    text --parse_document--> Document (skeleton + segments) --document_blocks--> Block, Block, …

* A segment is the content of one ``inline`` token of markdown-it: a block's text without its
  markers, inline Markdown kept.
* Reading and printing run the same parser over the same skeleton, so the segments that a
  translator sees and the places into which translations are put cannot drift apart.
* Markdown is never written: a translation cannot break the structure of its document.
"""

from pubkit.formats.markdown.blocks import document_blocks, segment_html, segment_text
from pubkit.formats.markdown.document import parse_document
from pubkit.formats.markdown.markup import InlineMarkup, read_markup
from pubkit.formats.markdown.pictures import Picture, document_pictures
from pubkit.formats.markdown.prose import OBJECT, Prose, read_prose

__all__ = [
    "OBJECT",
    "InlineMarkup",
    "Picture",
    "Prose",
    "document_blocks",
    "document_pictures",
    "parse_document",
    "read_markup",
    "read_prose",
    "segment_html",
    "segment_text",
]
