"""The code lists: stable codes with a label in both languages, read when first asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from db.reference.files import read_rows

YES = "yes"


@dataclass(frozen=True, slots=True)
class Code:
    """One entry of a code list.

    `note_required` says that the code means nothing without a word of explanation; `active` is false for a
    code that old records carry but nobody may choose any more; `key` is the one key that picks it, if any;
    `nl_short` and `en_short` are for narrow columns.
    """

    code: str
    nl: str
    en: str
    group: str = ""
    note_required: bool = False
    active: bool = True
    key: str = ""
    nl_short: str = ""
    en_short: str = ""

    def label(self, language: str) -> str:
        """What the code is called in a language; Dutch unless English is asked for."""
        return self.en if language == "en" else self.nl

    def short(self, language: str) -> str:
        """The same in a narrow column: the short label, or the whole one where that is short."""
        found = self.en_short if language == "en" else self.nl_short
        return found or self.label(language)


CodeList = Mapping[str, Code]
"""The entries of one list by code, in the order in which they are shown."""


@cache
def code_list(name: str) -> CodeList:
    """Give a list by its name, the file name without its ending; an unknown name is a bug."""
    return MappingProxyType({row["code"]: _read(row) for row in read_rows(f"lists/{name}.csv")})


def label(list_name: str, code: str, language: str) -> str:
    """Say what a code is called; a code that this program does not know is shown as it is."""
    entry = code_list(list_name).get(code)
    return entry.label(language) if entry else code


def short_label(list_name: str, code: str, language: str) -> str:
    """Say what a code is called where there is little room."""
    entry = code_list(list_name).get(code)
    return entry.short(language) if entry else code


def _read(row: dict[str, str]) -> Code:
    return Code(
        code=row["code"],
        nl=row["nl"],
        en=row["en"],
        group=row.get("group", ""),
        note_required=row.get("note_required", "") == YES,
        active=row.get("active", "") != "no",
        key=row.get("key", ""),
        nl_short=row.get("nl_short", ""),
        en_short=row.get("en_short", ""),
    )
