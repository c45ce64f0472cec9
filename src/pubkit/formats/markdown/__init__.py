"""Markdown documents: CommonMark with tables, footnotes, figures and author's directives.

::

    text --parse_document--> Document (skeleton + segments) --document_blocks--> Block, Block, …

* A segment is the content of one ``inline`` token of markdown-it: a block's text without its
  markers, inline Markdown kept.
* Reading and printing run the same parser over the same skeleton, so the segments that a
  translator sees and the places into which translations are put cannot drift apart.
* Markdown is never written: a translation cannot break the structure of its document.
"""

from typing import TYPE_CHECKING

from pubkit.exports import late_names

if TYPE_CHECKING:
    from pubkit.formats.markdown.additions import Addition, find_additions
    from pubkit.formats.markdown.blocks import document_blocks, segment_html, segment_text
    from pubkit.formats.markdown.captions import printed_text
    from pubkit.formats.markdown.document import parse_document
    from pubkit.formats.markdown.markup import InlineMarkup, link_targets, read_markup
    from pubkit.formats.markdown.pictures import Picture, document_pictures
    from pubkit.formats.markdown.prose import OBJECT, Prose, read_prose
    from pubkit.formats.markdown.segmentation import block_texts
    from pubkit.formats.markdown.spellings import fit_translation, link_words, normal_form

__all__ = [
    "OBJECT",
    "Addition",
    "InlineMarkup",
    "Picture",
    "Prose",
    "block_texts",
    "document_blocks",
    "document_pictures",
    "find_additions",
    "fit_translation",
    "link_targets",
    "link_words",
    "normal_form",
    "parse_document",
    "printed_text",
    "read_markup",
    "read_prose",
    "segment_html",
    "segment_text",
]

# Imported when first asked for: the checks of catalogs seldom need the parser.
__getattr__ = late_names(
    __name__,
    {
        **dict.fromkeys(("Addition", "find_additions"), "additions"),
        **dict.fromkeys(("document_blocks", "segment_html", "segment_text"), "blocks"),
        "block_texts": "segmentation",
        "printed_text": "captions",
        "parse_document": "document",
        **dict.fromkeys(("InlineMarkup", "link_targets", "read_markup"), "markup"),
        **dict.fromkeys(("Picture", "document_pictures"), "pictures"),
        **dict.fromkeys(("OBJECT", "Prose", "read_prose"), "prose"),
        **dict.fromkeys(("fit_translation", "link_words", "normal_form"), "spellings"),
    },
)
