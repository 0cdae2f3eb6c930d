"""Who could go where: the assignment that fills the most fte, wastes the least and then travels the least."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from highspy import Highs, HighsLp

SECONDS = 2.0
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

    The last one at a request may work less than they offer, but what they offer in vain is taken off: nobody
    is used up for less than half of what they bring, and who brings what is left goes before who brings more.
    Raises ModuleNotFoundError without the solver (extra `plan`).
    """
    usable = [edge for edge in edges if left.get(edge.request, 0) > 0 and edge.fte > 0]
    if not usable:
        return Assignment((), proven=True)
    model = _model(usable, left)
    _begin(model, usable, left)
    most_proven = _run(model, seconds)
    spent = model.getRunTime()
    _prefer_near(model, usable)
    nearest_proven = _run(model, max(seconds - spent, seconds / 4))
    values = model.getSolution().col_value[: len(usable)]
    chosen = tuple(edge for edge, value in zip(usable, values, strict=True) if value > _HALF)
    return Assignment(chosen, most_proven and nearest_proven)


def _model(edges: Sequence[Edge], left: Mapping[UUID, int]) -> "Highs":
    """A yes or no for each edge and what is filled of each request.

    A row for each person (at most once), one for each request (no more than is brought), and one for the
    worth of it all: what is filled, less what is brought in vain.
    """
    import highspy
    import numpy

    people = {person: row for row, person in enumerate(dict.fromkeys(edge.candidate for edge in edges))}
    asked = list(dict.fromkeys(edge.request for edge in edges))
    requests = {request: row for row, request in enumerate(asked, start=len(people))}
    rows, columns = len(people) + len(asked) + 1, len(edges) + len(asked)
    entries = [
        *(
            ((people[edge.candidate], 1.0), (requests[edge.request], float(edge.fte)), (rows - 1, -edge.fte))
            for edge in edges
        ),
        *(((requests[request], -1.0), (rows - 1, 2.0)) for request in asked),
    ]
    problem = highspy.HighsLp()
    problem.num_col_, problem.num_row_ = columns, rows
    problem.sense_ = highspy.ObjSense.kMaximize
    problem.col_cost_ = numpy.array([-float(edge.fte) for edge in edges] + [2.0] * len(asked))
    problem.col_lower_ = numpy.zeros(columns)
    problem.col_upper_ = numpy.array([1.0] * len(edges) + [float(left[request]) for request in asked])
    problem.integrality_ = [highspy.HighsVarType.kInteger] * columns
    problem.row_lower_ = numpy.array(
        [-highspy.kHighsInf] * len(people) + [0.0] * len(asked) + [-highspy.kHighsInf]
    )
    problem.row_upper_ = numpy.array([1.0] * len(people) + [highspy.kHighsInf] * (len(asked) + 1))
    matrix = problem.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kColwise
    matrix.start_ = numpy.cumsum([0, *map(len, entries)])
    matrix.index_ = numpy.array([row for column in entries for row, _ in column])
    matrix.value_ = numpy.array([value for column in entries for _, value in column])
    return _exact(problem)


def _exact(problem: "HighsLp") -> "Highs":
    """A solver that stops at nothing less than the best."""
    import highspy

    model = highspy.Highs()  # type: ignore[no-untyped-call]
    model.silent()
    model.setOptionValue("mip_rel_gap", 0.0)
    model.setOptionValue("mip_abs_gap", _LESS_THAN_ONE)
    model.setOptionValue("threads", 1)
    model.passModel(problem)
    return model


def _begin(model: "Highs", edges: Sequence[Edge], left: Mapping[UUID, int]) -> None:
    """Start from a plan that wastes nothing, nearest first: whatever the time allows, it gets no worse."""
    import highspy

    room, taken, values = dict(left), set(), [0.0] * model.getNumCol()
    filled = dict.fromkeys((edge.request for edge in edges), 0.0)
    for index, edge in sorted(enumerate(edges), key=lambda pair: pair[1].travel):
        if edge.candidate not in taken and edge.fte <= room[edge.request]:
            taken.add(edge.candidate)
            room[edge.request] -= edge.fte
            filled[edge.request] += edge.fte
            values[index] = 1.0
    values[len(edges) :] = filled.values()
    found = highspy.HighsSolution()
    found.col_value = values
    found.value_valid = True
    model.setSolution(found)


def _run(model: "Highs", seconds: float) -> bool:
    """Look for the best; whether nothing better exists."""
    import highspy

    model.setOptionValue("time_limit", seconds)
    model.run()
    return bool(model.getModelStatus() == highspy.HighsModelStatus.kOptimal)


def _prefer_near(model: "Highs", edges: Sequence[Edge]) -> None:
    """Ask for the least travel among all that are worth as much, starting from what was found."""
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
