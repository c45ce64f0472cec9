"""Pieces of the patterns of English dates."""

from pubkit.facts.numerals import ORDINAL_WORDS

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


WEEKDAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)(?:\.|(?=\s\d)))(?![a-z])"
)


DAY = r"\d{1,2}(?:st|nd|rd|th)?(?![\da-z]|[.:,]\d)"


TO = r"\s?(?:[-–—~/&]|to|and|through|until|or)\s?(?:the )?"


STOP = (
    r"(?=\s*(?:[,.;:)\]–—|]|$|\n|(?:at|in|on|and|to|for|with|the|from|by|as|of|when|where|a|an|is|are"
    r"|was|were|will|has|have|had|before|after|until|this|last|next|each|every|he|she|they|we|it|which"
    r"|that)\b))"
)


YEAR = r"(?:1\d|20|21)\d\d(?![\d,]\d|\d|%)"


AP = r"\s?(?P<{}>a\.?m\b\.?|p\.?m\b\.?)"


CLOCK = r"\d{1,2}(?:[:.][0-5]\d)?(?![\d:])"


ORDINAL = rf"(?:\d{{1,3}}(?:st|nd|rd|th)|{ORDINAL_WORDS})"
