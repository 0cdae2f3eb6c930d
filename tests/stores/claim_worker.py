"""What a program of its own does in the tests of the claim: claim until nothing is left."""

from datetime import datetime, timedelta
from uuid import UUID

from db.engine import open_engine
from db.stores.claims import claim_next


def claim_all(url: str, now: datetime, user_id: UUID, regions: tuple[str, ...]) -> list[tuple[UUID, int]]:
    """Claim one after another, each in a transaction of its own; the entries with their epochs."""
    engine = open_engine(url)
    claimed: list[tuple[UUID, int]] = []
    while True:
        with engine.begin() as connection:
            claim = claim_next(
                connection,
                user_id=user_id,
                regions=regions,
                promised_since=None,
                now=now,
                until=now + timedelta(minutes=20),
            )
        if claim is None:
            engine.dispose()
            return claimed
        claimed.append((claim.entry_id, claim.epoch))
