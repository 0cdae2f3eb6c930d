"""What is said of an interview that is looked at again."""

from datetime import datetime

from rich.console import Group
from rich.text import Text

from db.reference.lists import label
from db.rules.intake_fields import FIELD_BY_CODE
from db.rules.names import show_name
from db.rules.times import local, show_ago, show_day
from db.texts import Texts
from db.views.reviews import ReviewedInterview, ReviewLine
from screens.interview.wording import show_answer
from screens.queue.card_text import lines

STATES = {"pending": "quality.state.pending", "handed_back": "quality.state.handed_back"}


def cells(line: ReviewLine, texts: Texts, now: datetime) -> list[Text]:
    """The line in the list."""
    return [
        Text(texts(STATES[line.state])),
        Text(show_name(line.name)),
        Text(line.caller),
        Text(show_day(local(line.completed_at).date(), local(now).date(), texts.language)),
    ]


def about(line: ReviewLine, texts: Texts, now: datetime) -> str:
    """Whose interview it is, who held it, and why it is here."""
    return texts(
        "quality.about",
        name=show_name(line.name),
        caller=line.caller,
        ago=show_ago(line.completed_at, now, texts.language),
        why=label("review_reason", line.reason, texts.language),
    )


def answers_of(found: ReviewedInterview, texts: Texts, now: datetime) -> Group:
    """Every question with its answer, in the order of the conversation."""
    told = [
        (texts(f"intake.field.{code}"), show_answer(field, found.answers[code], texts))
        for code, field in FIELD_BY_CODE.items()
        if code in found.answers
    ]
    head = [Text(about(found.line, texts, now), style="bold")]
    if found.line.note:
        head.append(Text(texts("quality.handed_back", note=found.line.note), style="italic"))
    return Group(*head, lines(told))
