"""Who sits at this desk."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(slots=True)
class Seat:
    """The signed-in user; empty until somebody signs in."""

    user_id: UUID | None = None
    name: str = ""
    role: str = "caller"
    regions: tuple[str, ...] = ()
