"""Whom to call first."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

CRITICAL, CARE_BACKGROUND, OTHERS, LATER = 1, 2, 3, 4

SCARCE_PROFILES = frozenset(
    {
        "nurse_mbo",
        "nurse_hbo",
        "district_nurse",
        "icu_nurse",
        "specialised_nurse",
        "nurse_practitioner_pa",
        "physician",
        "elderly_care_physician",
        "ambulance_nurse_driver",
        "verzorgende_ig",
    }
)


@dataclass(frozen=True, slots=True)
class PriorityRules:
    """Which registrations get which group; the first rule that applies decides.

    Sources that come first or last, then professions that come first, then care background or not.
    """

    first_profiles: frozenset[str] = SCARCE_PROFILES
    first_sources: frozenset[str] = frozenset()
    later_sources: frozenset[str] = frozenset()
    care_group: int = CARE_BACKGROUND
    other_group: int = OTHERS

    @classmethod
    def from_settings(cls, settings: Mapping[str, Any]) -> "PriorityRules":
        """Read what the settings of the desk say; what they do not say keeps its default."""
        lists = ("first_profiles", "first_sources", "later_sources")
        read: dict[str, Any] = {name: frozenset(settings[name]) for name in lists if name in settings}
        groups = ("care_group", "other_group")
        return cls(**read | {name: int(settings[name]) for name in groups if name in settings})


STANDARD = PriorityRules()


def priority_group(
    function_profile: str | None,
    care_background: bool | None,
    source: str = "",
    rules: PriorityRules = STANDARD,
) -> int:
    """The group a new registration is called in: 1 is called first, 4 last."""
    if source in rules.first_sources:
        return CRITICAL
    if source in rules.later_sources:
        return LATER
    if function_profile in rules.first_profiles:
        return CRITICAL
    return rules.care_group if care_background else rules.other_group
