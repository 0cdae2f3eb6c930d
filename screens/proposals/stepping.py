"""Taking a proposal a step further: what the step demands is asked on one line, then it is done at once."""

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from db.drafts.proposals import StepDraft
from db.errors import DeskError
from db.reference.lists import code_list, label
from db.rules.availability import show_grid
from db.rules.bookings import DAY_PARTS, Clash
from db.rules.calling_hours import CallingHours
from db.rules.dates import read_date
from db.rules.names import PersonName, show_name
from db.rules.proposal_steps import BOOKED, Step, may_follow, reasons_of, steps
from db.rules.times import local, show_date, show_moment
from db.views.proposals import StepView
from screens.base import DeskScreen
from screens.proposals.asking import ask_yes_no
from screens.widgets.ask_bar import SPARE_KEYS, AskBar, Option


@dataclass(frozen=True, slots=True)
class Subject:
    """The proposal that a step is about."""

    proposal_id: UUID
    name: PersonName
    status: str


async def choose_step(screen: DeskScreen[None], subject: Subject) -> bool:
    """Offer every step that may follow, each under its own key, and take the chosen one."""
    options = [
        Option(step.key, step.status, label("proposal_status", step.status, screen.texts.language))
        for step in may_follow(subject.status)
        if step.key
    ]
    if not options:
        screen.tell_error(DeskError("proposals.not_live"))
        return False
    title = screen.texts("proposals.ask.step", name=show_name(subject.name))
    chosen = await screen.query_one(AskBar).choose(title, options)
    return chosen is not None and await take_step(screen, subject, chosen)


async def take_step(screen: DeskScreen[None], subject: Subject, status: str) -> bool:
    """Ask what the step demands and take it; whether it was taken."""
    step = steps()[status]
    try:
        if subject.status not in step.follows:
            raise DeskError("proposals.step_not_now")
        draft = await _ask(screen, subject, step)
        if draft is None:
            return False
        done = await screen.desk.proposals.step(
            subject.proposal_id,
            draft.status,
            draft.reason,
            draft.note,
            draft.moment,
            override=draft.override,
            withdraw_competing=draft.withdraw_competing,
            language=screen.texts.language,
        )
    except DeskError as error:
        screen.tell_error(error)
        return False
    _tell(screen, done)
    return True


async def _ask(screen: DeskScreen[None], subject: Subject, step: Step) -> StepDraft | None:
    reason, note = None, ""
    if step.reason_demanded:
        reason = await _ask_reason(screen, subject, step)
        if reason is None:
            return None
        if code_list(step.reasons)[reason].note_required:
            title = _title(screen, "proposals.ask.note", subject, step)
            note = await screen.query_one(AskBar).word(title) or ""
            if not note:
                return None
    moment = None
    if step.moment:
        moment = await _ask_moment(screen, subject, step)
        if moment is None:
            return None
    booked = await _ask_booking(screen, subject, step, moment) if step.stage == BOOKED else ("", False)
    return StepDraft(step.status, reason, note, moment, *booked) if booked is not None else None


async def _ask_reason(screen: DeskScreen[None], subject: Subject, step: Step) -> str | None:
    language = screen.texts.language
    options = [
        Option(key, code.code, code.label(language))
        for key, code in zip(SPARE_KEYS, reasons_of(step), strict=False)
    ]
    return await screen.query_one(AskBar).choose(
        _title(screen, "proposals.ask.reason", subject, step), options
    )


async def _ask_moment(screen: DeskScreen[None], subject: Subject, step: Step) -> datetime | None:
    ask = screen.query_one(AskBar)
    if step.moment == "future":
        promise = await ask.moment(_title(screen, "proposals.ask.when", subject, step), owned=False)
        return promise.at if promise else None
    now = screen.workplace.now()
    today = local(now).date()
    title = _title(screen, "proposals.ask.day", subject, step)
    value = show_date(today, screen.texts.language)
    while True:
        given = await ask.note(title, value, replaced=True)
        if given is None:
            return None
        day = read_date(given, today, past=True)
        if day is not None and day <= today:
            return _moment_of(day, today, now)
        title, value = screen.texts("proposals.ask.day_again"), given


def _moment_of(day: date, today: date, now: datetime) -> datetime:
    """A day that is over counts from noon."""
    return now if day == today else CallingHours().moment(day, time(12))


async def _ask_booking(
    screen: DeskScreen[None], subject: Subject, step: Step, start: datetime | None
) -> tuple[str, bool] | None:
    """Why hours that clash are booked all the same, and whether what no longer fits is withdrawn."""
    check = await screen.desk.proposals.check_accept(subject.proposal_id, start)
    name, override = show_name(subject.name), ""
    if check.clashes:
        title = screen.texts("proposals.ask.override", clash=clash_words(screen, check.clashes[0], name))
        override = await screen.query_one(AskBar).word(title) or ""
        if not override:
            screen.tell("proposals.not_booked", "warning", name=name)
            return None
    if not check.competing or step.status == "started":
        return override, False
    organisations = ", ".join(dict.fromkeys(job.organisation for job in check.competing))
    title = screen.texts("proposals.ask.competing", name=name, organisations=organisations)
    answer = await ask_yes_no(screen, title)
    return None if answer is None else (override, answer)


def clash_words(screen: DeskScreen[None], clash: Clash, name: str) -> str:
    """What stands in the way, with the day parts by name."""
    if clash.kind == DAY_PARTS:
        when = show_grid(clash.grid, screen.texts.language)
        return screen.texts("proposals.clash.shared", name=name, organisation=clash.organisation, when=when)
    return screen.texts(
        "proposals.clash.hours",
        name=name,
        organisation=clash.organisation,
        hours=clash.hours,
        offered=clash.offered,
    )


def _title(screen: DeskScreen[None], key: str, subject: Subject, step: Step) -> str:
    status = label("proposal_status", step.status, screen.texts.language)
    return screen.texts(key, name=show_name(subject.name), step=status)


def _tell(screen: DeskScreen[None], done: StepView) -> None:
    texts, name = screen.texts, show_name(done.name)
    status = label("proposal_status", done.status, texts.language)
    said = [texts("proposals.stepped", name=name, organisation=done.organisation, status=status)]
    if done.withdrawn:
        organisations = ", ".join(done.withdrawn)
        said.append(texts("proposals.stepped.withdrawn", organisations=organisations))
    if done.feedback:
        said.append(texts("proposals.stepped.feedback", name=name))
    if done.follow_up_at is not None and steps()[done.status].stage == BOOKED:
        when = show_moment(done.follow_up_at, screen.workplace.now(), texts.language)
        said.append(texts("proposals.stepped.follow_up", moment=when))
    screen.notify(" ".join(said), markup=False)
