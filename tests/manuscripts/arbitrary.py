"""What arbitrary manuscripts are made of; each ``@`` is a word that stands nowhere else."""

from collections.abc import Iterator
from itertools import islice, product

from tests.manuscripts.builders import box


def three_letters() -> Iterator[tuple[str, ...]]:
    """Yield rows of letters, of which none is in another one behind a “w”."""
    return product("abcdefgh", "ijklmnop", "qrstuvxy")


def numbered(template: str) -> tuple[str, list[str]]:
    """Fill each ``@`` of a template with a word of its own, and return the words, too."""
    parts = template.split("@")
    words = ["w" + "".join(three) for three in islice(three_letters(), len(parts) - 1)]
    filled = parts[0] + "".join(word + part for word, part in zip(words, parts[1:], strict=True))
    return filled, words


# ---------------------------------------------------------------- Word


R = "<w:r><w:t>@</w:t></w:r>"
RUNS = (
    R,
    "<w:r><w:t>@ @</w:t></w:r>",
    "<w:r><w:rPr><w:b/></w:rPr><w:t>@</w:t></w:r>",
    "<w:r><w:rPr><w:i/><w:strike/></w:rPr><w:t>@</w:t></w:r>",
    "<w:r><w:rPr><w:vanish/></w:rPr><w:t>@</w:t></w:r>",
    '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>@</w:t></w:r>',
    "<w:r><w:rPr><w:smallCaps/><w:u/></w:rPr><w:t>@</w:t></w:r>",
    "<w:r><w:t>@</w:t><w:br/><w:t>@</w:t><w:tab/><w:t>@</w:t></w:r>",
    "<w:del><w:r><w:delText>@</w:delText></w:r></w:del>",
    f"<w:ins>{R}</w:ins>",
    f"<w:moveFrom>{R}</w:moveFrom>",
    f"<w:moveTo>{R}</w:moveTo>",
    f"<w:smartTag>{R}</w:smartTag>",
    f"<w:customXml>{R}</w:customXml>",
    f"<w:sdt><w:sdtContent>{R}</w:sdtContent></w:sdt>",
    f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{R}</w:sdtContent></w:sdt>",
    f'<w:hyperlink w:anchor="x">{R}</w:hyperlink>',
    f'<w:fldSimple w:instr=" REF x ">{R}</w:fldSimple>',
    f"<w:r><w:ruby><w:rt>{R}</w:rt><w:rubyBase>{R}</w:rubyBase></w:ruby></w:r>",
    "<m:oMath><m:r><m:t>@</m:t></m:r></m:oMath>",
    f"<w:bdo>{R}</w:bdo>",
    f"<w:unheardOf>{R}</w:unheardOf>",
    box(f"<w:p>{R}</w:p>").split("<mc:Fallback>")[0] + "</mc:AlternateContent></w:r>",
    "<w:r><mc:AlternateContent><mc:Choice><w:sy/></mc:Choice><mc:Fallback><w:t>@</w:t>"
    "</mc:Fallback></mc:AlternateContent></w:r>",
)
STYLES = ("", "Title", "Heading1", "Caption", "TOC1", "Abstract", "Unknown")
# ---------------------------------------------------------------- the web


TAGS = (
    *("@", "<b>@</b>", "<i>@ <b>@</b></i>", "<del>@</del>", "<ins>@</ins>", "<sup>@</sup>"),
    *("<a href='https://a.example/'>@</a>", "<a href='javascript:x'>@</a>", "<code>@</code>"),
    *("<span hidden>@</span>", "<button>@</button>", "<select><option>@</select>", "<q>@</q>"),
    *("<ruby>@<rt>@</rt></ruby>", "<mark>@</mark>", "<small>@</small>", "<x-y>@</x-y>", "<br>@"),
    *("<svg><text>@</text></svg>", "<textarea>@</textarea>", "<label>@</label>", "<kbd>@</kbd>"),
    *("<img alt='@' src='http://a.example/x.png'>", "<abbr title='x'>@</abbr>", "<u>@</u>"),
)
FRAMES = (
    *("<p>{}</p>", "<div>{}</div>", "<h2>{}</h2>", "<blockquote>{}</blockquote>", "<pre>{}</pre>"),
    *("<ul><li>{}</li></ul>", "<ol start=3><li>{}</li></ol>", "<aside>{}</aside>", "<nav>{}</nav>"),
    *("<dl><dt>{}</dt><dd>@</dd></dl>", "<details><summary>{}</summary>@</details>", "{}"),
    *("<table><caption>@</caption><tr><td>{}</td><td>@</td></tr></table>", "<form>{}</form>"),
    *("<figure>{}<figcaption>@</figcaption></figure>", "<header>{}</header>", "<hr>{}"),
    *("<noscript>{}</noscript>", "<video>{}</video>", "<object>{}</object>", "<center>{}</center>"),
    *("<fieldset><legend>@</legend>{}</fieldset>", "<article>{}</article>", "<main>{}</main>"),
)
# ---------------------------------------------------------------- plain text


LINES = (
    *("@", "@ @ @.", "- @", "* @", "  - @", "1. @", "2) @", "> @", ">> @", "# @", "@\n===", "---"),
    *("", "", "    @", "\t@", "“@ @.”", "— @", "@: @", "| @ | @ |", "[@](@)", "<!-- @ -->", "•\t@"),
    *("@ " * 30, "[^1]: @", "```", "@  ", "（1）@", "*@*", "_@_ **@**", "&amp; @", "\\@"),
)
