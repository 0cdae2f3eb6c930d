"""The intake interview: a draft that survives anything, and the act that completes it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from db.desk.interview_results import CONSENTS, complete_interview
from db.desk.lane import Lane
from db.desk.outcomes import record_outcome
from db.desk.unit import Unit
from db.drafts.queue import Lease, OutcomeDraft
from db.errors import ConflictError, DeskError
from db.models import Candidate, Interview, QueueEntry, User
from db.rules.hygiene import clean
from db.rules.intake import (
    NOTE_LIMIT,
    Answer,
    Answers,
    Problem,
    missing,
    problems,
    read_answers,
    relevant,
    store_answer,
)
from db.rules.times import local
from db.stores import interviews as store
from db.stores.candidate_card import name_of
from db.stores.facts import newest_consents
from db.views.interviews import CompletedView, InterviewView, SavedView

__all__ = ["InterviewsDesk", "complete_interview"]
NUMBERS = frozenset({"big_number", "kvk_number"})
"""Kept only when they are what the field asks for: anything else could be a citizen service number."""


class InterviewsDesk:
    """Use cases of the conversation."""

    def __init__(self, lane: Lane) -> None:
        self._lane = lane

    async def open(self, candidate_id: UUID, entry_id: UUID | None) -> InterviewView:
        """Take up the draft of a candidate, or begin one from the newest answers; logged as a read.

        Whoever opens it is its editor from now on: what an earlier editor still types is refused.
        """
        return await self._lane.write(lambda unit: _open(unit, candidate_id, entry_id))

    async def save_field(
        self, interview_id: UUID, field: str, answer: Answer, current_field: str, version: int
    ) -> SavedView:
        """Keep one answer, and where the conversation goes next; raises as `save_fields`."""
        return await self.save_fields(interview_id, {field: answer}, current_field, version)

    async def save_fields(
        self, interview_id: UUID, answers: Answers, current_field: str, version: int
    ) -> SavedView:
        """Keep answers that were given at once; durable when this returns.

        Raises DeskError when a text holds a citizen service number, ConflictError when somebody else wrote in
        the draft since `version`; nothing is kept then, and what was there stays.
        """
        return await self._lane.write(
            lambda unit: _save(unit, interview_id, dict(answers), current_field, version)
        )

    async def save_place(self, interview_id: UUID, current_field: str) -> None:
        """Keep where the conversation is, when only that changed."""

        def work(unit: Unit) -> None:
            interview = unit.get(Interview, interview_id)
            if interview.state == "draft" and interview.user_id == unit.user_id:
                store.write_draft(unit.session, interview_id, {"current_field": current_field})

        await self._lane.write(work)

    async def complete(self, interview_id: UUID, epoch: int | None, language: str = "nl") -> CompletedView:
        """Complete the interview and close the call that it belongs to; undoable as one thing.

        Raises DeskError when a required answer is missing or wrong. With `epoch` None no call is recorded:
        the interview is amended outside a call.
        """
        return await self._lane.write(lambda unit: _complete(unit, interview_id, epoch, language))


def _open(unit: Unit, candidate_id: UUID, entry_id: UUID | None) -> InterviewView:
    candidate = unit.get(Candidate, candidate_id)
    draft = store.draft_of(unit.session, candidate_id)
    earlier = None if draft else store.newest_complete(unit.session, candidate_id)
    resumed = draft is not None
    if draft is None:
        draft = _begin(unit, candidate, entry_id, earlier)
    draft.user_id = unit.user_id
    draft.entry_id = entry_id or draft.entry_id
    unit.record("interview.open", candidate_id=candidate_id, subject_id=draft.id)
    return InterviewView(
        id=draft.id,
        candidate_id=candidate_id,
        entry_id=draft.entry_id,
        name=name_of(candidate),
        answers=read_answers(draft.answers),
        version=draft.answers_version,
        current_field=draft.current_field,
        own_numbers=_own_numbers(candidate),
        suggestions=_suggestions(unit, candidate),
        given=_given(candidate),
        resumed=resumed,
        reopened=earlier is not None,
    )


def _begin(unit: Unit, candidate: Candidate, entry_id: UUID | None, earlier: Interview | None) -> Interview:
    draft = Interview(
        candidate_id=candidate.id,
        entry_id=entry_id,
        user_id=unit.user_id,
        answers=_still_true(unit, earlier) if earlier else {},
        created_at=unit.now,
        updated_at=unit.now,
    )
    unit.session.add(draft)
    return draft


def _still_true(unit: Unit, earlier: Interview) -> dict[str, Any]:
    """The earlier answers, without consents that were withdrawn or taken back since: they are asked again."""
    answers = dict(earlier.answers)
    holding = {fact.purpose: fact.state for fact in newest_consents(unit.session, earlier.candidate_id)}
    for code, purpose in CONSENTS.items():
        given = answers.get(code, {}).get("value")
        if given is not None and holding.get(purpose) != ("given" if given else "refused"):
            del answers[code]
    return answers


def _suggestions(unit: Unit, candidate: Candidate) -> dict[str, Any]:
    found = {
        "available_from": local(unit.now).date().isoformat(),
        "hours_min": candidate.hours_min,
        "hours_max": candidate.hours_max,
        "big_number": candidate.big_number,
        "experiences": candidate.function_profile,
    }
    return {code: value for code, value in found.items() if value is not None}


def _given(candidate: Candidate) -> dict[str, str]:
    found = {
        "educations": candidate.function_given,
        "care_experience": candidate.function_given,
        "experiences": candidate.function_given,
        "big_registered": candidate.big_given,
        "big_number": candidate.big_given,
        "hours_min": candidate.hours_given,
        "motivation": candidate.remarks,
        "notes": candidate.remarks,
    }
    return {code: text for code, text in found.items() if text}


def _own_numbers(candidate: Candidate) -> tuple[str, ...]:
    return tuple(number for number in (candidate.phone, candidate.phone2) if number)


def _save(
    unit: Unit, interview_id: UUID, answers: dict[str, Answer], current_field: str, version: int
) -> SavedView:
    interview = _editable(unit, interview_id, version)
    candidate = unit.session.get_one(Candidate, interview.candidate_id)
    cleaned = {code: _cleaned(answer) for code, answer in answers.items()}
    everything = {**read_answers(interview.answers), **cleaned}
    for code, answer in cleaned.items():
        _refuse_private(unit, code, answer, everything, _own_numbers(candidate))
    stored = {code: store_answer(answer) for code, answer in cleaned.items()}
    before = {code: interview.answers.get(code) for code in stored}
    values = {
        "answers": {**interview.answers, **stored},
        "answers_version": version + 1,
        "current_field": current_field,
        "updated_at": unit.now,
    }
    unit.record(
        "interview.answer", candidate_id=candidate.id, subject_id=interview.id, before=before, after=stored
    )
    store.write_draft(unit.session, interview_id, values)
    return SavedView(version=version + 1)


def _editable(unit: Unit, interview_id: UUID, version: int | None) -> Interview:
    """The draft, when this user may write in it."""
    interview = unit.get(Interview, interview_id)
    if interview.state != "draft":
        raise ConflictError("interview.already_complete")
    if interview.user_id != unit.user_id:
        other = unit.session.get_one(User, interview.user_id)
        raise ConflictError("interview.taken_over", name=other.name)
    if version is not None and interview.answers_version != version:
        raise ConflictError("interview.changed_elsewhere")
    return interview


def _cleaned(answer: Answer) -> Answer:
    return Answer(_clean_value(answer.value), answer.asked)


def _clean_value(value: Any) -> Any:  # noqa: ANN401  # any answer is JSON
    if isinstance(value, str):
        return clean(value, NOTE_LIMIT + 1, multiline=True)
    if isinstance(value, Mapping):
        return {key: _clean_value(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_clean_value(part) for part in value]
    return value


def _refuse_private(
    unit: Unit, code: str, answer: Answer, answers: Answers, own_numbers: tuple[str, ...]
) -> None:
    """What may not be written down is not written down, not even in a draft."""
    found = _errors(unit, code, answer, answers, own_numbers)
    for problem in found:
        if problem.code == "bsn_found":
            raise DeskError("interview.bsn_refused", found=problem.params["found"])
    if found and code in NUMBERS:
        raise DeskError("interview.number_refused")


def _errors(
    unit: Unit, code: str, answer: Answer, answers: Answers, own_numbers: tuple[str, ...] = ()
) -> list[Problem]:
    found = problems(code, answer, answers, local(unit.now).date(), own_numbers)
    return [problem for problem in found if problem.severity == "error"]


def _complete(unit: Unit, interview_id: UUID, epoch: int | None, language: str) -> CompletedView:
    interview = _editable(unit, interview_id, None)
    answers = relevant(read_answers(interview.answers))
    _require_complete(unit, answers)
    recorded = None
    if epoch is not None and interview.entry_id is not None:
        unit.get(QueueEntry, interview.entry_id)
        recorded = record_outcome(unit, Lease(interview.entry_id, epoch), OutcomeDraft("reached_intake_done"))
        unit.session.flush()
    candidate = complete_interview(unit, interview, language)
    unit.record(
        "interview.complete",
        candidate_id=candidate.id,
        subject_id=interview.id,
        undoable=True,
        outcome="reached_intake_done",
    )
    return CompletedView(
        interview_id=interview.id,
        candidate_id=candidate.id,
        status=candidate.status,
        care_background=bool(candidate.care_background),
        segment=candidate.segment or "",
        big_status=candidate.big_status,
        recorded=recorded,
    )


def _require_complete(unit: Unit, answers: Answers) -> None:
    lacking = missing(answers)
    if lacking:
        raise DeskError("interview.incomplete", count=len(lacking), fields=", ".join(lacking))
    for code, answer in answers.items():
        if _errors(unit, code, answer, answers):
            raise DeskError("interview.wrong_answer", field=code)
