"""What work of a function profile usually asks: it fills a new request in, and everything can be changed."""

from dataclasses import dataclass
from functools import cache

from db.reference.files import read_rows


@dataclass(frozen=True, slots=True)
class StandardProfile:
    """The usual education, BIG requirement, hours, experience and conditions; empty is: there is no usual."""

    education_level: str | None
    big_requirement: str
    hours_min: int | None
    hours_max: int | None
    experience: str
    """required | wished | not_asked, or empty."""
    conditions: tuple[str, ...]


def standard_profile(profile: str) -> StandardProfile:
    """The standard of a profile; of an unknown one that of "other"."""
    return _profiles().get(profile) or _profiles()["other"]


@cache
def _profiles() -> dict[str, StandardProfile]:
    return {
        row["profile"]: StandardProfile(
            education_level=row["education_level"] or None,
            big_requirement=row["big_requirement"],
            hours_min=int(row["hours_min"]) if row["hours_min"] else None,
            hours_max=int(row["hours_max"]) if row["hours_max"] else None,
            experience=row["experience"],
            conditions=tuple(row["conditions"].split()),
        )
        for row in read_rows("standard_profiles.csv")
    }
