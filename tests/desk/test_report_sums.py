"""Figures agree with each other, with a count by hand and with the rows behind them, whatever happened."""

from collections import Counter as Tally
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from random import Random
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from db.desk.desk import Desk
from db.models import Candidate
from db.reference.outcomes import outcomes
from db.rules.report_period import waves_of
from db.stores.reports.behind import rows_behind
from db.stores.reports.catalogue import REPORTS
from db.stores.reports.figures import Counter
from db.stores.reports.placing import ACCEPTED, BEFORE, DECLINED, UNANSWERED, WAITING
from db.stores.reports.terms import Frame, Measure, Table
from db.texts import LANGUAGES, Texts
from db.views.reports import ALL, Figure, FigureRow, FigureTable, Scope
from tests.conftest import NOW
from tests.support.histories import REGIONS, History, Maker

WAVES = waves_of({})
RESULTS = ("accepted", "waiting", "declined", "no_response", "taken_back")
SUMMED = ("days", "fte", "rows")
ROWS_OPENED = 2
AGES = ("age_0", "age_7", "age_14", "age_28", "age_56")
UNHURRIED = settings(
    max_examples=3,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@st.composite
def scopes(draw: st.DrawFn) -> Scope:
    """Any period, reference moment, region."""
    days = st.integers(min_value=0, max_value=70)
    ago = draw(st.one_of(st.just(0), st.just(0), days))
    first = draw(st.one_of(st.none(), days))
    length = draw(days)
    today = date(2020, 5, 7)
    begin = today - timedelta(days=first) if first is not None else None
    end = begin + timedelta(days=length) if begin and draw(st.booleans()) else None
    return Scope(NOW - timedelta(days=ago), begin, end, draw(st.sampled_from((None, REGIONS[0]))))


def counted(session: Session, name: str, scope: Scope) -> dict[str, FigureTable]:
    frame = Frame(scope, WAVES)
    tables = REPORTS[name](frame)
    with Counter(session, frame, tables) as counter:
        return {table.key: counter.table(table) for table in tables}


def value(tables: dict[str, FigureTable], figure_id: str) -> int:
    table = tables[figure_id.partition(".")[0]]
    found = next(figure for row in table.rows for figure in row.figures if figure.id == figure_id)
    return found.value or 0


def check_all(session: Session, scope: Scope, chance: Random) -> None:
    frame = Frame(scope, WAVES)
    told = {name: counted(session, name, scope) for name in REPORTS}
    for name, define in REPORTS.items():
        tables = define(frame)
        for table in tables:
            check_total(table, told[name][table.key])
        shown = [row for table in told[name].values() for row in table.rows]
        check_words(shown)
        figures = [figure for row in shown for figure in row.figures if has_rows(figure)]
        for figure in chance.sample(figures, min(len(figures), ROWS_OPENED)):
            check_rows(session, frame, tables, figure)
    check_parts(told)


def check_total(table: Table, shown: FigureTable) -> None:
    """What can be added up adds up to the row of everything."""
    if table.by is None or not table.total or table.most is not None:
        return
    for number, part in enumerate(table.parts):
        if isinstance(part, Measure) and part.counts == "id" and not part.oldest:
            parts = [row.figures[number].value or 0 for row in shown.rows if row.heading.code != ALL]
            total = next(row.figures[number].value for row in shown.rows if row.heading.code == ALL)
            assert sum(parts) == (total or 0), (shown.key, part.key)


def check_words(shown: Sequence[FigureRow]) -> None:
    """Every row is called something that is no code."""
    for texts in map(Texts, LANGUAGES):
        assert not [words for row in shown if "_" in (words := row.heading.words(texts))]


def check_rows(session: Session, frame: Frame, tables: tuple[Table, ...], figure: Figure) -> None:
    """The rows behind a figure are as many as it says."""
    behind = rows_behind(session, frame, tables, figure.id, 1000)
    assert behind.total == figure.value, figure.id
    assert len(behind.rows) == behind.total, figure.id


def has_rows(figure: Figure) -> bool:
    """Whether the figure counts rows, and does not add up what stands in them."""
    return figure.traceable and (figure.unit not in SUMMED or figure.id.startswith("row_reasons."))


def check_parts(told: dict[str, dict[str, FigureTable]]) -> None:
    """The identities that somebody in parliament would check."""
    unheard, care = told["unheard"], told["care"]
    for group in ("never", "not_reached", "reached_only", "heard", ALL):
        ages = [value(unheard, f"unheard.{group}.{age}") for age in AGES]
        assert sum(ages) == value(unheard, f"unheard.{group}.registered")
    why = sum(row.figures[0].value or 0 for row in unheard["unheard_why"].rows)
    registered = value(unheard, "unheard.all.registered")
    assert why == registered
    assert (
        registered == value(care, "care.all.registered") == value(told["persons"], "persons.all.registered")
    )
    proposed = value(care, "care.all.proposed")
    for tables, key in ((care, "care_results"), (told["sectors"], "results")):
        assert sum(value(tables, f"{key}.all.result_{code}") for code in RESULTS) == proposed
    for field in ("time", "place", "qualification"):
        states = [
            value(told["criteria"], f"criteria.all.{field}_{state}")
            for state in ("met", "not_met", "not_kept")
        ]
        assert sum(states) == proposed
    ended = [value(care, f"care_results.all.result_{code}") for code in RESULTS[2:]]
    assert value(care, "unfit_groups.all.unfit") == sum(ended)
    accepted = value(care, "care.all.accepted")
    assert value(told["persons"], "matches.all.started") <= accepted <= proposed
    ways = ("unmatched_referred_on", "unmatched_referred_nowhere", "unmatched_not_referred")
    nowhere = told["unmatched"]
    assert sum(value(nowhere, f"unmatched.all.{way}") for way in ways) == value(
        nowhere, "unmatched.all.unmatched"
    )
    account = [
        value(told["migration"], f"account.all.rows_{name}") for name in ("created", "merged", "unchanged")
    ]
    rejected = value(told["migration"], "account.all.rows_rejected")
    assert value(told["migration"], "account.all.rows_read") == sum(account) + rejected
    assert value(told["migration"], "row_reasons.all.rejected") == rejected
    assert value(told["money"], "money.all.euro_asked") == 0


def check_by_hand(session: Session, history: History, scope: Scope) -> None:
    """The classes of people and proposals, counted again without a query."""
    whole = Scope(scope.as_of)
    by_hand = Tally(hears(history, person.id, scope.as_of) for person in known(history, scope.as_of))
    shown = counted(session, "unheard", whole)["unheard_why"]
    assert {row.heading.code: row.figures[0].value for row in shown.rows if row.figures[0].value} == by_hand
    results = Tally(result for result in map_results(history, scope.as_of) if result)
    tables = counted(session, "sectors", whole)
    assert {code: value(tables, f"results.all.result_{code}") for code in RESULTS} == {
        code: results[code] for code in RESULTS
    }


def known(history: History, now: datetime) -> Iterator[Candidate]:
    for person in history.people:
        if person.status != "duplicate" and _utc(person.registered_at) <= now:
            yield person


def _utc(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def hears(history: History, person_id: UUID, now: datetime) -> str:
    person = next(item for item in history.people if item.id == person_id)
    told = [
        outcomes()[item.outcome]
        for item in history.attempts
        if history.person(item.candidate_id) == person_id
        and item.id not in history.taken_back
        and item.outcome != "technical_failure"
        and _utc(item.at) <= now
    ]
    codes = {item.code for item in told}
    families = {item.family for item in told}
    fed_back = person.last_feedback_at is not None and _utc(person.last_feedback_at) <= now
    in_order = {
        "heard": fed_back or any(item.family == "reached" and item.final for item in told),
        "reached_only": "reached" in families,
        "wrong_data": "data_problem" in families,
        "mail_unanswered": "emailed_no_response" in codes,
        "mail_waiting": "message" in families,
        "no_answer": bool(told),
        "never_no_number": not person.phone,
    }
    return next((name for name, holds in in_order.items() if holds), "never_waiting")


def map_results(history: History, now: datetime) -> Iterator[str]:
    for proposal in history.proposals:
        steps = [
            event
            for event in history.events
            if event.proposal_id == proposal.id
            and event.id not in history.taken_back
            and _utc(event.at) <= now
        ]
        seen = [event.status for event in sorted(steps, key=lambda event: (_utc(event.at), event.id.hex))]
        if not any(status not in BEFORE for status in seen):
            yield ""
        elif any(status in ACCEPTED for status in seen):
            yield "accepted"
        else:
            groups = {"waiting": WAITING, "declined": DECLINED, "no_response": UNANSWERED}
            yield next((name for name, codes in groups.items() if seen[-1] in codes), "taken_back")


def tell_and_check(desk: Desk, chance: Random, scope: Scope) -> None:
    with Session(desk.lane.engine, expire_on_commit=False) as session:
        history = Maker(session, chance, NOW).write()
        check_by_hand(session, history, scope)
        check_all(session, scope, chance)
        session.rollback()


@UNHURRIED
@given(seed=st.integers(min_value=0, max_value=2**32), scope=scopes())
def test_the_sums_agree(desk: Desk, seed: int, scope: Scope) -> None:
    tell_and_check(desk, Random(seed), scope)
