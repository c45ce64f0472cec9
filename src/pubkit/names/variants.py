"""Spellings that differ by a slip: one letter exchanged, lost, added, or two in the wrong order."""


def is_one_slip(one: str, other: str) -> bool:
    """Tell whether one slip makes one word of another: ``Pan``, ``Fan``; ``SMSE``, ``MSE``."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = _common_start(one, other)
    first, second = one[start:], other[start:]
    if len(first) == len(second):
        is_swapped = first[:2] == second[1::-1] and first[2:] == second[2:]
        return first[1:] == second[1:] or is_swapped
    longer, shorter = (first, second) if len(first) > len(second) else (second, first)
    return longer[1:] == shorter


def are_two_slips(one: str, other: str) -> bool:
    """Tell whether two exchanged letters make one long word of another: section, session."""
    if len(one) != len(other):
        return False
    return sum(a != b for a, b in zip(one, other, strict=True)) == 2


def _common_start(one: str, other: str) -> int:
    """Return how many characters two words begin with alike."""
    for place, (first, second) in enumerate(zip(one, other, strict=False)):
        if first != second:
            return place
    return min(len(one), len(other))
