"""Are the terms of a text in its translation as agreed?"""

from pubkit.names.agreement.comparison import compare_terms
from pubkit.names.agreement.texts import Agreement, Cause, TermFault

__all__ = ["Agreement", "Cause", "TermFault", "compare_terms"]
