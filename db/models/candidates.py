"""The people who offered help, what they said when registering, and what they agreed to."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from db.models.base import Fact, State, bytewise_column, json_column, partial_index

OFFERED = "match_from IS NOT NULL AND status IN ('available', 'proposed', 'placed', 'reconfirm')"
"""Who is ranked for a request: a completed interview, and still there."""
EXCLUDING = "match_excluded IS NOT NULL"
MATCH_COLUMNS = (
    "x_km",
    "y_km",
    "match_reach",
    "match_regions",
    "match_grid",
    "match_education",
    "match_traits",
    "match_experience",
    "match_from",
    "match_until",
    "match_notice",
    "hours_max",
    "hours_min",
    "status",
    "do_not_call",
    "paused_until",
    "big_status",
    "match_big_profession",
    "match_big_expires",
    "region_code",
    "function_profile",
    "last_feedback_at",
    "registered_at",
    "id",
)
"""All that ranking reads, what excludes most people first: the index answers without the table."""


class Candidate(State, table=True):
    """A person who offered help.

    `phone` and `phone2` are E.164, `*_given` what the person wrote. `x_km`, `y_km` is the postcode's point on
    the flat map of `db.rules.region.flat_point`. `status` is a code of list `candidate_status`.
    """

    __table_args__ = (
        sa.Index("ix_candidate_phone", "phone"),
        sa.Index("ix_candidate_phone2", "phone2"),
        sa.Index("ix_candidate_email", "email"),
        sa.Index("ix_candidate_pc4", "pc4"),
        sa.Index("ix_candidate_search_name", "search_name"),
        sa.Index("ix_candidate_search_first", "search_first"),
        sa.Index("ix_candidate_phone_reversed", "phone_reversed"),
        sa.Index("ix_candidate_phone2_reversed", "phone2_reversed"),
        sa.Index("ix_candidate_sort_name_id", "sort_name", "id"),
        partial_index("ix_candidate_unresolved", "pc4", where="region_code = 'region_unresolved'"),
        partial_index("ix_candidate_match", *MATCH_COLUMNS, where=OFFERED),
        partial_index("ix_candidate_match_excluded", "id", where=EXCLUDING),
    )
    first_name: str = ""
    initials: str = ""
    prefix: str = ""
    last_name: str = ""
    partner_prefix: str = ""
    partner_name: str = ""
    name_order: str = "own"
    sort_name: str = bytewise_column("")
    """Sorts on the core word, as the Netherlands do."""
    search_name: str = bytewise_column("")
    """Search key of 'last first prefix': casefolded, without diacritics."""
    search_first: str = bytewise_column("")
    """Search key of 'first prefix last', for whoever knows only what somebody is called."""
    email: str | None = bytewise_column()
    email_given: str = ""
    phone: str | None = None
    phone_given: str = ""
    phone_reversed: str | None = bytewise_column()
    """Digits of `phone` backwards, so that 'the last digits' are a prefix search."""
    phone2: str | None = None
    phone2_given: str = ""
    phone2_reversed: str | None = bytewise_column()
    best_time: str = ""
    """What the person wrote beside the number: 'na 17u'."""
    postcode: str = ""
    postcode_given: str = ""
    pc4: int | None = None
    place: str = ""
    x_km: float | None = None
    y_km: float | None = None
    region_code: str = "region_unresolved"
    region_source: str = "postcode"
    status: str = "new"
    status_reason: str = ""
    do_not_call: bool = False
    paused_until: datetime | None = None
    registered_at: datetime
    function_given: str = ""
    function_profile: str | None = None
    hours_given: str = ""
    hours_min: int | None = None
    hours_max: int | None = None
    big_given: str = ""
    big_number: str | None = None
    big_status: str = "unknown"
    remarks: str = ""
    care_background: bool | None = None
    medically_trained: bool | None = None
    segment: str | None = None
    work_limits: list[str] = json_column(list)
    """Codes of list `work_limit`: never the cause."""
    work_limit_note: str = ""
    last_feedback_at: datetime | None = None
    """When the person was last told something of substance."""
    import_batch_id: UUID | None = Field(default=None, foreign_key="import_batch.id", index=True)
    """The batch that created this person; None when entered by hand."""
    match_grid: int | None = None
    """The offered day parts that no limit bars.

    This and the following are as `db.rules.match_columns` packs them.
    They say again what the newest completed interview says, here where ranking reads them in one sweep.
    """
    match_from: int | None = None
    match_until: int | None = None
    match_notice: int | None = None
    match_reach: int | None = None
    match_regions: int | None = None
    match_education: int | None = Field(default=None, sa_type=sa.BigInteger)
    match_experience: int | None = Field(default=None, sa_type=sa.BigInteger)
    match_traits: int | None = Field(default=None, sa_type=sa.BigInteger)
    match_big_profession: int | None = Field(default=None, sa_type=sa.BigInteger)
    match_big_expires: int | None = None
    match_excluded: str | None = None


class Registration(Fact, table=True):
    """What somebody said when registering, exactly as given, and where; a candidate may have several.

    `at` is when the person registered; `fingerprint` identifies the row's content within its source.
    """

    __table_args__ = (sa.UniqueConstraint("fingerprint"),)
    candidate_id: UUID = Field(foreign_key="candidate.id", index=True)
    source: str
    """Code of list `registration_source`."""
    fingerprint: str
    given: dict[str, str] = json_column(dict)
    """Column heading to cell text."""
    recorded_at: datetime
    import_batch_id: UUID | None = Field(default=None, foreign_key="import_batch.id", index=True)
    row_number: int | None = None


class Consent(Fact, table=True):
    """What a person agreed to or refused: the exact text, when, how and who wrote it down.

    The newest fact (by `at`, then `id`) of a purpose that is not retracted holds.
    """

    __table_args__ = (sa.Index("ix_consent_candidate_purpose", "candidate_id", "purpose", "at"),)
    candidate_id: UUID = Field(foreign_key="candidate.id")
    purpose: str
    """Code of list `consent_purpose`."""
    state: str
    """given | refused | withdrawn."""
    text: str
    text_version: str
    channel: str
    """Code of list `contact_channel`, or `form`."""
    source: str = ""
    recorded_by: UUID | None = Field(default=None, foreign_key="user_account.id")
    recorded_at: datetime
    import_batch_id: UUID | None = Field(default=None, foreign_key="import_batch.id", index=True)


class RepairTask(State, table=True):
    """Something of a candidate's data that is wrong and was kept as given."""

    __tablename__ = "repair_task"
    __table_args__ = (
        partial_index("ix_repair_task_open", "kind", "created_at", where="resolved_at IS NULL"),
        sa.Index("ix_repair_task_candidate_id", "candidate_id"),
    )
    candidate_id: UUID = Field(foreign_key="candidate.id")
    kind: str
    """Code of list `repair_kind`."""
    given: str = ""
    import_batch_id: UUID | None = Field(default=None, foreign_key="import_batch.id", index=True)
    resolved_at: datetime | None = None
    resolved_by: UUID | None = Field(default=None, foreign_key="user_account.id")


class Likeness(State, table=True):
    """Two records that may be one person: a question for a supervisor, never a merge by itself."""

    __table_args__ = (
        sa.UniqueConstraint("candidate_id", "other_id"),
        partial_index("ix_likeness_open", "created_at", where="answer IS NULL"),
    )
    candidate_id: UUID = Field(foreign_key="candidate.id")
    other_id: UUID = Field(foreign_key="candidate.id", index=True)
    why: str
    """same_phone_like_name | same_email_other_name | like_name_same_postcode …"""
    score: float
    import_batch_id: UUID | None = Field(default=None, foreign_key="import_batch.id", index=True)
    answer: str | None = None
    """merged | distinct | household; None while open."""
    answered_by: UUID | None = Field(default=None, foreign_key="user_account.id")
    answered_at: datetime | None = None
