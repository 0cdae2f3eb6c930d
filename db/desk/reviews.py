"""A second look at interviews: approved, or handed back with a note to the caller who held them."""

from uuid import UUID

from db.desk.lane import Lane
from db.desk.unit import Unit
from db.errors import ConflictError, DeskError
from db.models import Candidate, Interview, Review
from db.rules.hygiene import clean
from db.rules.names import show_name
from db.stores import reviews as store
from db.stores.candidate_card import name_of
from db.views.reviews import HandedBack, ReviewedInterview, ReviewLists

LIMIT = 200
NOTE_LIMIT = 500


class ReviewsDesk:
    """Use cases of whoever guards the quality, and of the caller whose interview came back."""

    def __init__(self, lane: Lane) -> None:
        self._lane = lane

    async def lists(self, limit: int = LIMIT) -> ReviewLists:
        """What waits for a look, and what waits for its caller."""
        return await self._lane.read(lambda session: store.load_reviews(session, limit))

    async def read(self, interview_id: UUID) -> ReviewedInterview:
        """The answers of an interview; logged as a read of the candidate."""

        def work(unit: Unit) -> ReviewedInterview:
            found = store.load_reviewed(unit.session, interview_id)
            unit.note_read("review.read", found.line.candidate_id)
            return found

        return await self._lane.write(work)

    async def approve(self, interview_id: UUID) -> None:
        """Say that the interview is good; undoable. ConflictError when somebody decided already."""
        await self._lane.write(lambda unit: _decide(unit, interview_id, "approved", ""))

    async def hand_back(self, interview_id: UUID, note: str) -> None:
        """Give the interview back to its caller; undoable.

        Raises DeskError without a note, ConflictError when somebody decided already.
        """
        words = clean(note, NOTE_LIMIT)
        if not words:
            raise DeskError("quality.note_missing")
        await self._lane.write(lambda unit: _decide(unit, interview_id, "handed_back", words))

    async def mine(self) -> tuple[HandedBack, ...]:
        """What came back to whoever sits here and was not put right yet."""
        user_id = self._lane.seat.user_id
        if user_id is None:
            return ()
        return await self._lane.read(lambda session: store.handed_back_to(session, user_id))


def _decide(unit: Unit, interview_id: UUID, verdict: str, note: str) -> None:
    interview = unit.get(Interview, interview_id)
    if interview.review_state != "pending":
        raise ConflictError("quality.decided_already")
    interview.review_state = verdict
    unit.session.add(
        Review(at=unit.now, interview_id=interview.id, user_id=unit.user_id, verdict=verdict, note=note)
    )
    candidate = unit.session.get_one(Candidate, interview.candidate_id)
    unit.record(
        "reviews.approve" if verdict == "approved" else "reviews.hand_back",
        candidate_id=candidate.id,
        subject_id=interview.id,
        undoable=True,
        name=show_name(name_of(candidate)),
    )
