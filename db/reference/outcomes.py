"""The call outcomes as data: their key, what they demand, and what follows from them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from db.reference.files import read_rows

REASON = "reason"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What can come of a call.

    `family` is reached | not_reached | data_problem | message; `retry` is none | minutes | other_day_part |
    callback | days. `counts` says that it was a try to reach the person. `maximum` is how often this outcome
    may bring the candidate back (0: the general maximum decides). `demands` names what is asked on the same
    line, `reason_list` the code list of a demanded reason. `candidate_status` is what the candidate becomes;
    empty leaves them as they are.
    """

    code: str
    nl: str
    en: str
    short_nl: str
    short_en: str
    key: str
    family: str
    final: bool
    counts: bool
    retry: str
    delay_minutes: int
    maximum: int
    demands: tuple[str, ...]
    reason_list: str
    effect: str
    candidate_status: str
    sort_order: int

    def label(self, language: str) -> str:
        """What the outcome is called in a language; Dutch unless English is asked for."""
        return self.en if language == "en" else self.nl

    def short(self, language: str) -> str:
        """What stands beside its key on the call card."""
        return self.short_en if language == "en" else self.short_nl

    @property
    def unanswered(self) -> bool:
        """Whether it is one of the counted tries after which a candidate is mailed instead."""
        return self.counts and self.family == "not_reached"


@cache
def outcomes() -> Mapping[str, Outcome]:
    """All outcomes by code, in the order of the call card."""
    read = sorted((_read(row) for row in read_rows("call_outcomes.csv")), key=lambda item: item.sort_order)
    return MappingProxyType({item.code: item for item in read})


def _read(row: dict[str, str]) -> Outcome:
    asked = [demand.partition(":") for demand in row["demands"].split()]
    return Outcome(
        code=row["code"],
        nl=row["nl"],
        en=row["en"],
        short_nl=row["short_nl"],
        short_en=row["short_en"],
        key=row["key"],
        family=row["family"],
        final=row["final"] == "yes",
        counts=row["counts"] == "yes",
        retry=row["retry"],
        delay_minutes=int(row["delay_minutes"]),
        maximum=int(row["maximum"]),
        demands=tuple(name for name, _, _ in asked),
        reason_list=next((source for name, _, source in asked if name == REASON), ""),
        effect=row["effect"],
        candidate_status=row["candidate_status"],
        sort_order=int(row["sort_order"]),
    )
