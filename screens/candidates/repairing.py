"""Putting data right: which field, the value as it stands, and a second chance when the rules refuse it."""

from uuid import UUID

from db.errors import DeskError
from db.reference.lists import code_list
from db.rules.names import show_name
from db.rules.phone import show_phone
from db.views.candidates import CandidateView
from screens.base import DeskScreen
from screens.widgets.ask_bar import SPARE_KEYS, AskBar, Option

FIELD_WORDS = {
    "phone": "candidates.field.phone",
    "phone2": "candidates.field.phone2",
    "email": "candidates.field.email",
    "postcode": "candidates.field.postcode",
    "name": "candidates.field.name",
    "region": "candidates.field.region",
}
FIELD_OF_TASK = {
    "phone_invalid": "phone",
    "phone_missing": "phone",
    "phone_padded": "phone",
    "phone_doubtful": "phone",
    "verify_number": "phone",
    "number_not_in_service": "phone",
    "wrong_number": "phone",
    "email_invalid": "email",
    "email_missing": "email",
    "email_bounced": "email",
    "postcode_invalid": "postcode",
    "postcode_missing": "postcode",
    "region_unresolved": "region",
    "name_incomplete": "name",
    "name_suspect": "name",
}


async def note_returned_mail(screen: DeskScreen[None], candidate_id: UUID) -> bool:
    """Note that mail came back; whether it was noted."""
    try:
        card = await screen.desk.candidates.mail_came_back(candidate_id)
    except DeskError as error:
        screen.tell_error(error)
        return False
    screen.tell("candidates.mail_came_back", name=show_name(card.name), email=card.email_given)
    return True


async def ask_repair(screen: DeskScreen[None], candidate_id: UUID, field: str | None = None) -> bool:
    """Ask what must change and change it; whether anything was changed."""
    ask = screen.query_one(AskBar)
    if ask.asking:
        return False
    card = await screen.desk.candidates.card(candidate_id, log_read=False)
    name = show_name(card.name)
    if field is None:
        field = await ask.choose(screen.texts("candidates.ask.field", name=name), _fields(screen, card))
    if field is None:
        return False
    if field == "region":
        return await ask_region(screen, candidate_id, name)
    return await _ask_value(screen, card, field, name)


async def ask_region(
    screen: DeskScreen[None], candidate_id: UUID, name: str, region: str | None = None
) -> bool:
    """Ask the region, unless it was given, and the reason; whether it was assigned."""
    ask = screen.query_one(AskBar)
    language = screen.texts.language
    if region is None:
        codes = [code for code in code_list("region").values() if code.code != "region_unresolved"]
        options = [
            Option(key, code.code, code.label(language)) for key, code in zip(SPARE_KEYS, codes, strict=False)
        ]
        region = await ask.choose(screen.texts("candidates.ask.region", name=name), options)
    if region is None:
        return False
    words = code_list("region")[region].label(language)
    reason = await ask.note(screen.texts("candidates.ask.region_reason", name=name, region=words))
    if reason is None:
        return False
    try:
        await screen.desk.candidates.repair(candidate_id, "region", region, reason)
    except DeskError as error:
        screen.tell_error(error)
        return False
    screen.tell("candidates.repaired", name=name)
    return True


async def _ask_value(screen: DeskScreen[None], card: CandidateView, field: str, name: str) -> bool:
    title = screen.texts("candidates.ask.value", field=screen.texts(FIELD_WORDS[field]), name=name)
    value: str | None = _current(card, field)
    while True:
        value = await screen.query_one(AskBar).note(title, value or "")
        if value is None:
            return False
        try:
            await screen.desk.candidates.repair(card.id, field, value)
        except DeskError as error:
            title = screen.texts.error(error)
        else:
            screen.tell("candidates.repaired", name=name)
            return True


def _fields(screen: DeskScreen[None], card: CandidateView) -> list[Option]:
    wrong = {FIELD_OF_TASK.get(task.kind) for task in card.repairs}
    return [
        Option(str(number), field, f"{screen.texts(key)}{' !' if field in wrong else ''}")
        for number, (field, key) in enumerate(FIELD_WORDS.items(), start=1)
    ]


def _current(card: CandidateView, field: str) -> str:
    """What stands there, or what was given when that could not be read."""
    values = {
        "phone": show_phone(card.phone) if card.phone else card.phone_given,
        "phone2": show_phone(card.phone2) if card.phone2 else card.phone2_given,
        "email": card.email or card.email_given,
        "postcode": card.postcode or card.postcode_given,
        "name": show_name(card.name),
    }
    return values[field]
