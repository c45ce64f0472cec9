"""What the names of styles say, in the programs and languages that name them."""

QUOTATION_STYLES = frozenset(
    {
        *("quote", "quotations", "quotation", "block text", "intense quote", "block quotation"),
        *("zitat", "intensives zitat", "citation", "citation intense", "引用", "明显引用"),
    }
)
CONTENTS_STYLES = ("toc ", "contents ", "table of figures", "toc heading", "contents heading")
CODE_STYLES = frozenset({"preformatted text", "html preformatted", "source code", "code"})
SPACES_OF_CODE = str.maketrans({"\ufdd0": " ", "\ufdd1": "\t"})
"""What stands for the spaces of code while pandoc reads it, which makes one of several."""
