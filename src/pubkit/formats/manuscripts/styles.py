"""What the names of styles say, in the programs and languages that name them."""

QUOTATION_STYLES = frozenset(
    {
        *("quote", "quotations", "quotation", "block text", "intense quote", "block quotation"),
        *("zitat", "intensives zitat", "citation", "citation intense", "引用", "明显引用"),
    }
)
CONTENTS_STYLES = ("toc ", "contents ", "table of figures", "toc heading", "contents heading")
