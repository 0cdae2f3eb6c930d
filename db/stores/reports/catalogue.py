"""All reports by name, in the order in which they are listed."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from db.stores.reports import calling, keeping, outcomes
from db.stores.reports.terms import Frame, Table

Definition = Callable[[Frame], tuple[Table, ...]]
REPORTS: Mapping[str, Definition] = MappingProxyType(
    {
        "unheard": calling.unheard,
        "weekly": calling.weekly,
        "care": outcomes.care,
        "sectors": outcomes.sectors,
        "persons": calling.against_matches,
        "reserve": outcomes.reserve,
        "unmatched": outcomes.nowhere,
        "referrals": calling.referred,
        "class": outcomes.care_class,
        "staying": outcomes.staying,
        "reconfirm": outcomes.reconfirmed,
        "criteria": outcomes.criteria,
        "measures": outcomes.measures,
        "files": keeping.spread,
        "migration": keeping.losses,
        "money": keeping.money,
    }
)
NUMBERS: Mapping[str, str] = MappingProxyType(
    {
        "rp1": "files",
        "rp2": "money",
        "rp3": "sectors",
        "rp4": "criteria",
        "rp5": "care",
        "rp6": "class",
        "rp7": "unheard",
        "rp8": "staying",
        "rp9": "unmatched",
        "rp10": "measures",
        "rp11": "migration",
        "rp12": "weekly",
        "rp13": "persons",
        "rp14": "referrals",
        "rp15": "reserve",
        "rp16": "reconfirm",
    }
)
"""The numbers under which the questions are known."""
OF_LAST_WEEK = frozenset({"weekly"})
"""Reports that tell of the week before when no period is asked for."""
