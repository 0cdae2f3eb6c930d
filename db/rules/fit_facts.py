"""What matching knows of a candidate and of a request, and what comes of laying them side by side."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from db.rules.availability import column, row
from db.rules.away import Span

OK, UNMET, FAILS = "ok", "unmet", "fails"
"""Marks of a part: fits, fits but for a wish, does not fit."""
REQUIRED, WISHED = "required", "wished"
_EVENINGS, _NIGHTS = column(2), column(3)
_WEEKEND = row(5) | row(6)
WEEKEND_NIGHTS = _WEEKEND | _NIGHTS
_BARRED = {"no_nights": _NIGHTS, "no_evenings": _EVENINGS, "no_weekends": _WEEKEND}
KM_A_MINUTE = 0.5
"""As the crow flies, door to door: 40 km an hour along roads that are 1.3 times as long."""


@dataclass(frozen=True, slots=True)
class FitCandidate:
    """What a candidate offers. None and empty mean that it is not known.

    `grid` are the day parts offered that no work limit bars (`usable_grid`); `reach_km` how far they will go,
    as the crow flies; `educations` the completed levels, `experiences` the profiles of paid work;
    `hours_booked` what placements already take of `hours_max`.
    """

    grid: int = 0
    available_from: date = date(2020, 1, 1)
    available_until: date | None = None
    notice_days: int = 0
    hours_min: int | None = None
    hours_max: int | None = None
    hours_booked: int = 0
    x_km: float | None = None
    y_km: float | None = None
    reach_km: int | None = None
    region: str = "region_unresolved"
    regions_willing: frozenset[str] = frozenset()
    profile: str | None = None
    educations: frozenset[str] = frozenset()
    experiences: frozenset[str] = frozenset()
    big_status: str = "unknown"
    big_profession: str | None = None
    big_expires: date | None = None
    limits: frozenset[str] = frozenset()
    sectors: frozenset[str] = frozenset()
    employment_forms: frozenset[str] = frozenset()
    vog: str | None = None
    dutch: str | None = None
    covid_wards: str | None = None
    away: tuple[Span, ...] = ()
    """When the person is away, in order and apart (`db.rules.away.spans_of`)."""
    excluded: str = ""
    """The organisations where the person will not work, in their own words."""


@dataclass(frozen=True, slots=True)
class FitRequest:
    """What a request asks. None, 0 and empty mean that it is not specified.

    `qualifications` says of education, big, experience, vog and dutch whether it is required or wished;
    unsaid, education and BIG are required and the others not asked.
    """

    organisation: str
    sector: str
    profile: str
    grid: int = 0
    hours_min: int | None = None
    hours_max: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    x_km: float | None = None
    y_km: float | None = None
    region: str = "region_unresolved"
    education_level: str | None = None
    big_requirement: str = "none"
    qualifications: Mapping[str, str] = field(default_factory=dict)
    conditions: frozenset[str] = frozenset()
    employment_forms: frozenset[str] = frozenset()

    def asks(self, what: str, unsaid: str | None = None) -> str | None:
        """Whether something is required, wished or not asked."""
        return self.qualifications.get(what, unsaid)


@dataclass(frozen=True, slots=True)
class TimeFit:
    """Shifts, hours and days of the two; `uncovered` are the asked day parts that are not offered."""

    codes: tuple[str, ...]
    unmet: tuple[str, ...]
    points: int
    shifts: int
    shifts_asked: int
    uncovered: int
    hours: int | None
    hours_least: int | None
    """The least that the person wants."""
    hours_asked: tuple[int | None, int | None]
    starts_on: date
    """When the person can begin at the earliest, notice included."""
    ends_on: date | None
    begins_asked: date
    """When the request begins, today at the earliest."""
    days: int | None
    """How many days both last, without those when the person is away."""
    days_asked: int | None
    away: tuple[Span, ...] = ()
    """When the person is away while the work is to be done."""


@dataclass(frozen=True, slots=True)
class PlaceFit:
    """The distance against what the person will travel."""

    codes: tuple[str, ...]
    unmet: tuple[str, ...]
    points: int
    km: float | None
    reach_km: int | None
    region_willing: bool
    """The request's region is the person's own, or one where they said they would work."""


@dataclass(frozen=True, slots=True)
class QualificationFit:
    """What the person may and wants to do against what the work asks."""

    codes: tuple[str, ...]
    unmet: tuple[str, ...]
    points: int
    own_profile: bool
    educations: tuple[str, ...]
    """Completed levels that the work accepts; empty when it asks none or has none."""
    education_asked: bool
    big_standing: str
    big_requirement: str
    experienced: bool
    care_experience: bool
    limits: tuple[str, ...]
    """Work limits that bear on this work."""


Part = TimeFit | PlaceFit | QualificationFit


def mark(part: Part) -> str:
    """Whether a part fits (ok), fits but for a wish (unmet), or does not fit (fails)."""
    if part.codes:
        return FAILS
    return UNMET if part.unmet else OK


@dataclass(frozen=True, slots=True)
class Fit:
    """The reckoning of one candidate against one request."""

    time: TimeFit
    place: PlaceFit
    qualification: QualificationFit

    @property
    def codes(self) -> tuple[str, ...]:
        """What excludes the candidate, as codes of list `mismatch_reason`."""
        return self.time.codes + self.place.codes + self.qualification.codes

    @property
    def fits(self) -> bool:
        """Whether nothing excludes the candidate."""
        return not self.codes

    @property
    def score(self) -> int:
        """0 to 100: 40 for time, 30 for place, 30 for qualification."""
        return self.time.points + self.place.points + self.qualification.points


def usable_grid(grid: int, limits: frozenset[str], weekends: str | None = None) -> int:
    """The day parts that somebody offers and that their own limits leave."""
    barred = _WEEKEND if weekends == "no" else 0
    for limit in limits:
        barred |= _BARRED.get(limit, 0)
    return grid & ~barred


def reach_of(max_travel_km: int | None, max_travel_minutes: int | None) -> int | None:
    """How many kilometres somebody will travel, when only minutes are known by an estimate."""
    if max_travel_km is not None:
        return max_travel_km
    return None if max_travel_minutes is None else int(max_travel_minutes * KM_A_MINUTE)


def waits_longest(score: int, waiting_since: datetime) -> tuple[int, datetime]:
    """Sorts the best first, and among equals whoever has waited longest without an answer."""
    return -score, waiting_since
