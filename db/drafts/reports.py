"""What somebody wants figures of."""

from dataclasses import dataclass
from datetime import date

from db.errors import DeskError
from db.reference.lists import code_list
from db.rules.hygiene import clean

YEARS = range(1900, 3000)
"""Days beyond these are slips of the finger, and at the ends of the calendar nothing can be counted."""


def day_of(given: str) -> date:
    """A day as a person types it, 2020-05-07 or 07-05-2020; DeskError when it is none."""
    parts = given.strip().replace("/", "-").split("-")
    if len(parts) == 3 and len(parts[2]) == 4:
        parts.reverse()
    try:
        year, month, day = map(int, parts)
        if year not in YEARS:
            raise ValueError(f"no desk was open in {year}")
        return date(year, month, day)
    except ValueError as error:
        raise DeskError("reports.day_unreadable", given=clean(given, 40)) from error


@dataclass(frozen=True, slots=True)
class ReportFilter:
    """A period, a reference date, a region and a wave; everything that is left out is not limited.

    Both days of the period are included. `as_of` is the day at whose end the figures hold; without it they
    hold now. The wave is a code of the desk's settings.
    """

    from_: date | None = None
    to: date | None = None
    as_of: date | None = None
    region: str | None = None
    wave: str | None = None

    def checked(self) -> "ReportFilter":
        """Raise DeskError with what cannot be."""
        if self.from_ and self.to and self.from_ > self.to:
            raise DeskError("reports.period_backwards")
        if self.region and self.region not in code_list("region"):
            known = ", ".join(code_list("region"))
            raise DeskError("reports.region_unknown", region=self.region, known=known)
        return self
