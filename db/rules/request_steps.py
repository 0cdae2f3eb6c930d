"""How a request goes on by one key; on hold and called off demand a reason and go their own way."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from db.reference.files import read_rows

CLOSED = "closed"
OPEN_STATUSES = ("submitted", "verified", "open", "partly_filled")
"""Somebody can be proposed."""


@dataclass(frozen=True, slots=True)
class RequestStep:
    """One status that a request can be taken to, and those that it may follow."""

    status: str
    key: str
    follows: tuple[str, ...]


@cache
def request_steps() -> Mapping[str, RequestStep]:
    """Every step by its status, in the order in which they are shown."""
    rows = read_rows("request_steps.csv")
    steps = [RequestStep(row["status"], row["key"], tuple(row["follows"].split())) for row in rows]
    return MappingProxyType({step.status: step for step in steps})
