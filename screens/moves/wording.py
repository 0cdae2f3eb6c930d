"""The rows of the open calls, and what is said of a move before and after."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from rich.text import Text

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
    ("moves.column.name", 19),
    ("moves.column.region", 12),
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


WHOSE, WHY = "moves.column.whose", "moves.column.why"
BETWEEN = 2


def columns(width: int, *, one_caller: bool) -> Sequence[tuple[str, int]]:
    """The columns that fit; where all calls are one caller's, the room of that column goes to the why."""
    listed = WIDE_COLUMNS if width >= WIDE else NARROW_COLUMNS
    if not one_caller:
        return listed
    more = dict(listed)[WHOSE] + BETWEEN
    return [(title, room + more if title == WHY else room) for title, room in listed if title != WHOSE]


def cells(
    line: MoveLine, texts: Texts, now: datetime, *, marked: bool, wide: bool, one_caller: bool
) -> list[Text]:
    """The row of a call."""
    language = texts.language
    style = "bold" if marked else ""
    words = [
        MARK if marked else "",
        show_name(line.name),
        label("region", line.region_code, language),
        why(line, texts, now),
        str(line.priority_group),
    ]
    if not one_caller:
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
    if line.standing == "scheduled" and line.vests_at is not None:
        return f"{show_moment(line.vests_at, now, texts.language)} · {kind}"
    return f"{texts(STANDING_WORDS[line.standing])} · {kind}"


def asked(preview: MovePreview, what: str, to: str, texts: Texts) -> str:
    """The question before a move: how many, who first, who stays and why."""
    if not preview.count:
        return "\n".join([texts("moves.preview.nothing"), stays(preview.left, texts)])
    head = texts(ASKED[what], count=preview.count, to=to)
    lines = [f"{head} {_names(preview.names, preview.count, texts)}", stays(preview.left, texts)]
    return "\n".join(line for line in lines if line)


def told(done: MoveDone, what: str, to: str, texts: Texts) -> str:
    """What was done, and who stayed after all."""
    words = [texts(DONE[what], count=done.count, to=to), stays(done.left, texts), texts("moves.take_back")]
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
