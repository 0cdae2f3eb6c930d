"""What somebody writes down of a request, and which requests somebody wants to see."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from db.drafts.organisations import ContactDraft, checked_postcode
from db.errors import DeskError
from db.reference.lists import code_list
from db.rules.availability import ALL_CELLS, check_hours
from db.rules.dates import nearly_a_year
from db.rules.fte import positions_for
from db.rules.hygiene import clean
from db.rules.postcode import read_postcode
from db.rules.privacy import bsn_in
from db.rules.problems import Problem
from db.rules.request_completeness import Completeness, completeness

QUALIFICATIONS = ("education", "big", "experience", "vog", "dutch")
NEEDS = ("required", "wished")
MOST_FTE = 100_000
"""In hundredths."""
MOST_POSITIONS = 1000
MOST_FTE_HOURS = 48
TOO_MANY = 2
"""So many times the people that the fte take is hardly meant."""
NOTE_LIMIT = 2000
WORDS_LIMIT = 200
NOTHING = "none"
"""The condition that says that there are none; beside another it says nothing."""
Found = Iterator[tuple[str, Problem]]


@dataclass(frozen=True, slots=True)
class RequestDraft:
    """What an organisation asks, as far as it is known; amounts of fte in hundredths.

    `qualifications` says of education, big, experience, vog and dutch whether it is required or wished;
    `contact` is somebody who has no record yet, `contact_person_id` somebody who has.
    """

    organisation_id: UUID
    function_profile: str = ""
    function_given: str = ""
    fte_asked: int | None = None
    fte_hours: int = 36
    positions: int | None = None
    hours_min: int | None = None
    hours_max: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    deadline: date | None = None
    grid: int = 0
    education_level: str | None = None
    big_requirement: str = "none"
    qualifications: Mapping[str, str] = field(default_factory=dict)
    conditions: tuple[str, ...] = ()
    employment_forms: tuple[str, ...] = ()
    contact_person_id: UUID | None = None
    contact: ContactDraft | None = None
    postcode: str = ""
    note: str = ""

    def problems(self, today: date) -> tuple[tuple[str, Problem], ...]:
        """What is wrong or remarkable, with the field of the form where it stands."""
        return (*self._of_codes(), *self._of_amounts(), *self._of_days(today), *self._of_words())

    def completeness(self) -> Completeness:
        """How complete the specification is."""
        return completeness(self, has_contact=self.contact is not None)

    def checked(self, today: date) -> "RequestDraft":
        """The same, cleaned; DeskError with the first thing that cannot be."""
        for code, problem in self.problems(today):
            if problem.severity == "error":
                raise DeskError("requests.wrong", field=code, problem=problem.code)
        return replace(
            self,
            function_given=clean(self.function_given, WORDS_LIMIT),
            note=clean(self.note, NOTE_LIMIT, multiline=True),
            postcode=checked_postcode(self.postcode),
            conditions=tuple(
                code for code in self.conditions if code != NOTHING or self.conditions == (code,)
            ),
        )

    def _of_codes(self) -> Found:
        one_of = (
            ("function_profile", self.function_profile, "function_profile"),
            ("education_level", self.education_level, "education_level"),
            ("big_requirement", self.big_requirement, "big_requirement"),
        )
        for code, value, list_name in one_of:
            if value and value not in code_list(list_name):
                yield code, _unknown(value)
        several = (
            ("conditions", self.conditions, "request_condition"),
            ("employment_forms", self.employment_forms, "employment_form"),
        )
        for code, values, list_name in several:
            yield from ((code, _unknown(value)) for value in values if value not in code_list(list_name))
        for name, need in self.qualifications.items():
            if name not in QUALIFICATIONS or need not in NEEDS:
                yield f"{name}_need", _unknown(need)

    def _of_amounts(self) -> Found:
        if self.fte_asked is not None and not 0 < self.fte_asked <= MOST_FTE:
            yield "fte", Problem("fte_range", "error", {"high": MOST_FTE // 100})
        if not 1 <= self.fte_hours <= MOST_FTE_HOURS:
            yield "fte_hours", Problem("fte_hours_range", "error", {"high": MOST_FTE_HOURS})
        if self.positions is not None and not 1 <= self.positions <= MOST_POSITIONS:
            yield "positions", Problem("positions_range", "error", {"high": MOST_POSITIONS})
        yield from self._of_people()
        for problem in check_hours(self.hours_min, self.hours_max):
            yield ("hours_min" if self.hours_min is not None else "hours_max"), problem
        if not 0 <= self.grid <= ALL_CELLS:
            yield "grid", Problem("value_kind")

    def _of_people(self) -> Found:
        """Far more people than the fte take: hours were typed where people are asked."""
        hours = self.hours_min or self.hours_max
        if not (self.positions and self.fte_asked and hours):
            return
        enough = positions_for(self.fte_asked, self.fte_hours, hours)
        if self.positions > TOO_MANY * enough:
            yield "positions", Problem("positions_many", "warning", {"count": enough})

    def _of_days(self, today: date) -> Found:
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            yield "ends_on", Problem("until_before_from")
        elif self.ends_on and self.ends_on < today:
            yield "ends_on", Problem("until_past", "warning")
        if self.deadline and self.deadline < today:
            yield "deadline", Problem("deadline_past", "warning")
        days = (("starts_on", self.starts_on), ("ends_on", self.ends_on), ("deadline", self.deadline))
        for code, day in days:
            if day and nearly_a_year(day, today):
                yield code, Problem("date_far", "warning")

    def _of_words(self) -> Found:
        if self.postcode.strip() and read_postcode(self.postcode).postcode is None:
            yield "postcode", Problem("postcode_wrong")
        for code, words in (("function_given", self.function_given), ("note", self.note)):
            if bsn := bsn_in(words):
                yield code, Problem("bsn_found", "error", {"found": bsn})


@dataclass(frozen=True, slots=True)
class RequestFilter:
    """Which requests are wanted; empty is any.

    `shown` is open (those that still want people), draft, on_hold or all; `urgent` those whose deadline or
    start is within a week or past, `unfilled` those of which some fte is neither proposed nor placed.
    """

    region: str = ""
    sector: str = ""
    profile: str = ""
    urgent: bool = False
    unfilled: bool = False
    shown: str = "open"

    @property
    def narrowed(self) -> bool:
        """Whether it leaves anything out that still wants people."""
        return self != RequestFilter()


def _unknown(value: str) -> Problem:
    return Problem("code_unknown", "error", {"value": clean(value, 40)})
