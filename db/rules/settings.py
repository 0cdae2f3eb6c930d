"""The rules of the desk that a supervisor may change, with their defaults."""

from dataclasses import asdict, dataclass, field, fields
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class DeskSettings:
    """How this desk calls; stored as one mapping, absent keys have their default."""

    lease_minutes: int = 20
    """How long a candidate stays with a caller who does nothing."""
    callback_release_minutes: int = 30
    """An overdue call-back that was 'mine' becomes anyone's after this."""
    maximum_attempts: int = 5
    email_wait_days: int = 7
    skip_limit: int = 3
    """This many skips hand the candidate to the supervisor."""
    follow_up_days: int = 14
    """So long after somebody started a caller asks how it goes."""
    export_keep_days: int = 28
    """How long an organisation may keep a shortlist before it must be destroyed."""
    calling_hours: dict[str, Any] = field(default_factory=dict)
    """Overrides of `db.rules.calling_hours.CallingHours`."""
    waves: dict[str, Any] = field(default_factory=dict)
    """Code to [first day, last day or None]; empty is `db.rules.report_period.DEFAULT_WAVES`."""

    @classmethod
    def from_mapping(cls, mapping: dict[str, Any]) -> Self:
        """Settings from what is stored; unknown keys (of a newer program) are left alone."""
        known = {item.name for item in fields(cls)}
        return cls(**{key: value for key, value in mapping.items() if key in known})

    def to_mapping(self) -> dict[str, Any]:
        """What is stored."""
        return asdict(self)
