"""How many hours a proposal stands for, and which part of an fte that is."""


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
