"""Choosing whom a caller is served: each group is one key that turns it on or off."""

from collections.abc import Sequence
from dataclasses import replace

from db.reference.lists import code_list, label
from db.rules.groups import EVERYTHING, KINDS, OTHER_LANGUAGE, PRIORITIES, TRAINEE, Groups
from db.texts import Texts
from screens.widgets.ask_bar import SPARE_KEYS, AskBar, Option

DONE, ALL, PRESET = "done", "all", "trainee"
ON, OFF = "■", "□"


async def ask_groups(ask: AskBar, texts: Texts, name: str, groups: Groups) -> Groups | None:
    """Turn groups on and off until it is right; None when nothing is to change."""
    while True:
        options = [
            Option("0", DONE, texts("callers.ask.keep")),
            Option("*", ALL, texts("callers.everything")),
            Option("l", PRESET, texts("callers.ask.preset")),
            *_kind_options(groups, texts),
            *_other_options(groups, texts),
        ]
        chosen = await ask.choose(texts("callers.ask.groups", name=name), options)
        if chosen is None or chosen == DONE:
            return groups if chosen else None
        groups = turned(groups, chosen)


def turned(groups: Groups, code: str) -> Groups:
    """The groups with one of them turned on or off, kept as what is never served."""
    if code == ALL:
        return EVERYTHING
    if code == PRESET:
        return groups.along_with(TRAINEE)
    what, _, value = code.partition(" ")
    if what == "kind":
        served = set(groups.kinds) ^ {value}
        return replace(groups, only_kinds=(), not_kinds=tuple(kind for kind in KINDS if kind not in served))
    if what == "language":
        return replace(groups, not_languages=() if groups.not_languages else (OTHER_LANGUAGE,))
    if what == "callback":
        return replace(groups, not_callbacks=_toggled(groups.not_callbacks, int(value)))
    return replace(groups, not_priorities=_toggled(groups.not_priorities, int(value)))


async def ask_regions(ask: AskBar, texts: Texts, name: str, regions: Sequence[str]) -> list[str] | None:
    """Turn regions on and off until it is right; none is all of them, None is no change."""
    chosen_regions = set(regions)
    codes = code_list("region")
    while True:
        options = [
            Option("0", DONE, texts("callers.ask.keep")),
            Option("*", ALL, texts("callers.all_regions")),
        ]
        spare = [pressed for pressed in SPARE_KEYS if pressed != "0"]
        options += [
            Option(pressed, code, f"{ON if code in chosen_regions else OFF} {entry.label(texts.language)}")
            for pressed, (code, entry) in zip(spare, codes.items(), strict=False)
        ]
        chosen = await ask.choose(texts("callers.ask.regions", name=name), options)
        if chosen is None or chosen == DONE:
            return sorted(chosen_regions) if chosen else None
        chosen_regions = set() if chosen == ALL else chosen_regions ^ {chosen}


def _kind_options(groups: Groups, texts: Texts) -> list[Option]:
    served = groups.kinds
    return [
        Option(
            pressed,
            f"kind {kind}",
            f"{ON if kind in served else OFF} {label('queue_reason', kind, texts.language)}",
        )
        for pressed, kind in zip("abcdefg", KINDS, strict=True)
    ]


def _other_options(groups: Groups, texts: Texts) -> list[Option]:
    priorities = [
        Option(
            str(number),
            f"priority {number}",
            f"{ON if number in groups.priorities else OFF} {texts('moves.group', number=number)}",
        )
        for number in PRIORITIES
    ]
    callbacks = OFF if 1 in groups.not_callbacks else ON
    language = OFF if groups.not_languages else ON
    return [
        *priorities,
        Option("t", "callback 1", f"{callbacks} {texts('callers.ask.callbacks')}"),
        Option("v", "language", f"{language} {texts('callers.ask.languages')}"),
    ]


def _toggled(numbers: tuple[int, ...], number: int) -> tuple[int, ...]:
    return tuple(sorted(set(numbers) ^ {number}))
