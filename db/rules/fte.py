"""How many hours a proposal stands for, which part of an fte that is, and how many people an fte takes."""

from math import ceil


def proposed_hours(
    candidate_hours: int | None, request_min: int | None, request_max: int | None
) -> int | None:
    """As many hours as the person offers, but no more than are asked; None when nobody said anything."""
    asked = request_max if request_max is not None else request_min
    known = [hours for hours in (candidate_hours, asked) if hours is not None]
    return min(known, default=None)


def fte_of(hours: int | None, fte_hours: int, fte_asked: int, positions: int) -> int:
    """So many hours in hundredths of an fte; without hours one position, at most one fte."""
    if hours is not None and fte_hours > 0:
        return round(hours * 100 / fte_hours)
    return min(100, round(fte_asked / max(positions, 1)))


def positions_for(fte_asked: int, fte_hours: int, hours: int | None) -> int:
    """How many people so many hundredths of an fte take, each for so many hours a week or for a whole fte."""
    each = hours if hours and hours > 0 and fte_hours > 0 else fte_hours
    return max(1, ceil(fte_asked * fte_hours / 100 / each)) if each > 0 else 1
