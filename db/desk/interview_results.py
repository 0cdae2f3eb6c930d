"""What a completed interview writes: education, experience, availability, consents, derived columns."""

from datetime import date
from typing import Any
from uuid import UUID

from db.desk.sampling import put_to_review
from db.desk.unit import Unit
from db.models import Availability, Candidate, Consent, Education, Experience, Interview
from db.rules.big import big_status, read_big
from db.rules.intake import Answers, educations_of, experiences_of, read_answers, relevant, value_of
from db.rules.match_columns import match_columns
from db.rules.qualification import (
    EducationDraft,
    ExperienceDraft,
    care_background,
    is_care_education,
    leads_to_big,
    medically_trained,
    segment,
)
from db.rules.times import local
from db.stores import interviews as store
from db.stores.facts import newest_consents
from db.texts import Texts

CONSENTS = {
    "consent_share": "share_with_care_organisations",
    "consent_contact": "contact_by_phone_mail",
    "consent_big_check": "big_check",
    "consent_keep": "keep_longer_1y",
    "consent_survey": "follow_up_survey",
    "consent_reserve": "zorgreserve_transfer",
    "consent_referral": "referral_sharing",
}
CONSENT_VERSION = "intake-2020-05"
"""Goes up with every change of a consent question; a test holds the texts to it."""
CONSENT_SOURCE = "intake"
BEYOND_AVAILABLE = frozenset({"proposed", "placed"})
"""Whoever was already proposed or placed stays so when an interview is amended."""


def complete_interview(unit: Unit, interview: Interview, language: str = "nl") -> Candidate:
    """Make the draft the newest word on its candidate, in this unit; nothing is checked here.

    `language` is the one in which the consents were asked. Earlier education, experience and availability are
    replaced, consents are added as facts.
    """
    candidate = unit.session.get_one(Candidate, interview.candidate_id)
    answers = relevant(read_answers(interview.answers))
    _replace_educations(unit, interview, educations_of(answers))
    _replace_experiences(unit, interview, experiences_of(answers))
    _write_availability(unit, interview, answers)
    _write_consents(unit, interview, answers, language)
    _derive(unit, candidate, answers)
    put_to_review(unit, interview)
    interview.state, interview.completed_at = "complete", unit.now
    return candidate


def _replace_educations(unit: Unit, interview: Interview, drafts: tuple[EducationDraft, ...]) -> None:
    for row in store.educations_of(unit.session, interview.candidate_id):
        unit.session.delete(row)
    for draft in drafts:
        unit.session.add(
            Education(
                candidate_id=interview.candidate_id,
                interview_id=interview.id,
                level=draft.level,
                programme=draft.programme,
                field=draft.field,
                completed=draft.completed,
                year=draft.year,
                is_care=is_care_education(draft),
                diploma_seen=draft.diploma_seen,
                foreign=draft.foreign,
            )
        )


def _replace_experiences(unit: Unit, interview: Interview, drafts: tuple[ExperienceDraft, ...]) -> None:
    for row in store.experiences_of(unit.session, interview.candidate_id):
        unit.session.delete(row)
    for draft in drafts:
        unit.session.add(
            Experience(
                candidate_id=interview.candidate_id,
                interview_id=interview.id,
                function_profile=draft.function_profile,
                sector=draft.sector,
                organisation=draft.organisation,
                years=draft.years,
                until_year=draft.until_year,
                paid=draft.paid,
            )
        )


def _write_availability(unit: Unit, interview: Interview, answers: Answers) -> None:
    """One row per candidate: what was there is changed, so that undo can put it back."""
    columns = _availability_columns(answers) | {
        "interview_id": interview.id,
        "last_confirmed_at": unit.now,
    }
    row = store.availability_of(unit.session, interview.candidate_id)
    if row is None:
        unit.session.add(Availability(candidate_id=interview.candidate_id, **columns))
        return
    for name, value in columns.items():
        setattr(row, name, value)


def _availability_columns(answers: Answers) -> dict[str, Any]:
    grid: Any = value_of(answers, "grid")
    notice: Any = value_of(answers, "notice_days")
    asked = ("hours_min", "hours_max", "weekends", "public_holidays", "on_call", "overnight_possible")
    columns: dict[str, Any] = {code: value_of(answers, code) for code in asked}
    columns |= {code: value_of(answers, code) for code in ("max_travel_km", "max_travel_minutes")}
    columns |= {
        code: value_of(answers, code) or [] for code in ("exceptions", "transport", "regions_willing")
    }
    return columns | {
        "available_from": _day(value_of(answers, "available_from")),
        "available_until": _day(value_of(answers, "available_until")),
        "notice_days": int(notice) if notice is not None else None,
        "grid": grid["available"],
        "grid_preferred": grid.get("preferred", 0),
    }


