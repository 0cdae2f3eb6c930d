"""Who sits at the desk."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class UserView:
    """Somebody at the desk."""

    id: UUID
    name: str
    role: str
    trainee: bool
    regions: tuple[str, ...]
