"""Identifiers that records made apart can meet with."""

import os
import time
from uuid import UUID


def new_id() -> UUID:
    """A UUIDv7: sortable by its millisecond of making, unique without asking anyone.

    Never use it for the order of business: the writer's clock may be wrong.
    """
    milliseconds = time.time_ns() // 1_000_000
    return id_from(milliseconds, os.urandom(10))


def id_from(milliseconds: int, entropy: bytes) -> UUID:
    """A UUIDv7 of a given moment (Unix milliseconds) and ten bytes of chance."""
    bits = int.from_bytes(milliseconds.to_bytes(6, "big") + entropy, "big")
    bits = bits & ~(0xF << 76) | (0x7 << 76)
    bits = bits & ~(0x3 << 62) | (0x2 << 62)
    return UUID(int=bits)
