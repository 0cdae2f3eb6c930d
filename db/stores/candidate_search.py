"""Finding people by the last digits, either name or the e-mail address, on an index at any size."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col, select

from db.models import CallAttempt, Candidate
from db.rules.names import search_key
from db.rules.phone import digits
from db.stores.candidate_card import name_of
from db.stores.facts import stands
from db.stores.proposal_lists import live_counts
from db.views.candidates import CandidateLine, SearchResult

FEWEST_DIGITS = 3
FEWEST_LETTERS = 2
MOST_WORDS = 5
WHOLE_NUMBER = 9
LAST = "\U0010ffff"
"""Sorts after every other character: the end of a range of texts that begin alike."""


def starts_with(column: Mapped[str] | Mapped[str | None], prefix: str) -> sa.ColumnElement[bool]:
    """The condition that a text begins like this, as a range: LIKE would not use the index everywhere."""
    return sa.and_(column >= prefix, column < prefix + LAST)


def find_candidates(session: Session, text: str, limit: int) -> SearchResult:
    """Those who fit, by last name; whoever only the first name finds comes after. Too short finds nobody."""
    found: dict[UUID, tuple[bool, Candidate]] = {}
    for condition, order in _conditions(text):
        by_first = order is col(Candidate.search_first)
        statement = select(Candidate).where(condition, Candidate.status != "erased")
        for row in session.exec(statement.order_by(order).limit(limit + 1)):
            found.setdefault(row.id, (by_first, row))
    ranked = sorted(found.values(), key=lambda pair: (pair[0], pair[1].sort_name, pair[1].id.hex))
    rows = [row for _, row in ranked]
    return SearchResult(lines=_lines(session, rows[:limit]), more=len(rows) > limit)


def _conditions(text: str) -> list[tuple[sa.ColumnElement[bool], Mapped[str] | Mapped[str | None]]]:
    """Each with the column whose index serves it."""
    wanted = text.strip().casefold()
    if "@" in wanted:
        return [(starts_with(col(Candidate.email), wanted), col(Candidate.email))] if len(wanted) > 1 else []
    number = digits(wanted)
    if len(number) >= FEWEST_DIGITS and not any(letter.isalpha() for letter in wanted):
        backwards = _national(number)[::-1]
        columns = (col(Candidate.phone_reversed), col(Candidate.phone2_reversed))
        return [(starts_with(column, backwards), column) for column in columns]
    words = search_key(wanted).split()[:MOST_WORDS]
    conditions = _name_conditions(words, col(Candidate.search_name))
    if " " not in wanted and len(wanted) > FEWEST_LETTERS and wanted.isascii():
        conditions.append((starts_with(col(Candidate.email), wanted), col(Candidate.email)))
    return conditions + _name_conditions(words, col(Candidate.search_first))


def _name_conditions(
    words: Sequence[str], column: Mapped[str]
) -> list[tuple[sa.ColumnElement[bool], Mapped[str] | Mapped[str | None]]]:
    """Any of the words may begin the name that the column begins with; the others begin a word further on."""
    leading = [word for word in words if len(word) >= FEWEST_LETTERS]
    return [
        (
            sa.and_(
                starts_with(column, word),
                *(column.contains(f" {other}", autoescape=True) for other in _without(words, word)),
            ),
            column,
        )
        for word in dict.fromkeys(leading)
    ] + _joined_names(words, column)


def _joined_names(
    words: Sequence[str], column: Mapped[str]
) -> list[tuple[sa.ColumnElement[bool], Mapped[str] | Mapped[str | None]]]:
    """A name of several words, typed as it is kept: 'el amrani', 'smit jansen'."""
    if len(words) < FEWEST_LETTERS:
        return []
    return [(starts_with(column, " ".join(words)), column)]


def _without(words: Sequence[str], one: str) -> list[str]:
    rest = list(words)
    rest.remove(one)
    return rest


def _national(number: str) -> str:
    """A number typed in full, without what E.164 does not have: 06… and 0031…"""
    if number.startswith("00") or (number.startswith("0") and len(number) > WHOLE_NUMBER):
        return number.lstrip("0")
    return number


def _lines(session: Session, rows: Sequence[Candidate]) -> tuple[CandidateLine, ...]:
    sharing = _sharing(session, rows)
    last = _last_calls(session, [row.id for row in rows])
    live = live_counts(session, [row.id for row in rows])
    return tuple(_line(row, sharing, live.get(row.id, 0), last.get(row.id)) for row in rows)


def _line(
    row: Candidate, sharing: dict[UUID, int], live: int, call: tuple[datetime, str] | None
) -> CandidateLine:
    return CandidateLine(
        id=row.id,
        name=name_of(row),
        phone=row.phone,
        email=row.email,
        place=row.place,
        status=row.status,
        do_not_call=row.do_not_call,
        function_profile=row.function_profile,
        household=sharing.get(row.id, 0),
        proposed=live,
        last_outcome=call[1] if call else None,
        last_call_at=call[0] if call else None,
    )


def _sharing(session: Session, rows: Iterable[Candidate]) -> dict[UUID, int]:
    """How many others share a number with each of these."""
    listed = list(rows)
    numbers = {number for row in listed for number in (row.phone, row.phone2) if number}
    if not numbers:
        return {}
    counts: Counter[str] = Counter()
    for phone, phone2 in session.exec(
        select(Candidate.phone, Candidate.phone2).where(
            sa.or_(col(Candidate.phone).in_(numbers), col(Candidate.phone2).in_(numbers)),
            col(Candidate.status).not_in(("duplicate", "erased")),
        )
    ):
        counts.update({number for number in (phone, phone2) if number})
    return {
        row.id: max([0, *(counts[number] - 1 for number in (row.phone, row.phone2) if number)])
        for row in listed
    }


def _last_calls(session: Session, candidate_ids: Sequence[UUID]) -> dict[UUID, tuple[datetime, str]]:
    if not candidate_ids:
        return {}
    facts = select(CallAttempt.candidate_id, CallAttempt.at, CallAttempt.outcome).where(
        col(CallAttempt.candidate_id).in_(candidate_ids), stands(col(CallAttempt.id))
    )
    return {
        candidate_id: (at, outcome)
        for candidate_id, at, outcome in session.exec(facts.order_by(col(CallAttempt.at)))
    }
