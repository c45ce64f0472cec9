"""The titles and offices of persons in an English text and its Chinese counterpart."""

from pubkit.names.titles.comparing import compare_titles, may_have_titles
from pubkit.names.titles.english import titles_of
from pubkit.names.titles.kinds import AgreedTitle, Holder, TitleFault, TitleFaultKind
from pubkit.names.titles.left import find_untranslated

__all__ = [
    "AgreedTitle",
    "Holder",
    "TitleFault",
    "TitleFaultKind",
    "compare_titles",
    "find_untranslated",
    "may_have_titles",
    "titles_of",
]
