"""Place: the distance of a candidate to a request against what they will travel. Thirty points."""

import math

from db.rules.fit_facts import FitCandidate, FitRequest, PlaceFit

BANDS = ((0.01, 30), (0.0625, 27), (0.16, 24), (0.36, 20), (0.64, 16), (1.0, 12))
"""The square of distance ÷ reach, and the points for being within it: a tenth of the way is the best."""
UNKNOWN_REACH_POINTS = 10
UNKNOWN_PLACE_POINTS = 8
REGION_POINTS = 6
"""Beyond the reach, in a region where the person said they would work."""
UNKNOWN_REGIONS = frozenset({"region_unresolved", ""})


def fit_place(candidate: FitCandidate, request: FitRequest) -> PlaceFit:
    """Lay the two side by side."""
    squared = squared_distance(candidate, request)
    willing = request.region in candidate.regions_willing
    own = request.region == candidate.region and request.region not in UNKNOWN_REGIONS
    codes, unmet, points = _reckon(squared, candidate.reach_km, willing, own or _unknown(candidate, request))
    return PlaceFit(
        codes=codes,
        unmet=unmet,
        points=points,
        km=None if squared is None else math.sqrt(squared),
        reach_km=candidate.reach_km,
        region_willing=willing or own,
    )


def squared_distance(candidate: FitCandidate, request: FitRequest) -> float | None:
    """The flat-earth square of the distance: it has the same order, and both engines reckon it."""
    if candidate.x_km is None or candidate.y_km is None or request.x_km is None or request.y_km is None:
        return None
    east, north = candidate.x_km - request.x_km, candidate.y_km - request.y_km
    return east * east + north * north


def _unknown(candidate: FitCandidate, request: FitRequest) -> bool:
    return candidate.region in UNKNOWN_REGIONS or request.region in UNKNOWN_REGIONS


def _reckon(
    squared: float | None, reach: int | None, willing: bool, may_be_near: bool
) -> tuple[tuple[str, ...], tuple[str, ...], int]:
    if squared is None:
        if willing or may_be_near:
            return (), ("place_unknown",), UNKNOWN_PLACE_POINTS
        return ("other_region",), (), 0
    if reach is None:
        return (), ("place_unknown",), UNKNOWN_REACH_POINTS
    for part, points in BANDS:
        if squared <= reach * reach * part:
            return (), (), points
    return ((), ("too_far",), REGION_POINTS) if willing else (("too_far",), (), 0)
