"""The tables. Rows do not leave `db`."""

from db.models.base import Fact, State
from db.models.calls import CallAttempt, Conflict, QueueEntry, ReconfirmationRound, Skip
from db.models.candidates import Candidate, Consent, Likeness, Registration, RepairTask
from db.models.interviews import Availability, Education, Experience, Interview, Review
from db.models.records import AuditEvent, Export, ExportLine, ImportBatch, ImportRow, Retraction, UndoState
from db.models.requests import (
    ContactPerson,
    FollowUp,
    Organisation,
    Proposal,
    ProposalEvent,
    Referral,
    ReferralOutcome,
    Request,
)
from db.models.users import Announcement, Pause, Setting, User

__all__ = [
    "Announcement",
    "AuditEvent",
    "Availability",
    "CallAttempt",
    "Candidate",
    "Conflict",
    "Consent",
    "ContactPerson",
    "Education",
    "Experience",
    "Export",
    "ExportLine",
    "Fact",
    "FollowUp",
    "ImportBatch",
    "ImportRow",
    "Interview",
    "Likeness",
    "Organisation",
    "Pause",
    "Proposal",
    "ProposalEvent",
    "QueueEntry",
    "ReconfirmationRound",
    "Referral",
    "ReferralOutcome",
    "Registration",
    "RepairTask",
    "Request",
    "Retraction",
    "Review",
    "Setting",
    "Skip",
    "State",
    "UndoState",
    "User",
]
