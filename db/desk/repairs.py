"""Putting a candidate's data right: checked by the rules, with the task it solves and the call it frees."""

from collections.abc import Callable, Mapping, Sequence

from sqlmodel import col, select

from db.desk.unit import Unit
from db.errors import DeskError
from db.models import Candidate, QueueEntry, RepairTask
from db.rules.email import read_email
from db.rules.hygiene import clean
from db.rules.names import finding_keys, read_full_name, show_name
from db.rules.phone import Phone, PhoneReading, digits, has_letters, read_phone
from db.rules.postcode import read_postcode
from db.rules.privacy import bsn_in
from db.rules.region import flat_point, place_of, region_of
from db.stores.candidate_card import name_of
from db.stores.queue import open_entry

FIELDS = ("phone", "phone2", "email", "postcode", "name", "region")
PHONE_TASKS = (
    "phone_invalid",
    "phone_missing",
    "phone_padded",
    "phone_doubtful",
    "verify_number",
    "number_not_in_service",
    "wrong_number",
)
DEAD_NUMBER = ("number_not_in_service", "wrong_number")
BOUNCED = "email_bounced"
EMAIL_TASKS = ("email_invalid", "email_missing", BOUNCED)
POSTCODE_TASKS = ("postcode_invalid", "postcode_missing")
REGION_TASKS = ("region_unresolved",)
NAME_TASKS = ("name_incomplete", "name_suspect")
WAITS_FOR_DATA = ("no_number", "data_problem")
UNRESOLVED = "region_unresolved"
MAILS = ("email", "email_sent")
"""Calls that are a message: to be sent, or sent and waiting for a reaction."""


def repair(unit: Unit, candidate: Candidate, field: str, value: str, reason: str) -> None:
    """Change one thing of a candidate; DeskError says what is wrong with the value."""
    _refuse_what_was_wrong(unit, candidate, field, value)
    change = _CHANGES[field]
    solved = change(candidate, value, reason)
    _resolve(unit, candidate, solved)
    _free_entry(unit, candidate)


def _refuse_what_was_wrong(unit: Unit, candidate: Candidate, field: str, value: str) -> None:
    """What was found wrong is no repair; that it is right after all is another answer."""
    known = {"phone": (DEAD_NUMBER, _dialled), "email": ((BOUNCED,), _mailed)}
    if field not in known:
        return
    kinds, read = known[field]
    given = read(value)
    if given and any(read(task.given) == given for task in _open_tasks(unit, candidate, kinds)):
        raise DeskError("candidates.still_wrong", given=clean(value, 60))


def _dialled(given: str) -> str | None:
    phone = read_phone(given).phone
    return phone.e164 if phone else None


def _mailed(given: str) -> str | None:
    return read_email(given).address


def _read_number(value: str) -> tuple[Phone, PhoneReading]:
    reading = read_phone(value)
    if reading.phone is None:
        raise DeskError("candidates.phone_wrong", given=clean(value, 60))
    if has_letters(value):
        raise DeskError("candidates.phone_letters", given=clean(value, 60))
    return reading.phone, reading


def _phone(candidate: Candidate, value: str, _reason: str) -> tuple[str, ...]:
    phone, reading = _read_number(value)
    candidate.phone, candidate.phone_reversed = phone.e164, digits(phone.e164)[::-1]
    candidate.best_time = reading.remark or candidate.best_time
    if reading.second is not None and candidate.phone2 is None:
        second = reading.second.e164
        candidate.phone2, candidate.phone2_reversed = second, digits(second)[::-1]
    if candidate.status == "data_incorrect":
        candidate.status = "to_call"
    return PHONE_TASKS


def _phone2(candidate: Candidate, value: str, _reason: str) -> tuple[str, ...]:
    phone, _ = _read_number(value)
    candidate.phone2, candidate.phone2_reversed = phone.e164, digits(phone.e164)[::-1]
    return ()


def _email(candidate: Candidate, value: str, _reason: str) -> tuple[str, ...]:
    reading = read_email(value)
    if reading.address is None:
        raise DeskError("candidates.email_wrong", given=clean(value, 60))
    candidate.email = reading.address
    return EMAIL_TASKS