def _write_consents(unit: Unit, interview: Interview, answers: Answers, language: str) -> None:
    """Add what was agreed to or refused; what an earlier interview already wrote is not written again."""
    texts = Texts(language)
    version = f"{CONSENT_VERSION}-{texts.language}"
    holding = {fact.purpose: fact for fact in newest_consents(unit.session, interview.candidate_id)}
    for code, purpose in CONSENTS.items():
        agreed = value_of(answers, code)
        if agreed is None:
            continue
        state = "given" if agreed else "refused"
        fact = holding.get(purpose)
        if fact and (fact.state, fact.source) == (state, CONSENT_SOURCE):
            continue
        question = texts(f"intake.question.{code}")
        unit.session.add(_consent(unit, interview.candidate_id, purpose, state, question, version))


def _consent(unit: Unit, candidate_id: UUID, purpose: str, state: str, text: str, version: str) -> Consent:
    return Consent(
        at=unit.now,
        candidate_id=candidate_id,
        purpose=purpose,
        state=state,
        text=text,
        text_version=version,
        channel="phone",
        source=CONSENT_SOURCE,
        recorded_by=unit.user_id,
        recorded_at=unit.now,
    )


def _derive(unit: Unit, candidate: Candidate, answers: Answers) -> None:
    """Set what matching and the reports read from the candidate."""
    educations, experiences = educations_of(answers), experiences_of(answers)
    judged = value_of(answers, "care_background_override")
    background = care_background(educations, experiences) if judged is None else bool(judged)
    candidate.care_background = background
    candidate.medically_trained = medically_trained(educations)
    candidate.segment = "care_background" if background else _segment(answers, judged is not None)
    if experiences:
        candidate.function_profile = experiences[0].function_profile
    candidate.hours_min = _whole(value_of(answers, "hours_min"))
    candidate.hours_max = _whole(value_of(answers, "hours_max"))
    candidate.work_limits = _codes(value_of(answers, "work_limits"))
    candidate.work_limit_note = _text(value_of(answers, "work_limits_note"))
    candidate.big_number = _big_number(answers) or candidate.big_number
    candidate.big_status = _big_status(unit, answers)
    candidate.paused_until = None
    for name, value in match_columns(answers).items():
        setattr(candidate, name, value)
    _set_status(candidate, answers)


def _segment(answers: Answers, judged: bool) -> str:
    """The group of somebody without a care background; what the caller judged otherwise no longer counts."""
    considers = any(value_of(answers, code) in ("yes", "maybe") for code in ("lasting_job", "wants_training"))
    told = [item for item in educations_of(answers) if not judged or item.completed == "in_progress"]
    worked = () if judged else experiences_of(answers)
    return segment(told, worked, value_of(answers, "student_is_care") is True, considers)


def _big_status(unit: Unit, answers: Answers) -> str:
    if not leads_to_big(educations_of(answers), experiences_of(answers)):
        return "not_applicable"
    number = value_of(answers, "big_number")
    reading = read_big(number) if isinstance(number, str) else None
    profession = value_of(answers, "big_profession") or (reading.profession if reading else None)
    registered = value_of(answers, "big_registered")
    expires = _day(value_of(answers, "big_expires"))
    if registered is False and value_of(answers, "big_ever") and expires is None:
        registered = None
    return big_status(
        str(profession) if profession else None,
        registered if isinstance(registered, bool) else None,
        expires,
        value_of(answers, "big_struck_off") is True,
        local(unit.now).date(),
    )


def _big_number(answers: Answers) -> str | None:
    number = value_of(answers, "big_number")
    return read_big(number).number if isinstance(number, str) else None


def _set_status(candidate: Candidate, answers: Answers) -> None:
    if value_of(answers, "consent_share") is not True:
        candidate.status = "no_consent"
    elif candidate.status not in BEYOND_AVAILABLE:
        candidate.status = "available"
    candidate.status_reason = ""


def _day(value: object) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else None


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _codes(value: object) -> list[str]:
    return list(value) if isinstance(value, list) else []


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
