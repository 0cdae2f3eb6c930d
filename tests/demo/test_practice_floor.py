"""The practice floor is what a real desk could have left behind."""

import os
import sqlite3
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, create_engine, select

from db.demo import DemoReport, build_demo, demo_is_current
from db.demo.people import NUMBERS
from db.demo.team import STOPPED
from db.errors import DeskError
from db.models import (
    Announcement,
    Availability,
    CallAttempt,
    Candidate,
    Conflict,
    Consent,
    Education,
    ImportBatch,
    Interview,
    Likeness,
    Organisation,
    Proposal,
    ProposalEvent,
    QueueEntry,
    ReconfirmationRound,
    RepairTask,
    Request,
    Review,
    User,
)
from db.reference.lists import code_list
from db.reference.outcomes import outcomes
from db.rules.calling_hours import CallingHours
from db.rules.exclusions import names_organisation
from db.rules.intake import missing, problems, read_answers

NOW = datetime(2020, 5, 7, 8, 0, tzinfo=UTC)
TODAY = NOW.date()
SIZE = 1_500
CLOSED = {
    "withdrawn": "reached_withdrawn",
    "referred": "reached_referred",
    "unreachable": "emailed_no_response",
    "available": "reached_intake_done",
    "proposed": "reached_intake_done",
    "placed": "reached_intake_done",
}


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> DemoReport:
    return build_demo(tmp_path_factory.mktemp("practice") / "practice.db", candidates=SIZE, now=NOW)


@pytest.fixture
def session(report: DemoReport) -> Iterator[Session]:
    engine = create_engine(f"sqlite:///{report.path}")
    with Session(engine) as session:
        yield session
    engine.dispose()


def dump(path: Path) -> list[str]:
    with sqlite3.connect(path) as connection:
        return list(connection.iterdump())


def test_the_same_seed_gives_the_same_rows_and_another_seed_others(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("one.db", "two.db", "three.db")]
    for path, seed in zip(paths, (7, 7, 8), strict=True):
        build_demo(path, seed=seed, candidates=120, now=NOW)
    one, two, three = map(dump, paths)
    assert one == two
    assert one != three


