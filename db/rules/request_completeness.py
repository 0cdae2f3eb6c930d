"""How complete the specification of a request is: the more is known, the better the people who fit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from db.rules.standard_profiles import standard_profile

NEEDED_TO_OPEN = ("function_profile", "fte")


class Specification(Protocol):
    """What must be known of a request to judge it: a draft and a stored request alike."""

    @property
    def function_profile(self) -> str: ...  # noqa: D102
    @property
    def fte_asked(self) -> int | None: ...  # noqa: D102
    @property
    def hours_min(self) -> int | None: ...  # noqa: D102
    @property
    def hours_max(self) -> int | None: ...  # noqa: D102
    @property
    def starts_on(self) -> date | None: ...  # noqa: D102
    @property
    def ends_on(self) -> date | None: ...  # noqa: D102
    @property
    def grid(self) -> int: ...  # noqa: D102
    @property
    def education_level(self) -> str | None: ...  # noqa: D102
    @property
    def big_requirement(self) -> str: ...  # noqa: D102
    @property
    def conditions(self) -> Sequence[str]: ...  # noqa: D102
    @property
    def employment_forms(self) -> Sequence[str]: ...  # noqa: D102
    @property
    def deadline(self) -> date | None: ...  # noqa: D102
    @property
    def contact_person_id(self) -> UUID | None: ...  # noqa: D102
    @property
    def postcode(self) -> str: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Completeness:
    """How many of the fields that count are filled in, and which are not, in the order of the form."""

    done: int
    needed: int
    missing: tuple[str, ...]

    @property
    def may_open(self) -> bool:
        """Whether enough is known to look for people."""
        return not set(NEEDED_TO_OPEN) & set(self.missing)


def completeness(asked: Specification, *, has_contact: bool = False) -> Completeness:
    """Judge a request; `has_contact` says that a contact person is known who has no record yet.

    No education or no registration counts as filled in when the profile usually asks none; that there are no
    conditions is said with the code `none`.
    """
    standard = standard_profile(asked.function_profile)
    filled = {
        "function_profile": bool(asked.function_profile),
        "fte": bool(asked.fte_asked),
        "hours_min": asked.hours_min is not None or asked.hours_max is not None,
        "starts_on": asked.starts_on is not None,
        "ends_on": asked.ends_on is not None,
        "grid": bool(asked.grid),
        "education_level": asked.education_level is not None or standard.education_level == "none",
        "big_requirement": bool(asked.function_profile)
        and (asked.big_requirement != "none" or standard.big_requirement == "none"),
        "conditions": bool(asked.conditions),
        "employment_forms": bool(asked.employment_forms),
        "deadline": asked.deadline is not None,
        "contact": asked.contact_person_id is not None or has_contact,
        "postcode": bool(asked.postcode),
    }
    missing = tuple(code for code, known in filled.items() if not known)
    return Completeness(len(filled) - len(missing), len(filled), missing)
