"""Is a catalog of a program, or of a text about programs?

Its translators keep commands, options and products in Latin letters, and so much looks like the
name of a person or an organization there that only what is agreed on can be looked for.
"""

from collections import Counter

from pubkit.checks.pair import Translation
from pubkit.patterns import pattern

WORD = pattern(r"[A-Za-z]+(?:['’-][A-Za-z]+)*")
SMALL_WORD = pattern("[A-Za-z][a-z]")
FEWEST_KEPT = 3
FEWEST_COMMANDS = 6


def is_technical(translation: Translation) -> bool:
    """Tell whether the translators keep many small words of the source, as names of things."""
    if not translation.is_into_chinese:
        return False
    kept = translation.once(kept_words)
    return sum(word.islower() and len(word) > 1 for word in kept) >= FEWEST_COMMANDS


def kept_words(translation: Translation) -> frozenset[str]:
    """Return the words that the translators keep nearly everywhere: names of commands and such."""
    sources: Counter[str] = Counter()
    targets: Counter[str] = Counter()
    for pair in translation.pairs:
        if pair.is_comparable and SMALL_WORD.search(pair.target):
            targets.update(set(WORD.findall(pair.target_prose.text)))
    often = {word for word, number in targets.items() if number >= FEWEST_KEPT}
    if not often:
        return frozenset()
    for pair in translation.pairs:
        if pair.is_comparable:
            sources.update(often.intersection(WORD.findall(pair.source_prose.text)))
    return frozenset(word for word in often if targets[word] >= sources[word] / 2)