def _postcode(candidate: Candidate, value: str, _reason: str) -> tuple[str, ...]:
    postcode = read_postcode(value).postcode
    if postcode is None:
        raise DeskError("candidates.postcode_wrong", given=clean(value, 60))
    point = flat_point(postcode.pc4)
    candidate.postcode, candidate.pc4 = postcode.text, postcode.pc4
    candidate.place = place_of(postcode.pc4) or candidate.place
    candidate.x_km, candidate.y_km = point or (None, None)
    if candidate.region_source != "postcode":
        return POSTCODE_TASKS
    candidate.region_code = region_of(postcode.pc4) or UNRESOLVED
    return POSTCODE_TASKS + (REGION_TASKS if candidate.region_code != UNRESOLVED else ())


def _name(candidate: Candidate, value: str, _reason: str) -> tuple[str, ...]:
    if found := bsn_in(value):
        raise DeskError("interview.bsn_refused", found=found)
    name = read_full_name(value)
    if not name.last_name:
        raise DeskError("candidates.name_wrong")
    candidate.first_name, candidate.initials = name.first_name, name.initials
    candidate.prefix, candidate.last_name = name.prefix, name.last_name
    candidate.partner_prefix, candidate.partner_name, candidate.name_order = "", "", name.order
    for key, found in finding_keys(name).items():
        setattr(candidate, key, found)
    return NAME_TASKS


def _region(candidate: Candidate, value: str, reason: str) -> tuple[str, ...]:
    if not clean(reason):
        raise DeskError("candidates.region_reason")
    candidate.region_code, candidate.region_source = value, "manual"
    return REGION_TASKS


_CHANGES: Mapping[str, Callable[[Candidate, str, str], tuple[str, ...]]] = {
    "phone": _phone,
    "phone2": _phone2,
    "email": _email,
    "postcode": _postcode,
    "name": _name,
    "region": _region,
}


def _open_tasks(unit: Unit, candidate: Candidate, kinds: tuple[str, ...]) -> Sequence[RepairTask]:
    wanted = select(RepairTask).where(
        RepairTask.candidate_id == candidate.id,
        col(RepairTask.resolved_at).is_(None),
        col(RepairTask.kind).in_(kinds),
    )
    return unit.session.exec(wanted).all()


def _resolve(unit: Unit, candidate: Candidate, kinds: tuple[str, ...]) -> None:
    for task in _open_tasks(unit, candidate, kinds):
        task.resolved_at, task.resolved_by = unit.now, unit.user_id


def close_task(unit: Unit, task: RepairTask) -> None:
    """It is right as it is: what was no longer dialled or mailed for it is used again."""
    task.resolved_at, task.resolved_by = unit.now, unit.user_id
    candidate = unit.get(Candidate, task.candidate_id)
    if task.kind == BOUNCED:
        candidate.email = candidate.email or _mailed(task.given)
    elif task.kind not in (*DEAD_NUMBER, "verify_number") or not candidate.phone:
        return
    elif candidate.status == "data_incorrect":
        candidate.status = "to_call"
    _free_entry(unit, candidate)


def _free_entry(unit: Unit, candidate: Candidate) -> None:
    """Whoever waited for a number can be called again; the entry follows the region."""
    found = open_entry(unit.session, candidate.id)
    if found is None:
        return
    entry = unit.get(QueueEntry, found.id)
    entry.region_code = candidate.region_code
    waits = entry.state == "blocked" and entry.blocked_reason in WAITS_FOR_DATA
    still_wrong = candidate.status == "data_incorrect" or candidate.do_not_call
    known = candidate.email if entry.kind == "email" else candidate.phone
    if waits and known and not still_wrong:
        entry.state, entry.blocked_reason = "ready", None


def return_mail(unit: Unit, candidate: Candidate) -> None:
    """Mail came back: the address is kept as given and used no longer until it is put right."""
    if not candidate.email:
        raise DeskError("candidates.no_email", name=show_name(name_of(candidate)))
    candidate.email_given, candidate.email = candidate.email, None
    task = RepairTask(
        candidate_id=candidate.id,
        kind=BOUNCED,
        given=candidate.email_given,
        created_at=unit.now,
        updated_at=unit.now,
    )
    unit.session.add(task)
    found = open_entry(unit.session, candidate.id)
    if found is not None and found.kind in MAILS and found.state != "claimed":
        entry = unit.get(QueueEntry, found.id)
        entry.kind, entry.state, entry.blocked_reason = "email", "blocked", "data_problem"
        entry.vests_at = None
