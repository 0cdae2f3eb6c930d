"""Who could go where: the assignment that fills the most fte, and of those the one with the least travel."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from highspy import Highs

SECONDS = 3.0
"""How long to look for something better than what was found; the best so far is given then."""
_HALF = 0.5
_LESS_THAN_ONE = 0.99
"""Everything is counted in whole numbers: what is less than one apart is the same."""


@dataclass(frozen=True, slots=True)
class Edge:
    """Somebody who fits a request: the hundredths of an fte they would fill, and the tenths of a km there."""

    candidate: UUID
    request: UUID
    fte: int
    travel: int


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who goes where; `proven` says that nothing better exists."""

    edges: tuple[Edge, ...]
    proven: bool


def assign(edges: Sequence[Edge], left: Mapping[UUID, int], seconds: float = SECONDS) -> Assignment:
    """Choose edges, nobody twice: first the most fte, then the least travel.

    What people bring beyond what is left of a request does not count: the last one may work less than they
    offer. Raises ModuleNotFoundError without the solver (extra `plan`).
    """
    usable = [edge for edge in edges if left.get(edge.request, 0) > 0 and edge.fte > 0]
    if not usable:
        return Assignment((), proven=True)
    model = _model(usable, left)
    most_proven = _run(model, seconds)
    spent = model.getRunTime()
    _prefer_near(model, usable)
    nearest_proven = _run(model, max(seconds - spent, seconds / 4))
    values = model.getSolution().col_value[: len(usable)]
    chosen = tuple(edge for edge, value in zip(usable, values, strict=True) if value > _HALF)
    return Assignment(chosen, most_proven and nearest_proven)


def _model(edges: Sequence[Edge], left: Mapping[UUID, int]) -> "Highs":
    """A yes or no for each edge and what is filled of each request.

    A row for each person (at most once), one for each request (no more than is brought), and one for all
    that is filled.
    """
    import highspy
    import numpy

    people = {person: row for row, person in enumerate(dict.fromkeys(edge.candidate for edge in edges))}
    asked = list(dict.fromkeys(edge.request for edge in edges))
    requests = {request: row for row, request in enumerate(asked, start=len(people))}
    rows, columns = len(people) + len(asked) + 1, len(edges) + len(asked)
    entries = [
        *(((people[edge.candidate], 1.0), (requests[edge.request], float(edge.fte))) for edge in edges),
        *(((requests[request], -1.0), (rows - 1, 1.0)) for request in asked),
    ]
    problem = highspy.HighsLp()
    problem.num_col_, problem.num_row_ = columns, rows
    problem.sense_ = highspy.ObjSense.kMaximize
    problem.col_cost_ = numpy.array([0.0] * len(edges) + [1.0] * len(asked))
    problem.col_lower_ = numpy.zeros(columns)
    problem.col_upper_ = numpy.array([1.0] * len(edges) + [float(left[request]) for request in asked])
    problem.integrality_ = [highspy.HighsVarType.kInteger] * columns
    problem.row_lower_ = numpy.array([-highspy.kHighsInf] * len(people) + [0.0] * (len(asked) + 1))
    problem.row_upper_ = numpy.array([1.0] * len(people) + [highspy.kHighsInf] * (len(asked) + 1))
    matrix = problem.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kColwise
    matrix.start_ = numpy.arange(0, 2 * columns + 1, 2)
    matrix.index_ = numpy.array([row for pair in entries for row, _ in pair])
    matrix.value_ = numpy.array([value for pair in entries for _, value in pair])
    model = highspy.Highs()  # type: ignore[no-untyped-call]
    model.silent()
    model.setOptionValue("mip_rel_gap", 0.0)
    model.setOptionValue("mip_abs_gap", _LESS_THAN_ONE)
    model.setOptionValue("threads", 1)
    model.passModel(problem)
    return model


def _run(model: "Highs", seconds: float) -> bool:
    """Look for the best; whether nothing better exists."""
    import highspy

    model.setOptionValue("time_limit", seconds)
    model.run()
    return bool(model.getModelStatus() == highspy.HighsModelStatus.kOptimal)


def _prefer_near(model: "Highs", edges: Sequence[Edge]) -> None:
    """Ask for the least travel among all that fill as much, starting from what was found."""
    import highspy
    import numpy

    found = model.getSolution()
    most = round(model.getObjectiveValue())
    columns = model.getNumCol()
    travel = [float(edge.travel) for edge in edges]
    costs = numpy.array(travel + [0.0] * (columns - len(edges)))
    model.changeColsCost(columns, numpy.arange(columns), costs)
    model.changeObjectiveSense(highspy.ObjSense.kMinimize)
    model.changeRowBounds(model.getNumRow() - 1, float(most), highspy.kHighsInf)
    model.setSolution(found)
