"""Sending a shortlist out: exactly what is shown, one key a format, and what is to be destroyed."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import UUID

import pytest
from rich.console import Console
from textual.pilot import Pilot
from textual.widgets import Static
from textual.widgets._footer import FooterKey
from textual.widgets.data_table import Column

from db.desk.desk import Desk
from db.desk.unit import Unit
from db.drafts.exports import MailServer
from db.models import Proposal
from db.texts import Texts
from ehvdz_tui.app import EhvdzApp
from screens.base import Workplace
from screens.exports.screen import ExportScreen
from screens.exports.waiting import WaitingExports
from screens.widgets.ask_bar import AskBar
from screens.widgets.steady_footer import SteadyFooter
from tests.files.test_mail import serving
from tests.screens.test_requests import press, rows, settle, told
from tests.support.people import add_candidate
from tests.support.shortlists import add_asked, add_nurse


@asynccontextmanager
async def sending(
    desk: Desk, folder: Path, mail: MailServer | None = None, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Pilot[None]]:
    """The shortlist of the one request, opened from the list."""
    workplace = Workplace(desk, Texts("nl"), exports=folder, mail=mail)
    app = EhvdzApp(workplace, start_place="requests")
    async with app.run_test(size=size, notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, "x")
        assert isinstance(app.screen, ExportScreen)
        yield pilot


@pytest.fixture
async def proposed(sqlite_desk: Desk) -> UUID:
    """Somebody proposed to the one request."""
    request = add_asked(sqlite_desk)
    return (await sqlite_desk.proposals.propose(add_nurse(sqlite_desk, "[bold]Tristan"), request)).id


def shown(pilot: Pilot[None]) -> str:
    console = Console(width=200)
    with console.capture() as capture:
        for part in pilot.app.screen.query("#export-body Static").results(Static):
            if part.display:
                console.print(part.content, markup=False)
    return capture.get()


def files(folder: Path, pattern: str = "shortlist*") -> list[str]:
    return sorted(path.suffix for path in folder.glob(pattern))


async def test_what_is_shown_is_what_goes_out(sqlite_desk: Desk, proposed: UUID, tmp_path: Path) -> None:
    async with sending(sqlite_desk, tmp_path) as pilot:
        words = shown(pilot)
    for said in ("Els de Vries, Verpleeghuis Zonnehof", "[bold]Tristan", "06 48778932", "OLVG, 12 jaar"):
        assert said in words
    assert "Beste Els de Vries," in words
    assert "uiterlijk 04-06-2020" in words
    assert files(tmp_path) == []


@pytest.mark.parametrize(("pressed", "suffix"), [("x", ".xlsx"), ("c", ".csv"), ("p", ".pdf")])
async def test_one_key_a_format_and_it_says_where(
    sqlite_desk: Desk, proposed: UUID, tmp_path: Path, pressed: str, suffix: str
) -> None:
    async with sending(sqlite_desk, tmp_path) as pilot:
        await press(pilot, pressed)
        assert any(str(tmp_path) in message for message in told(pilot))
        assert "1 keer uitgegeven" in shown(pilot)
    assert files(tmp_path) == [suffix]


async def test_the_first_question_already_has_its_own_keys_below(
    sqlite_desk: Desk, proposed: UUID, tmp_path: Path
) -> None:
    async with sending(sqlite_desk, tmp_path) as pilot:
        footer = pilot.app.screen.query_one(SteadyFooter)
        for _ in range(2):
            await press(pilot, "e")
            assert [key.description for key in footer.query(FooterKey)] == ["Meer"]
            await press(pilot, "escape")
            assert "Excel" in [key.description for key in footer.query(FooterKey)]


async def test_who_does_not_agree_is_named_and_stays_out(sqlite_desk: Desk, tmp_path: Path) -> None:
    request = add_asked(sqlite_desk)
    person = add_candidate(sqlite_desk)
    await sqlite_desk.proposals.propose(person, request)
    await sqlite_desk.proposals.propose(add_nurse(sqlite_desk, "Anna"), request)
    from tests.desk.test_exports import withdraw_consent

    withdraw_consent(sqlite_desk, person)
    async with sending(sqlite_desk, tmp_path) as pilot:
        assert "geen toestemming om te delen: Tristan van der Luinenburg" in shown(pilot)
        assert "1 kandidaat" in shown(pilot)


async def test_without_anybody_to_send_it_does_not_open_and_says_what_to_do(
    sqlite_desk: Desk, tmp_path: Path
) -> None:
    add_asked(sqlite_desk)
    workplace = Workplace(sqlite_desk, Texts("nl"), exports=tmp_path)
    app = EhvdzApp(workplace, start_place="requests")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settle(pilot)
        for opened in ((), ("enter",)):
            await press(pilot, *opened, "x")
            assert not isinstance(app.screen, ExportScreen)
            assert any("Stel eerst iemand voor: m bij de aanvraag" in message for message in told(pilot))
    assert files(tmp_path) == []


async def test_whoever_is_gone_meanwhile_is_not_sent(
    sqlite_desk: Desk, proposed: UUID, tmp_path: Path
) -> None:
    async with sending(sqlite_desk, tmp_path) as pilot:
        await sqlite_desk.proposals.withdraw(proposed, "too_far")
        await press(pilot, "x")
        assert any("er is niets te versturen" in message for message in told(pilot))
        assert "Er gaat niets uit." in shown(pilot)
    assert files(tmp_path) == []


async def test_the_letter_asks_which_file_goes_along(
    sqlite_desk: Desk, proposed: UUID, tmp_path: Path
) -> None:
    async with sending(sqlite_desk, tmp_path) as pilot:
        await press(pilot, "e")
        assert pilot.app.screen.query_one(AskBar).asking
        await press(pilot, "p")
    assert files(tmp_path) == [".eml"]


async def test_mail_goes_to_the_address_that_was_confirmed(
    sqlite_desk: Desk, proposed: UUID, tmp_path: Path
) -> None:
    with serving() as (box, server):
        async with sending(sqlite_desk, tmp_path, server) as pilot:
            await press(pilot, "m", "x", "enter")
            assert any("Verstuurd naar" in message for message in told(pilot))
    ((to, message),) = box.mail
    assert to == ["els@zonnehof.nl"]
    assert message["From"] == "belteam@example.nl"
    assert [export.delivery for export in sqlite_desk.exports.list_now()] == ["mail"]


async def test_without_a_server_mail_says_what_to_do(
    sqlite_desk: Desk, proposed: UUID, tmp_path: Path
) -> None:
    async with sending(sqlite_desk, tmp_path) as pilot:
        await press(pilot, "m")
        assert any("[smtp]" in message for message in told(pilot))


async def test_the_message_on_the_clipboard_names_nobody(
    sqlite_desk: Desk, proposed: UUID, tmp_path: Path
) -> None:
    async with sending(sqlite_desk, tmp_path) as pilot:
        await press(pilot, "k")
        assert "Beste Els de Vries," in pilot.app.clipboard
        assert "Tristan" not in pilot.app.clipboard


async def test_language_recipient_and_purpose_change_what_goes_out(
    sqlite_desk: Desk, proposed: UUID, tmp_path: Path
) -> None:
    async with sending(sqlite_desk, tmp_path, size=(120, 40)) as pilot:
        await press(pilot, "t")
        assert "Dear Els de Vries," in shown(pilot)
        await press(pilot, "r", "ctrl+u", *"Jan", "enter")
        await press(pilot, "d", "ctrl+u", *"proef", "enter", "c")
    (export,) = sqlite_desk.exports.list_now()
    assert (export.recipient, export.purpose) == ("Jan", "proef")


def columns_of(pilot: Pilot[None]) -> list[Column]:
    assert isinstance(pilot.app.screen, WaitingExports)
    return pilot.app.screen.table.ordered_columns


async def test_after_a_look_one_key_confirms_that_it_is_destroyed(
    sqlite_desk: Desk, proposed: UUID, tmp_path: Path
) -> None:
    async with sending(sqlite_desk, tmp_path) as pilot:
        await press(pilot, "c", "l")
        assert isinstance(pilot.app.screen, WaitingExports)
        assert rows(pilot)[0][:3] == ["04-06-2020", "CSV", "Els de Vries, Verpleeghuis Zonnehof"]
        seen = [column.get_render_width(pilot.app.screen.table) for column in columns_of(pilot)[:6]]
        assert sum(seen) <= 80, "by whom it went out is whole"
        await pilot.press("d", "n")
        await settle(pilot)
        assert files(tmp_path) == [".csv"], "the own file goes only when it is meant"
        await pilot.press("d")
        await pilot.pause()
        await press(pilot, "j")
        assert rows(pilot) == []
        assert files(tmp_path) == []
        assert pilot.app.screen.query_one("#list-empty").display
        assert "als vernietigd bevestigd" not in pilot.app.screen.empty()
        await press(pilot, "u")
        assert len(rows(pilot)) == 1


async def test_what_is_overdue_says_so_in_words(sqlite_desk: Desk, proposed: UUID, tmp_path: Path) -> None:
    async with sending(sqlite_desk, tmp_path) as pilot:
        await press(pilot, "c")
        sqlite_desk.clock.forward(days=30)  # type: ignore[attr-defined]
        await press(pilot, "escape", "X")
        assert rows(pilot)[0][0] == "04-06-2020 te laat"


async def test_an_interview_goes_to_the_calendar(sqlite_desk: Desk, proposed: UUID, tmp_path: Path) -> None:
    async with sending(sqlite_desk, tmp_path) as pilot:
        await press(pilot, "escape", "enter", "k")
        assert any("geen kennismaking afgesproken" in message for message in told(pilot))

        def agree(unit: Unit) -> None:
            unit.get(Proposal, proposed).interview_at = unit.now

        sqlite_desk.lane.write_now(agree)
        await press(pilot, "k")
    assert files(tmp_path, "interview-20200507*") == [".ics"]