def test_the_file_is_whole(report: DemoReport) -> None:
    with sqlite3.connect(report.path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        indexes = {
            row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'index'")
        }
    assert {"ix_queue_entry_ready", "uq_queue_entry_open", "ix_candidate_phone_reversed"} <= indexes


def test_figures_are_those_of_the_field_at_this_size(report: DemoReport, session: Session) -> None:
    calls = {
        attempt.candidate_id
        for attempt in session.exec(select(CallAttempt))
        if outcomes()[attempt.outcome].family != "message"
    }
    assert len(session.exec(select(Candidate)).all()) == SIZE
    assert report.called == len(calls) == round(15_500 * SIZE / 22_500)
    proposals = session.exec(select(Proposal)).all()
    assert len({proposal.candidate_id for proposal in proposals}) == pytest.approx(
        6_646 * SIZE / 22_500, abs=5
    )
    assert sum(request.fte_asked for request in session.exec(select(Request))) == round(
        460_300 * SIZE / 22_500
    )


def test_nobody_drives_without_a_licence(session: Session) -> None:
    answered = [interview.answers for interview in session.exec(select(Interview)) if interview.answers]
    walking = [given for given in answered if given.get("driving_licence", {}).get("value") == "none"]
    assert walking
    assert not [given for given in walking if "car" in given.get("transport", {}).get("value", ())]


def test_every_batch_accounts_for_its_rows(session: Session) -> None:
    for batch in session.exec(select(ImportBatch)):
        sorts = (batch.rows_created, batch.rows_merged, batch.rows_unchanged, batch.rows_rejected)
        assert batch.rows_read == sum(sorts)


def test_one_open_entry_at_most_and_its_state_agrees_with_the_candidate(session: Session) -> None:
    people = {candidate.id: candidate for candidate in session.exec(select(Candidate))}
    entries = session.exec(select(QueueEntry)).all()
    open_entries = Counter(entry.candidate_id for entry in entries if entry.state != "done")
    assert max(open_entries.values()) == 1
    assert {entry.candidate_id for entry in entries} == set(people)
    for entry in entries:
        candidate = people[entry.candidate_id]
        if entry.round_id is not None:
            assert candidate.status == "available"
            continue
        assert (entry.region_code, entry.registered_at) == (candidate.region_code, candidate.registered_at)
        if entry.state == "done":
            assert entry.closed_reason == CLOSED.get(candidate.status, entry.closed_reason)
            assert not (candidate.do_not_call and entry.closed_reason != "reached_do_not_call")
        else:
            assert not candidate.do_not_call
            assert candidate.status not in {*CLOSED, "closed"}
        assert (candidate.phone is None) == (entry.blocked_reason == "no_number")


def test_entries_wait_as_the_desk_would_have_left_them(session: Session) -> None:
    entries = session.exec(select(QueueEntry)).all()
    states = {
        state: [entry for entry in entries if entry.state == state]
        for state in ("ready", "due", "scheduled", "claimed", "blocked")
    }
    assert all(states.values())
    assert all(entry.vests_at and entry.vests_at <= NOW for entry in states["due"])
    assert all(entry.vests_at and entry.vests_at > NOW for entry in states["scheduled"])
    assert all(entry.vests_at is None or entry.vests_at <= NOW for entry in states["ready"])
    assert all(entry.blocked_reason for entry in states["blocked"])
    assert all(entry.claimed_by and entry.claimed_until for entry in states["claimed"])
    left = [entry for entry in states["claimed"] if entry.claimed_until and entry.claimed_until < NOW]
    assert len(left) == 1, "one lease is left of somebody who stopped"
    for entry in states["claimed"]:
        assert entry in left or (entry.claimed_until and entry.claimed_until <= NOW + timedelta(minutes=20))
        assert entry.claim_epoch >= 1
    assert all(entry.claimed_by is None for entry in entries if entry.state != "claimed")
    assert any(entry.assigned_to is None for entry in states["due"])
    kinds = {entry.kind for entry in entries if entry.state != "done"}
    assert kinds == {"new", "retry", "callback", "reconfirm", "email", "email_sent"}


def test_call_attempts_lie_within_calling_hours_after_the_registration_came_in(session: Session) -> None:
    hours = CallingHours()
    came_in = {candidate.id: candidate.created_at for candidate in session.exec(select(Candidate))}
    for attempt in session.exec(select(CallAttempt)):
        assert came_in[attempt.candidate_id] < attempt.at < NOW
        assert outcomes()[attempt.outcome].family == "message" or hours.is_open(attempt.at)
        assert attempt.user_id


def test_the_last_attempt_says_what_the_entry_says(session: Session) -> None:
    last: dict[Any, CallAttempt] = {}
    count: Counter[Any] = Counter()
    for attempt in session.exec(select(CallAttempt).order_by(CallAttempt.at)):  # type: ignore[arg-type]
        last[attempt.entry_id] = attempt
        count[attempt.entry_id] += outcomes()[attempt.outcome].unanswered
    for entry in session.exec(select(QueueEntry)):
        if entry.id not in last:
            assert entry.kind == "new" or entry.round_id is not None
            continue
        attempt = last[entry.id]
        if entry.state == "done":
            assert entry.closed_reason == attempt.outcome
        elif entry.kind == "callback":
            assert attempt.callback_at == entry.vests_at
            assert entry.assigned_to in (None, attempt.user_id)
        elif entry.kind in ("email", "email_sent"):
            assert entry.counted_attempts == count[entry.id] == 5
        elif entry.kind == "retry" and attempt.outcome != "reached_language_barrier":
            assert entry.counted_attempts == count[entry.id]


def test_completed_interviews_lack_nothing_and_hold_nothing_wrong(session: Session) -> None:
    complete = session.exec(select(Interview).where(Interview.state == "complete")).all()
    assert complete
    with_rows = {row.candidate_id for row in session.exec(select(Availability))}
    assert with_rows == {interview.candidate_id for interview in complete}
    assert with_rows == {row.candidate_id for row in session.exec(select(Education))}
    for interview in complete:
        answers = read_answers(interview.answers)
        assert missing(answers) == ()
        for code, answer in answers.items():
            assert [p.code for p in problems(code, answer, answers) if p.severity == "error"] == []


def test_drafts_are_half_filled_and_still_to_be_called(session: Session) -> None:
    drafts = session.exec(select(Interview).where(Interview.state == "draft")).all()
    entries = {entry.candidate_id: entry for entry in session.exec(select(QueueEntry))}
    assert any(missing(read_answers(draft.answers)) and draft.answers for draft in drafts)
    assert all(entries[draft.candidate_id].state != "done" for draft in drafts)


def test_nobody_is_proposed_without_consent_and_no_request_is_overfilled(session: Session) -> None:
    agreed: dict[Any, str] = {}
    share = select(Consent).where(Consent.purpose == "share_with_care_organisations")
    for consent in session.exec(share.order_by(Consent.at)):  # type: ignore[arg-type]
        agreed[consent.candidate_id] = consent.state
    people = {candidate.id: candidate for candidate in session.exec(select(Candidate))}
    taken: Counter[Any] = Counter()
    for proposal in session.exec(select(Proposal)):
        assert agreed[proposal.candidate_id] == "given"
        assert proposal.is_live == (code_list("proposal_status")[proposal.status].group != "ended")
        expected = {"open": "proposed", "placed": "placed", "ended": "available"}
        group = code_list("proposal_status")[proposal.status].group
        assert people[proposal.candidate_id].status == expected[group]
        taken[proposal.request_id] += proposal.fte if proposal.is_live else 0
    asked = {request.id: request.fte_asked for request in session.exec(select(Request))}
    assert all(fte <= asked[request_id] for request_id, fte in taken.items())
    assert all(event.at <= NOW for event in session.exec(select(ProposalEvent)))


def test_what_waits_for_an_answer_is_mostly_in_time(session: Session) -> None:
    waiting = [row for row in session.exec(select(Proposal)) if row.response_due_at and row.is_live]
    overdue = [row for row in waiting if row.response_due_at and row.response_due_at < NOW]
    assert 0.05 < len(overdue) / len(waiting) < 0.3
    requests = {request.id: request for request in session.exec(select(Request))}
    assert all((requests[row.request_id].ends_on or TODAY) >= TODAY for row in waiting)
    planned = [row for row in waiting if row.status == "interview"]
    assert planned
    assert all(row.interview_at and row.interview_at > NOW for row in planned)


def test_requests_and_people_differ_in_what_they_want(session: Session) -> None:
    requests = session.exec(select(Request)).all()
    needs = {need for request in requests for need in request.qualifications.values()}
    assert needs == {"required", "wished"}
    assert {"none", "covid_ward"} <= {code for request in requests for code in request.conditions}
    people = {person.id: person for person in session.exec(select(Candidate))}
    assert any(person.match_excluded for person in people.values())
    assert any(row.exceptions for row in session.exec(select(Availability)))
    names = {home.id: home.name for home in session.exec(select(Organisation))}
    homes = {request.id: names[request.organisation_id] for request in requests}
    for proposal in session.exec(select(Proposal)):
        excluded = people[proposal.candidate_id].match_excluded or ""
        assert not names_organisation(excluded, homes[proposal.request_id])


def test_a_supervisor_has_something_to_see(session: Session) -> None:
    users = {user.id: user for user in session.exec(select(User))}
    assert {user.team for user in users.values()} == {"Noord", "Oost", "Zuid", "West", "Landelijk"}
    stopped = next(user for user in users.values() if user.name == STOPPED)
    last = max(row.at for row in session.exec(select(CallAttempt)) if row.user_id == stopped.id)
    assert last < NOW - timedelta(days=5)
    entries = session.exec(select(QueueEntry)).all()
    assert sum(entry.assigned_to == stopped.id for entry in entries) > 3
    reviewed = [row for row in session.exec(select(Interview)) if row.review_state]
    assert {row.review_state for row in reviewed} == {"pending", "approved", "handed_back"}
    assert {row.review_reason for row in reviewed} == {"sample", "trainee"}
    assert len(session.exec(select(Review)).all()) == sum(row.review_state != "pending" for row in reviewed)
    (begun,) = session.exec(select(ReconfirmationRound))
    of_round = [entry for entry in entries if entry.round_id == begun.id]
    assert begun.asked == len(of_round) > 5
    assert {entry.state for entry in of_round} == {"ready", "done"}
    assert len(session.exec(select(Announcement)).all()) == 1
    assert session.exec(select(Conflict)).all()


def test_people_are_reached_when_they_are_at_home(session: Session) -> None:
    by_hour: dict[int, list[bool]] = {}
    for attempt in session.exec(select(CallAttempt)):
        if outcomes()[attempt.outcome].family != "message":
            reached = outcomes()[attempt.outcome].family == "reached"
            by_hour.setdefault(CallingHours().local(attempt.at).hour, []).append(reached)
    rates = {hour: sum(found) / len(found) for hour, found in by_hour.items()}
    assert rates[18] > rates[14] + 0.1


def test_every_code_has_a_label(session: Session) -> None:
    used: list[tuple[str, set[str | None]]] = [
        ("candidate_status", {row.status for row in session.exec(select(Candidate))}),
        ("region", {row.region_code for row in session.exec(select(Candidate))}),
        ("function_profile", {row.function_profile for row in session.exec(select(Request))}),
        ("repair_kind", {row.kind for row in session.exec(select(RepairTask))}),
        ("education_level", {row.level for row in session.exec(select(Education))}),
        ("queue_reason", {row.kind for row in session.exec(select(QueueEntry))}),
        ("consent_purpose", {row.purpose for row in session.exec(select(Consent))}),
        ("segment", {row.segment for row in session.exec(select(Candidate))} - {None}),
        ("mismatch_reason", {row.reason for row in session.exec(select(ProposalEvent))} - {None}),
        ("request_status", {row.status for row in session.exec(select(Request))}),
        ("big_status", {row.big_status for row in session.exec(select(Candidate))}),
    ]
    for name, codes in used:
        assert codes
        assert {str(code) for code in codes} <= set(code_list(name)), name


def test_numbers_are_nobodys_and_can_still_be_dialled(session: Session) -> None:
    import phonenumbers
    from phonenumbers import carrier

    numbers = {candidate.phone for candidate in session.exec(select(Candidate))} - {None}
    assert all(number and int(number.removeprefix("+316")) in NUMBERS for number in numbers)
    parsed = [phonenumbers.parse(number, None) for number in sorted(filter(None, numbers))[:200]]
    assert all(map(phonenumbers.is_valid_number, parsed))
    assert {carrier.name_for_number(number, "en") for number in parsed} == {""}


def test_there_are_households_names_of_many_kinds_and_every_region(session: Session) -> None:
    people = session.exec(select(Candidate)).all()
    assert max(Counter(candidate.phone for candidate in people if candidate.phone).values()) > 1
    assert {"van der", "de", "el"} <= {candidate.prefix for candidate in people}
    assert any("-" in candidate.last_name for candidate in people)
    assert len({candidate.region_code for candidate in people}) == 15


def test_cancelling_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "practice.db"
    path.write_bytes(b"what was there")
    seen: list[int] = []
    with pytest.raises(DeskError, match=r"demo\.cancelled"):
        build_demo(
            path,
            candidates=300,
            now=NOW,
            progress=lambda done, _: seen.append(done),
            cancelled=lambda: len(seen) > 2,
        )
    assert path.read_bytes() == b"what was there"
    assert list(tmp_path.iterdir()) == [path]


def test_what_a_killed_build_left_is_swept_away(tmp_path: Path) -> None:
    left, at_work = tmp_path / ".p.db.1.building", tmp_path / ".p.db.2.building"
    left.touch()
    at_work.touch()
    os.utime(left, (0, 0))
    build_demo(tmp_path / "p.db", candidates=20, now=NOW)
    assert sorted(path.name for path in tmp_path.iterdir()) == [at_work.name, "p.db"]


def test_progress_rises_to_the_end(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    build_demo(tmp_path / "p.db", candidates=250, now=NOW, progress=lambda *step: seen.append(step))
    assert seen == sorted(seen)
    assert seen[-1] == (500, 500)


def test_a_floor_is_current_only_for_its_seed(report: DemoReport, tmp_path: Path) -> None:
    assert demo_is_current(report.path)
    assert demo_is_current(report.path, seed=1)
    assert not demo_is_current(report.path, seed=2)
    assert not demo_is_current(tmp_path / "none.db")
    (tmp_path / "text.db").write_text("not a database")
    assert not demo_is_current(tmp_path / "text.db")


def test_questions_of_likeness_look_like_one_person(session: Session) -> None:
    """What the first supervisor sees is worth a look: something in common, and asked as an import asks."""
    asked = session.exec(select(Likeness)).all()
    assert asked
    for question in asked:
        one, other = (session.get_one(Candidate, key) for key in (question.candidate_id, question.other_id))
        names = {one.first_name, one.last_name} & {other.first_name, other.last_name}
        assert names
        assert one.phone == other.phone or one.email == other.email or one.pc4 == other.pc4
