"""Words that are too long for their place, cut so that they can still be told from others."""

CUT = "…"
HEAD, BEFORE = 4, 2
"""How much of the beginning is kept at least, and how much of what comes just before a difference."""


def cut_middle(words: str, width: int) -> str:
    """Both ends of it."""
    if len(words) <= width:
        return words
    tail = (width - 1) // 2
    return f"{words[: width - 1 - tail]}{CUT}{words[-tail:]}"


def tell_apart(one: str, other: str, width: int) -> tuple[str, str]:
    """Both, each cut where it does not differ from the other, if it must be cut."""
    pairs = zip(one, other, strict=False)
    same = next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))
    return _around(one, same, width), _around(other, same, width)


def _around(words: str, at: int, width: int) -> str:
    """The beginning, and what stands from there on."""
    if len(words) <= width:
        return words
    rest = words[max(at - BEFORE, 0) :]
    head = width - 1 - len(rest)
    if at < width - HEAD:
        return f"{words[: width - 1]}{CUT}"
    if head >= HEAD:
        return f"{words[:head]}{CUT}{rest}"
    return f"{words[:HEAD]}{CUT}{rest[: width - HEAD - 2]}{CUT}"
