"""Whom a caller is served: the groups that a supervisor keeps away, or keeps somebody to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

KINDS = ("new", "retry", "callback", "reconfirm", "wish", "email", "follow_up")
"""Why somebody is called, codes of list `queue_reason`, in the order in which they are offered."""
PRIORITIES = (1, 2, 3, 4)
OTHER_LANGUAGE = "other"
"""Somebody who was passed over because they speak another language."""


@dataclass(frozen=True, slots=True)
class Groups:
    """What the common queue keeps from a caller; nothing of it holds for what was given to them by hand.

    `only_kinds` empty is every kind. `not_callbacks` are the priority groups whose call-backs, promised by
    others, this caller does not get. `not_languages` knows one code: OTHER_LANGUAGE.
    """

    not_kinds: tuple[str, ...] = ()
    only_kinds: tuple[str, ...] = ()
    not_priorities: tuple[int, ...] = ()
    not_callbacks: tuple[int, ...] = ()
    not_languages: tuple[str, ...] = ()

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, Sequence[str]]) -> Self:
        """Groups from what is stored; codes that this program does not know keep nobody away."""
        return cls(
            not_kinds=_known(mapping.get("not_kinds", ()), KINDS),
            only_kinds=_known(mapping.get("only_kinds", ()), KINDS),
            not_priorities=_numbers(mapping.get("not_priorities", ())),
            not_callbacks=_numbers(mapping.get("not_callbacks", ())),
            not_languages=_known(mapping.get("not_languages", ()), (OTHER_LANGUAGE,)),
        )

    def to_mapping(self) -> dict[str, list[str]]:
        """What is stored; what keeps nobody away is left out."""
        stored = {
            "not_kinds": self.not_kinds,
            "only_kinds": self.only_kinds,
            "not_priorities": self.not_priorities,
            "not_callbacks": self.not_callbacks,
            "not_languages": self.not_languages,
        }
        return {name: [str(code) for code in codes] for name, codes in stored.items() if codes}

    def __bool__(self) -> bool:
        """Whether anything is kept away."""
        return bool(self.to_mapping())

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds that are served."""
        wanted = self.only_kinds or KINDS
        return tuple(kind for kind in wanted if kind not in self.not_kinds)

    @property
    def priorities(self) -> tuple[int, ...]:
        """The priority groups that are served."""
        return tuple(number for number in PRIORITIES if number not in self.not_priorities)

    def without(self, other: "Groups") -> "Groups":
        """These groups without those: what is left when a trainee has learnt the work."""
        less = other.to_mapping()
        return Groups.from_mapping(
            {
                name: [code for code in codes if code not in less.get(name, ())]
                for name, codes in self.to_mapping().items()
            }
        )

    def along_with(self, other: "Groups") -> "Groups":
        """Both: what either keeps away."""
        own, more = self.to_mapping(), other.to_mapping()
        return Groups.from_mapping(
            {name: [*own.get(name, ()), *more.get(name, ())] for name in own.keys() | more.keys()}
        )


EVERYTHING = Groups()
TRAINEE = Groups(not_kinds=("wish",), not_callbacks=(1,), not_languages=(OTHER_LANGUAGE,))
"""Whoever still learns gets no calls that a supervisor asked for, and no critical call-backs of others."""


def _known(codes: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
    return tuple(code for code in known if code in codes)


def _numbers(codes: Sequence[str]) -> tuple[int, ...]:
    return tuple(number for number in PRIORITIES if str(number) in codes)
