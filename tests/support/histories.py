"""Random histories of a whole desk: people, calls, proposals, referrals, files, and what was taken back."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from sqlmodel import Session, SQLModel

from db.models import (
    CallAttempt,
    Candidate,
    Export,
    Fact,
    FollowUp,
    ImportBatch,
    ImportRow,
    Likeness,
    Organisation,
    Proposal,
    ProposalEvent,
    Referral,
    ReferralOutcome,
    Request,
    Retraction,
    User,
)
from db.reference.lists import code_list
from db.reference.outcomes import outcomes
from db.rules.proposal_steps import may_follow

REGIONS = ("sigra", "wzw", "region_unresolved")
DAYS = 70


@dataclass
class History:
    """What was written, for a count by hand."""

    people: list[Candidate] = field(default_factory=list)
    attempts: list[CallAttempt] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)
    events: list[ProposalEvent] = field(default_factory=list)
    taken_back: set[UUID] = field(default_factory=set)
    merged: dict[UUID, UUID] = field(default_factory=dict)

    def person(self, candidate_id: UUID) -> UUID:
        """The record that stands for the person."""
        return self.merged.get(candidate_id, candidate_id)


class Maker:
    """Writes a history; the session is the caller's to roll back."""

    def __init__(self, session: Session, chance: Random, now: datetime) -> None:
        self.session, self.chance, self.now = session, chance, now
        self.history = History()
        self.user = self._add(User(name=f"Noor {chance.random()}", **self._stamps()))

    def write(self) -> History:
        """Everything, in the order in which rows name each other."""
        for _ in range(self.chance.randint(2, 14)):
            self._person()
        self._merge()
        requests = [self._request() for _ in range(self.chance.randint(2, 4))]
        for person in self.history.people:
            self._life(person, requests)
        for _ in range(self.chance.randint(0, 2)):
            self._file()
        self.session.flush()
        return self.history

    def _add(self, row: Any) -> Any:  # noqa: ANN401  # any row, given back
        self.session.add(row)
        self.session.flush()
        return row

    def _moment(self, after: datetime | None = None) -> datetime:
        start = after or self.now - timedelta(days=DAYS)
        return start + (self.now - start) * self.chance.random()

    def _stamps(self, at: datetime | None = None) -> dict[str, Any]:
        return {"created_at": at or self.now, "updated_at": at or self.now}

    def _fact(self, row: Fact) -> Any:  # noqa: ANN401  # the row, given back
        self._add(row)
        if self.chance.random() < 0.35:
            lifted = self.now if self.chance.random() < 0.3 else None
            name = str(type(row).__tablename__)
            self._add(
                Retraction(
                    fact_id=row.id, fact_table=name, user_id=self.user.id, at=self.now, lifted_at=lifted
                )
            )
            if lifted is None:
                self.history.taken_back.add(row.id)
        return row

    def _person(self) -> None:
        at = self._moment()
        care = self.chance.choice((True, False, None))
        phone = self.chance.choice(("+31612345678", None))
        fed_back = self._moment(at) if self.chance.random() < 0.2 else None
        person = Candidate(
            last_name="[b]=1+1",
            registered_at=at,
            care_background=care,
            segment=self.chance.choice((*code_list("segment"), None)),
            status=self.chance.choice(("new", "available", "proposed", "placed", "withdrawn")),
            region_code=self.chance.choice(REGIONS),
            hours_max=self.chance.choice((None, 16, 32)),
            phone=phone,
            last_feedback_at=fed_back,
            **self._stamps(at),
        )
        self.history.people.append(self._add(person))

    def _merge(self) -> None:
        """Two records of one person, now and then."""
        people = sorted(self.history.people, key=lambda person: (person.registered_at, person.id.hex))
        if len(people) < 2 or self.chance.random() < 0.5:
            return
        older, newer = people[0], people[-1]
        newer.status = "duplicate"
        pair = [older.id, newer.id]
        self.chance.shuffle(pair)
        self._add(
            Likeness(
                candidate_id=pair[0], other_id=pair[1], why="x", score=1.0, answer="merged", **self._stamps()
            )
        )
        self.history.merged[newer.id] = older.id

    def _request(self) -> Request:
        at = self._moment()
        home = self._add(
            Organisation(
                name="Zonnehof",
                search_name="zonnehof",
                sector=self.chance.choice(tuple(code_list("care_sector"))),
                **self._stamps(at),
            )
        )
        return self._add(  # type: ignore[no-any-return]
            Request(
                organisation_id=home.id,
                function_profile=self.chance.choice(("helpende", "other")),
                fte_asked=self.chance.randint(10, 900),
                starts_on=self.chance.choice((None, date(2020, 5, 11))),
                grid=self.chance.choice((0, 1)),
                hours_min=self.chance.choice((None, 16)),
                status=self.chance.choice(("open", "partly_filled", "cancelled", "draft")),
                region_code=self.chance.choice(REGIONS),
                **self._stamps(at),
            )
        )

    def _life(self, person: Candidate, requests: list[Request]) -> None:
        chance = self.chance
        for _ in range(chance.randint(0, 4)):
            outcome = chance.choice(tuple(outcomes()))
            values = {"candidate_id": person.id, "user_id": self.user.id}
            attempt = CallAttempt(at=self._moment(person.registered_at), outcome=outcome, **values)
            self.history.attempts.append(self._fact(attempt))
        for request in chance.sample(requests, chance.randint(0, len(requests))):
            self._proposal(person, request)
        if chance.random() < 0.4:
            self._referral(person)

    def _proposal(self, person: Candidate, request: Request) -> None:
        chance, at = self.chance, self._moment(person.registered_at)
        status = chance.choice(("shortlisted", "sent"))
        proposal = Proposal(
            candidate_id=person.id,
            request_id=request.id,
            proposed_by=self.user.id,
            is_live=False,
            match_snapshot=chance.choice(
                ({}, {"distance_km": 3.0, "max_travel_km": chance.choice((1, 9, None))})
            ),
            **self._stamps(at),
        )
        self.history.proposals.append(self._add(proposal))
        for _ in range(chance.randint(1, 5)):
            reason = chance.choice((*code_list("mismatch_reason"), None)) if "d" in status else None
            event = ProposalEvent(
                at=at, proposal_id=proposal.id, user_id=self.user.id, status=status, reason=reason
            )
            self.history.events.append(self._fact(event))
            following = may_follow(status)
            if not following:
                break
            status, at = chance.choice(following).status, self._moment(at)
        if chance.random() < 0.5:
            wants = chance.choice(tuple(code_list("wants_to_stay")))
            said = {"proposal_id": proposal.id, "candidate_id": person.id, "user_id": self.user.id}
            self._fact(FollowUp(at=self._moment(at), still_there=True, wants_to_stay=wants, **said))

    def _referral(self, person: Candidate) -> None:
        destination = self.chance.choice(("nzk", "uwv", "none"))
        values = {"candidate_id": person.id, "user_id": self.user.id}
        sent = self._fact(Referral(at=self._moment(), destination=destination, **values))
        if self.chance.random() < 0.5:
            outcome = self.chance.choice(tuple(code_list("referral_outcome")))
            self._fact(
                ReferralOutcome(
                    at=self._moment(sent.at), referral_id=sent.id, user_id=self.user.id, outcome=outcome
                )
            )

    def _file(self) -> None:
        told = [self.chance.choice(("created", "merged", "unchanged", "rejected")) for _ in range(5)]
        undone = self.now if self.chance.random() < 0.2 else None
        batch = self._add(
            ImportBatch(
                at=self._moment(),
                kind=self.chance.choice(("registrations", "requests")),
                file_name="=cmd.csv",
                file_sha256="",
                source=self.chance.choice(("", "nu91")),
                rows_read=len(told),
                rows_created=told.count("created"),
                rows_merged=told.count("merged"),
                rows_unchanged=told.count("unchanged"),
                rows_rejected=told.count("rejected"),
                undone_at=undone,
            )
        )
        for number, outcome in enumerate(told, start=2):
            reason = "unreadable" if outcome == "rejected" else None
            row: SQLModel = ImportRow(
                import_batch_id=batch.id, row_number=number, outcome=outcome, reason=reason
            )
            self._add(row)
        self._add(
            Export(
                at=self._moment(),
                user_id=self.user.id,
                purpose="shortlist",
                recipient="Zonnehof",
                file_name="lijst.xlsx",
                rows=3,
                destroy_by=self.chance.choice((None, self._moment())),
                destroyed_at=self.chance.choice((None, self._moment())),
            )
        )
