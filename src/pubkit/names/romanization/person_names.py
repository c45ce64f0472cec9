"""What the search for personal names returns: romanised names, their readings, Han names."""

from enum import StrEnum

from pubkit.model import Span
from pubkit.values import dataclass


class Style(StrEnum):
    """How a name is spelt in Latin letters, which tells what its Chinese form can be."""

    PINYIN = "pinyin"
    """Hanyu Pinyin: every syllable must be the reading of its character."""
    TAIWAN = "taiwan"
    """Wade-Giles and what is made of it: ``Tsai Yu-hsuan``."""
    CANTONESE = "cantonese"
    """The spellings of Hong Kong and Macao: ``Raymond Lai Ka-ming``."""
    OVERSEAS = "overseas"
    """Hokkien, Teochew, Hakka in Singapore, Malaysia and elsewhere: ``Tan Siew Ling``."""
    KOREAN = "korean"
    JAPANESE = "japanese"
    VIETNAMESE = "vietnamese"
    WESTERN = "western"
    """Transliterated by sound, the parts in their own order: ``托马斯·阿什当``."""
    MINORITY = "minority"
    """Names of Tibet, Xinjiang, Mongolia and others in China: transliterated, too."""

    @property
    def is_spelt_by_rule(self) -> bool:
        """Whether a Chinese form that does not read as the name is wrong for sure."""
        return self is Style.PINYIN

    @property
    def is_sinitic(self) -> bool:
        """Whether its syllables are those of Chinese."""
        return self in (Style.PINYIN, Style.TAIWAN, Style.CANTONESE, Style.OVERSEAS)

    @property
    def is_transliterated(self) -> bool:
        """Whether the Chinese form only sounds like the name."""
        return self in (Style.WESTERN, Style.MINORITY)


@dataclass(frozen=True, slots=True, kw_only=True)
class RomanizedName:
    """A person's name in an English text."""

    span: Span
    """Where the whole name stands, a Western first name included, titles and ’s not."""
    text: str
    """The name as it is written there."""
    surname: str
    """As written; two words of a compound surname have one space or none between them."""
    given: tuple[str, ...]
    """Syllables of a Chinese name in lower case, else the words; empty for a bare surname."""
    style: Style
    score: float
    """Evidence that this is a person, from 1.0 to 2.0; below 1.2 it leans on few signs."""
    is_given_first: bool = False
    """Whether the English text has the surname last, as Western names do."""
    first_name: str = ""
    """The Western first name beside a Chinese one: ``Raymond`` of ``Raymond Lai Ka-ming``."""

    @property
    def is_bare_surname(self) -> bool:
        """Whether only the surname is written."""
        return not self.given and not self.first_name


class Quality(StrEnum):
    """How well a stretch of Chinese reads as a name, best first."""

    FULL = "full"
    """Every part of it does."""
    TRANSLITERATION = "transliteration"
    """It sounds alike."""
    SURNAME_ONLY = "surname only"
    """The surname does; the given name cannot be told, or is left out (``李教授``)."""
    NEAR = "near"
    """All but one character do: that one is wrong, missing or too many."""

    @property
    def is_confirmed(self) -> bool:
        """Whether this is the whole name."""
        return self in (Quality.FULL, Quality.TRANSLITERATION)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A stretch of a Chinese text that can be read as a name."""

    span: Span
    text: str
    quality: Quality
    score: float = 1.0
    """For a transliteration: how much it sounds alike, up to 1.0."""
    fault: Span | None = None
    """Of a near reading: the character that does not read so; empty where one is missing."""
    expected: str = ""
    """Of a near reading: the syllable that should be read there; empty if one is too many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HanName:
    """A person's name in a Chinese text."""

    span: Span
    text: str
    surname: str
    """Empty for a transliterated name."""
    given: str
    """All of a transliterated name, dots included."""
    style: Style
    """PINYIN for a name of Han characters, WESTERN for a transliterated one."""
    score: float
    """As of a romanised name."""
