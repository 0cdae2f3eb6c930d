"""Which region a postcode belongs to, where it lies, and how far that is."""

import csv
import math
from bisect import bisect_right
from functools import cache
from typing import NamedTuple

from db.reference.files import read_rows, reference_path

_EARTH_RADIUS_KM = 6371.0
# The middle of the Dutch national grid; within the country the flat distance is right to 0.1 %.
_CENTRE_LATITUDE, _CENTRE_LONGITUDE = math.radians(52.156), math.radians(5.387)
_CENTRE_SINE, _CENTRE_COSINE = math.sin(_CENTRE_LATITUDE), math.cos(_CENTRE_LATITUDE)


class PostcodeRange(NamedTuple):
    """Four-digit postcodes from first to last, both included, that belong to one region."""

    first: int
    last: int
    region: str


@cache
def region_ranges() -> tuple[PostcodeRange, ...]:
    """All ranges in ascending order; no two overlap."""
    rows = read_rows("region_postcodes.csv")
    ranges = (PostcodeRange(int(r["pc4_from"]), int(r["pc4_to"]), r["region_code"]) for r in rows)
    return tuple(sorted(ranges))


def region_of(pc4: int) -> str | None:
    """Give the code of the region that covers the postcode, or nothing: it is never guessed."""
    ranges = region_ranges()
    index = bisect_right(ranges, pc4, key=lambda candidate: candidate.first) - 1
    if index < 0 or pc4 > ranges[index].last:
        return None
    return ranges[index].region


def suggest_region(pc4: int) -> str | None:
    """Give the region of the nearest range that shares the first two digits: a suggestion, no more."""
    area = pc4 // 100
    gaps = [
        (max(part.first - pc4, pc4 - part.last, 0), part.first, part.region)
        for part in region_ranges()
        if part.first // 100 <= area <= part.last // 100
    ]
    return min(gaps)[2] if gaps else None


def point_of(pc4: int) -> tuple[float, float] | None:
    """Give latitude and longitude of the middle of a postcode, when it is known."""
    row = _row_of(pc4)
    return (float(row[3]), float(row[4])) if row else None


def place_of(pc4: int) -> str | None:
    """Give the place a postcode lies in, when it is known."""
    row = _row_of(pc4)
    return row[1] if row else None


@cache
def flat_point(pc4: int) -> tuple[float, float] | None:
    """Give kilometres east and north of the middle of the country, so that a distance is a hypotenuse."""
    point = point_of(pc4)
    if point is None:
        return None
    latitude, east = math.radians(point[0]), math.radians(point[1]) - _CENTRE_LONGITUDE
    sine, cosine = math.sin(latitude), math.cos(latitude)
    scale = 2 * _EARTH_RADIUS_KM / (1 + _CENTRE_SINE * sine + _CENTRE_COSINE * cosine * math.cos(east))
    return (
        scale * cosine * math.sin(east),
        scale * (_CENTRE_COSINE * sine - _CENTRE_SINE * cosine * math.cos(east)),
    )


def distance_km(a: int, b: int) -> float | None:
    """Give the distance between two postcodes as the crow flies, when both are known."""
    start, end = flat_point(a), flat_point(b)
    return math.dist(start, end) if start and end else None


def known_postcodes() -> tuple[int, ...]:
    """Every four-digit postcode whose point is known."""
    return tuple(int(pc4) for pc4 in _lines())


def _row_of(pc4: int) -> list[str] | None:
    line = _lines().get(str(pc4))
    return next(csv.reader([line])) if line else None


@cache
def _lines() -> dict[str, str]:
    # A line is taken apart when it is asked for: a run needs a few hundred of the thousands.
    text = reference_path("postcode_points.csv").read_text(encoding="utf-8")
    return {line[:4]: line for line in text.splitlines()[1:]}
