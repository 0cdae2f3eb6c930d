"""Every key of the program, read from the bindings themselves, for the README, the docs and the help."""

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pkgutil import walk_packages

from textual.binding import Binding
from textual.dom import DOMNode
from textual.keys import format_key

from db.reference.outcomes import outcomes
from db.texts import Texts

OUTCOME = "outcome"
ORDER = (
    "app",
    "queue",
    OUTCOME,
    "interview",
    "find",
    "candidates",
    "requests",
    "matching",
    "proposals",
    "floor",
    "moves",
    "callers",
    "team",
    "likeness",
    "quality",
    "rounds",
    "desk_settings",
    "charts",
    "map",
    "reports",
)
"""The places that are shown first; all others follow as they are found."""
FUNCTION_KEY = re.compile("f[0-9]+")
SIGNS = {"question_mark": "?", "slash": "/", "plus": "+", "minus": "-", "full_stop": ".", "comma": ","}


@dataclass(frozen=True, slots=True)
class KeyRow:
    """One binding as it is written down."""

    id: str
    keys: tuple[str, ...]
    name: str
    tip: str

    @property
    def place(self) -> str:
        """Where it works: the first part of its id."""
        return self.id.partition(".")[0]


def all_bindings() -> Iterator[Binding]:
    """Every binding with an id that a screen, a widget or the app of this program declares."""
    for package in ("screens", "ehvdz_tui"):
        for found in walk_packages(import_module(package).__path__, f"{package}."):
            if not found.name.endswith("__main__"):
                import_module(found.name)
    for module_name, module in sorted(sys.modules.items()):
        if module_name.partition(".")[0] in ("screens", "ehvdz_tui"):
            yield from _declared(vars(module).values(), module_name)


def _declared(things: Iterable[object], module_name: str) -> Iterator[Binding]:
    for thing in things:
        if isinstance(thing, type) and issubclass(thing, DOMNode) and thing.__module__ == module_name:
            for binding in thing.__dict__.get("BINDINGS", ()):
                if isinstance(binding, Binding) and binding.id:
                    yield binding


def binding_ids() -> frozenset[str]:
    """The names by which `[keys]` of the settings file may speak of bindings."""
    declared = {binding.id for binding in all_bindings() if binding.id}
    return frozenset(declared | {f"{OUTCOME}.{code}" for code in outcomes()})


def key_rows(bindings: Iterable[Binding], texts: Texts) -> tuple[KeyRow, ...]:
    """The bindings in the order in which they are declared, each id once with all its keys."""
    keys: dict[str, list[str]] = {}
    for binding in bindings:
        if binding.id:
            known = keys.setdefault(binding.id, [])
            known.extend(key for key in shown_keys(binding.key) if key not in known)
    return tuple(
        KeyRow(id=name, keys=tuple(shown), name=texts(f"key.{name}"), tip=texts(f"tip.{name}"))
        for name, shown in keys.items()
    )


def outcome_rows(texts: Texts) -> Iterator[KeyRow]:
    """The outcomes of a call, whose keys are data."""
    for code, outcome in outcomes().items():
        words = outcome.label(texts.language)
        yield KeyRow(id=f"{OUTCOME}.{code}", keys=(outcome.key,), name=words, tip=words)


def shown_keys(keys: str) -> Iterator[str]:
    """Keys as they stand on a keyboard: `question_mark,ctrl+s,f5` gives `?`, `ctrl+s` and `F5`."""
    for key in keys.split(","):
        *held, last = key.strip().split("+")
        yield "+".join([*held, _shown_key(last)])


def _shown_key(key: str) -> str:
    if FUNCTION_KEY.fullmatch(key):
        return key.upper()
    return SIGNS.get(key) or (key if len(key) == 1 else format_key(key))


def markdown_table(texts: Texts) -> str:
    """All keys by place, as the README and the docs have them."""
    places: dict[str, list[KeyRow]] = {}
    for row in (*key_rows(all_bindings(), texts), *outcome_rows(texts)):
        places.setdefault(row.place, []).append(row)
    known = [place for place in ORDER if place in places]
    others = [place for place in places if place not in known]
    return "\n\n".join(_section(place, places[place], texts) for place in known + others)


def _section(place: str, rows: Iterable[KeyRow], texts: Texts) -> str:
    lines = [f"**{texts(f'keys.place.{place}')}**", "", texts("keys.table_head"), "|---|---|---|"]
    for row in rows:
        keys = " ".join(f"`{key}`" for key in row.keys)
        lines.append(f"| {keys} | {row.tip.replace('|', chr(92) + '|')} | `{row.id}` |")
    return "\n".join(lines)
