"""Who could go where in a region, as a proposal to the recruiter. Codes and numbers; fte in hundredths."""

from dataclasses import dataclass
from uuid import UUID

from db.rules.names import PersonName


@dataclass(frozen=True, slots=True)
class PlannedPerson:
    """Somebody who could go to a request."""

    candidate_id: UUID
    name: PersonName
    place: str
    hours: int | None
    fte: int
    km: float | None
    """As the crow flies; None when a place is unknown."""


@dataclass(frozen=True, slots=True)
class PlannedRequest:
    """An open request with whoever the plan would propose to it; empty when nobody is left who fits."""

    request_id: UUID
    organisation: str
    place: str
    function_profile: str
    region_code: str
    left: int
    people: tuple[PlannedPerson, ...]

    @property
    def filled(self) -> int:
        """What these people would fill, at most what is left."""
        return min(self.left, sum(person.fte for person in self.people))


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan of one region or of all, request by request; nothing of it was sent to anybody."""

    requests: tuple[PlannedRequest, ...]
    available: int
    """How many people could be planned at all."""
    proven: bool
    """Nothing better exists among the people that were looked at."""

    @property
    def left(self) -> int:
        """What was still to be filled."""
        return sum(request.left for request in self.requests)

    @property
    def filled(self) -> int:
        """What the plan fills."""
        return sum(request.filled for request in self.requests)

    @property
    def average_km(self) -> float:
        """How far people would travel on average, as far as it is known."""
        known = [person.km for person in self.people if person.km is not None]
        return sum(known) / len(known) if known else 0.0

    @property
    def people(self) -> tuple[PlannedPerson, ...]:
        """Everybody in the plan."""
        return tuple(person for request in self.requests for person in request.people)
