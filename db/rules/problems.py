"""What a rule finds wrong, as a code that the catalogs put into words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with what was answered: an error must be put right, a warning never blocks."""

    code: str
    severity: Severity = "error"
    params: Mapping[str, str | int] = field(default_factory=dict)
