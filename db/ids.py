"""Identifiers that records made apart can meet with."""

import os
import time
from uuid import UUID

VERSION_AND_VARIANT = 0x7000_8000_0000_0000_0000
CHANCE = 0x0FFF_3FFF_FFFF_FFFF_FFFF
"""Where the ten bytes of chance may stand: not on the version, not on the variant."""


def new_id() -> UUID:
    """A UUIDv7: sortable by its millisecond of making, unique without asking anyone.

    Never use it for the order of business: the writer's clock may be wrong.
    """
    milliseconds = time.time_ns() // 1_000_000
    return id_from(milliseconds, os.urandom(10))


def id_from(milliseconds: int, entropy: bytes) -> UUID:
    """A UUIDv7 of a given moment (Unix milliseconds) and ten bytes of chance."""
    chance = int.from_bytes(entropy, "big") & CHANCE
    return UUID(int=milliseconds << 80 | VERSION_AND_VARIANT | chance)
