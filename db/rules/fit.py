"""Whether a candidate fits a request, why, and how well: the rule behind every ranked list."""

from datetime import date

from db.rules.fit_facts import Fit, FitCandidate, FitRequest
from db.rules.fit_place import fit_place
from db.rules.fit_qualification import fit_qualification
from db.rules.fit_time import fit_time


def fit(candidate: FitCandidate, request: FitRequest, on: date) -> Fit:
    """The reckoning on a day: hard rules exclude, wishes and coverage rank."""
    return Fit(
        time=fit_time(candidate, request, on),
        place=fit_place(candidate, request),
        qualification=fit_qualification(candidate, request, on),
    )
