"""Which completed interviews somebody looks at again."""

from hashlib import blake2b
from uuid import UUID

from db.rules.settings import DeskSettings

TRAINEE, SAMPLE, CORRECTED = "trainee", "sample", "corrected"


def drawn(interview_id: UUID, percent: int) -> bool:
    """Whether the draw falls on this interview: always the same answer for the same interview and share."""
    draw = int.from_bytes(blake2b(interview_id.bytes, digest_size=4).digest(), "big")
    return draw % 100 < percent


def review_reason(interview_id: UUID, trainee: bool, settings: DeskSettings) -> str | None:
    """Why an interview is put to review (list `review_reason`), None when it is not."""
    percent = settings.review_trainee_percent if trainee else settings.review_percent
    if not drawn(interview_id, percent):
        return None
    return TRAINEE if trainee else SAMPLE
