"""The rows of the open calls, and what is said of a move before and after."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from rich.text import Text

from db.drafts.moves import MoveFilter
from db.reference.lists import label
from db.reference.outcomes import outcomes
from db.rules.names import PersonName, show_name
from db.rules.times import show_ago, show_moment
from db.texts import Texts
from db.views.moves import MoveDone, MoveLine, MovePreview
from screens.moves.filters import STANDING_WORDS

WIDE = 110
NARROW_COLUMNS = (
    ("moves.column.mark", 1),
    ("moves.column.name", 18),
    ("moves.column.region", 14),
    ("moves.column.why", 24),
    ("moves.column.group", 2),
    ("moves.column.whose", 8),
)
WIDE_COLUMNS = (
    ("moves.column.mark", 1),
    ("moves.column.name", 22),
    ("moves.column.region", 16),
    ("moves.column.why", 28),
    ("moves.column.group", 2),
    ("moves.column.whose", 13),
    ("moves.column.age", 11),
    ("moves.column.last", 9),
)
LEFT = {
    "in_hand": "moves.left.in_hand",
    "there_already": "moves.left.there_already",
    "paused": "moves.left.paused",
    "blocked": "moves.left.blocked",
    "nothing_to_release": "moves.left.nothing_to_release",
    "done": "moves.left.done",
    "changed": "moves.left.changed",
}
ASKED = {
    "caller": "moves.preview.caller",
    "region": "moves.preview.region",
    "common": "moves.preview.common",
    "priority": "moves.preview.priority",
    "pause": "moves.preview.pause",
    "release": "moves.preview.release",
}
DONE = {
    "caller": "moves.done.caller",
    "region": "moves.done.region",
    "common": "moves.done.common",
    "priority": "moves.done.priority",
    "pause": "moves.done.pause",
    "release": "moves.done.release",
}
MARK = "✓"
OWNERS = 3
"""So many of those whose calls go are named."""


REGION, WHOSE, WHY = "moves.column.region", "moves.column.whose", "moves.column.why"
BETWEEN = 2
MOST_WHOSE = 16
"""Wide enough for most names; what is left beyond it is for the why."""


def same(wanted: MoveFilter) -> set[str]:
    """The columns in which a filter leaves the same words on every row: they need not be told."""
    one_region, one_caller = wanted.region_code is not None, wanted.caller_id is not None
    return {title for title, is_one in ((REGION, one_region), (WHOSE, one_caller)) if is_one}


def columns(width: int, without: Collection[str] = ()) -> Sequence[tuple[str, int]]:
    """The columns that fit; the room of those left out goes to whose it is, and to the why."""
    listed = WIDE_COLUMNS if width >= WIDE else NARROW_COLUMNS
    rooms = {title: room for title, room in listed if title not in without}
    spare = sum(room + BETWEEN for title, room in listed if title in without)
    if spare and WHOSE in rooms:
        more = min(spare, MOST_WHOSE - rooms[WHOSE])
        rooms[WHOSE], spare = rooms[WHOSE] + more, spare - more
    rooms[WHY] += spare
    return list(rooms.items())


def cells(
    line: MoveLine, texts: Texts, now: datetime, *, marked: bool, wide: bool, without: Collection[str] = ()
) -> list[Text]:
    """The row of a call."""
    language = texts.language
    style = "bold" if marked else ""
    words = [MARK if marked else "", show_name(line.name)]
    if REGION not in without:
        words.append(label("region", line.region_code, language))
    words += [why(line, texts, now), str(line.priority_group)]
    if WHOSE not in without:
        words.append(line.held_by or line.assigned_to)
    if wide:
        last = outcomes().get(line.last_outcome)
        words += [show_ago(line.registered_at, now, language), last.label(language) if last else ""]
    return [Text(word, style=style) for word in words]


def why(line: MoveLine, texts: Texts, now: datetime) -> str:
    """Why this person is called, and what it waits for."""
    kind = label("queue_reason", line.kind, texts.language)
    if line.standing == "ready":
        return kind
    if line.held_until is not None and line.held_until <= now:
        return f"{texts('moves.card_over')} · {kind}"
    if line.standing == "scheduled" and line.vests_at is not None:
        return f"{show_moment(line.vests_at, now, texts.language)} · {kind}"
    return f"{texts(STANDING_WORDS[line.standing])} · {kind}"


def asked(preview: MovePreview, what: str, to: str, texts: Texts) -> str:
    """The question before a move: how many, who first, who stays and why."""
    if not preview.count:
        return "\n".join([texts("moves.preview.nothing"), stays(preview.left, texts)])
    head = texts(ASKED[what], count=preview.count, to=to)
    freed = texts("moves.preview.freed", count=preview.freed) if preview.freed else ""
    lines = [
        f"{head} {_names(preview.names, preview.count, texts)}",
        " ".join(part for part in (_owners(preview.owners, texts), freed) if part),
        stays(preview.left, texts),
    ]
    return "\n".join(line for line in lines if line)


def told(done: MoveDone, what: str, to: str, texts: Texts) -> str:
    """What was done, and who stayed after all."""
    back = texts("moves.take_back") if done.undoable else ""
    words = [texts(DONE[what], count=done.count, to=to), stays(done.left, texts), back]
    return " ".join(word for word in words if word)


def stays(left: Mapping[str, int], texts: Texts) -> str:
    """How many stay as they are, by reason."""
    if not left:
        return ""
    reasons = ", ".join(texts(LEFT[reason], count=count) for reason, count in sorted(left.items()))
    return texts("moves.stays", reasons=reasons)


def _names(names: Sequence[PersonName], count: int, texts: Texts) -> str:
    listed = ", ".join(show_name(name) for name in names)
    others = count - len(names)
    return f"{listed}." if not others else texts("moves.and_others", names=listed, count=others)


def _owners(owners: Sequence[tuple[str, int]], texts: Texts) -> str:
    """From whom the calls go; nothing where they are nobody's."""
    if not owners:
        return ""
    named = ", ".join(f"{name} ({count})" for name, count in owners[:OWNERS])
    others = len(owners) - OWNERS
    return texts("moves.preview.from", names=named if others <= 0 else f"{named} +{others}")
