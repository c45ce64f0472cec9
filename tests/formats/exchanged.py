"""Catalogs to exchange, for the laws of all formats: any text that a catalog may hold."""

from hypothesis import strategies as st

from pubkit.model import Entry

characters = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
likely = st.sampled_from(
    [
        *" \n\t\r<&>\"'=+-@*[]()`~_\\|;,{}你“”\u3000\u00a0\u202e\u2028\U00020bb7\ufeff",
        "**",
        "](",
        "_x0041_",
        "'=",
        "\r\n",
        "]]>",
        "<!--",
    ]
)
texts = st.lists(likely | characters, max_size=10).map("".join)
filled = texts.filter(bool)
xml_characters = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
xml_texts = st.lists(st.sampled_from(list(" \n\t\r<&>\"'你;:")) | xml_characters, max_size=8).map(
    "".join
)
lines = xml_texts.map(lambda text: text.translate({ord(c): " " for c in "\n\r"}))


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    """Draw an entry with everything that exchange formats keep."""
    is_fuzzy = draw(st.booleans())
    is_plural = draw(st.integers(0, 9)) == 0
    return Entry(
        msgid=draw(filled),
        msgid_plural=draw(xml_texts) if is_plural else None,
        msgstr="" if is_plural else draw(texts),
        msgstr_plural=tuple(draw(st.lists(texts, min_size=1, max_size=3))) if is_plural else (),
        msgctxt=draw(st.none() | xml_texts),
        translator_comments=tuple(draw(st.lists(lines, max_size=2))),
        extracted_comments=tuple(draw(st.lists(lines, max_size=2))),
        flags=("fuzzy",) if is_fuzzy else (),
        previous_msgid=draw(st.none() | xml_texts) if is_fuzzy else None,
    )


catalogs = st.lists(entries(), unique_by=lambda entry: entry.key, max_size=3)
