"""Marks before a name in a list, the same everywhere; the screen says in its legend what they mean."""

PROPOSED = "»"
"""This person has a live proposal (elsewhere)."""


def elsewhere_mark(live: int) -> str:
    """The mark of somebody with so many live proposals (elsewhere), and a space; empty without any."""
    return f"{PROPOSED} " if live else ""
