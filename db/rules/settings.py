"""The rules of the desk that a supervisor may change, with their defaults."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class DeskSettings:
    """How this desk calls; `db.rules.settings_fields` says how each rule is written down."""

    lease_minutes: int = 20
    """How long a candidate stays with a caller who does nothing."""
    callback_release_minutes: int = 30
    """An overdue call-back that was 'mine' becomes anyone's after this."""
    maximum_attempts: int = 5
    email_wait_days: int = 7
    skip_limit: int = 3
    """This many skips hand the candidate to the supervisor."""
    skipped_callback_minutes: int = 30
    """A call-back that was passed over comes up for anyone after this."""
    tries_a_day: int = 2
    spread_days: int = 3
    """The counted tries are spread over at least this many days."""
    follow_up_days: int = 14
    """So long after somebody started a caller asks how it goes."""
    export_keep_days: int = 28
    """How long an organisation may keep a shortlist before it must be destroyed."""
    review_trainee_percent: int = 100
    review_percent: int = 15
    """So many in a hundred completed interviews are put to review, of trainees and of everybody else."""
    calling_hours: dict[str, Any] = field(default_factory=dict)
    """Overrides of `db.rules.calling_hours.CallingHours`."""
    waves: dict[str, Any] = field(default_factory=dict)
    """Code to [first day, last day or None]; empty is `db.rules.report_period.DEFAULT_WAVES`."""

    retry_minutes: dict[str, int] = field(default_factory=dict)
    """Outcome to how long until the next try; absent is what the list of outcomes says."""
    retry_maximums: dict[str, int] = field(default_factory=dict)
    """Outcome to how often it may bring the candidate back; absent is what the list of outcomes says."""
    priority: dict[str, Any] = field(default_factory=dict)
    """Overrides of `db.rules.priority.PriorityRules`."""
    script: dict[str, str] = field(default_factory=dict)
    """Language and kind of call ("nl.new") to the words to open with; absent is the catalog's."""
