"""How the lines of contacts are broken on paper: names, addresses, numbers.

A page may break any word that is longer than its line. Of a block in a line, WeasyPrint then looks
for the narrowest shape and measures each single letter, though what is short is never broken.
"""

from unicodedata import east_asian_width
from xml.etree.ElementTree import Element

from pubkit.rendering.paper.placement import classes

LONGEST_SHORT = 36
"""Columns of a terminal, about half an em each: six tenths of the narrowest line of contacts."""
WHOLE_WORDS = "overflow-wrap: break-word"


def keep_words(root: Element) -> None:
    """Let short lines of contacts be broken between words alone."""
    contacts = (element for element in root.iter("div") if "contact" in classes(element))
    for line in (line for contact in contacts for line in contact.iter("p")):
        if _columns("".join(line.itertext()).strip()) <= LONGEST_SHORT:
            line.set("style", f"{line.get('style', '')};{WHOLE_WORDS}".lstrip(";"))


def _columns(text: str) -> int:
    return sum(2 if east_asian_width(sign) in "FW" else 1 for sign in text)
