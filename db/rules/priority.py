"""Whom to call first."""

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


def priority_group(function_profile: str | None, care_background: bool | None) -> int:
    """The group a new registration is called in: scarce professions first, then care, then everyone else."""
    if function_profile in SCARCE_PROFILES:
        return CRITICAL
    return CARE_BACKGROUND if care_background else OTHERS
