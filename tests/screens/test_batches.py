"""The files that came in: each with its account, and one key and a yes to take one back."""

from dataclasses import replace
from pathlib import Path

from textual.widgets import Static

from db.desk.desk import Desk
from db.texts import Texts
from ehvdz_tui.app import EhvdzApp
from screens.base import Workplace
from screens.imports.batches import BatchesScreen
from screens.widgets.ask_bar import AskBar
from screens.widgets.list_table import ListTable
from tests.screens.test_requests import press, settle

ROWS = "naam;telefoon;postcode\nTristan Luinenburg;0648778932;3888 AB\nAnna de Vries;0612345678;1012 LG\n"


async def test_a_file_is_taken_back_from_the_list(sqlite_desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "aan[b]meld.csv"
    file.write_text(ROWS, encoding="utf-8")
    await sqlite_desk.imports.run(file)
    app = EhvdzApp(Workplace(sqlite_desk, Texts("nl")), start_place="candidates")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, "f6", "ctrl+l")
        assert isinstance(app.screen, BatchesScreen)
        row = [cell.plain for cell in app.screen.query_one(ListTable).get_row_at(0)]
        assert row[1] == "aan[b]meld.csv"
        assert row[3:] == ["2", ""]
        assert "t" in app.screen.active_bindings
        (batch,) = await sqlite_desk.imports.batches()
        assert app.screen.cells(replace(batch, read=2009))[3].plain == "2.009"
        assert "enter" not in app.screen.active_bindings
        await press(pilot, "t", "n")
        assert (await sqlite_desk.imports.batches())[0].undone_at is None
        await press(pilot, "t", "j")
        assert (await sqlite_desk.imports.batches())[0].undone_at is not None
        account = str(app.screen.query_one("#list-text", Static).render())
        assert "Teruggedraaid" in account
        assert "t" not in app.screen.active_bindings
        await press(pilot, "t", "j")
        assert not app.screen.query_one(AskBar).asking
        assert not app._notifications


async def test_what_taking_back_left_is_told_of_an_older_file_too(sqlite_desk: Desk, tmp_path: Path) -> None:
    for name, row in (("eerst.csv", "Tristan Luinenburg;0648778932"), ("later.csv", "Anna;0612345678")):
        file = tmp_path / name
        file.write_text(f"naam;telefoon\n{row}\n", encoding="utf-8")
        await sqlite_desk.imports.run(file)
    workplace = Workplace(sqlite_desk, Texts("en"))
    app = EhvdzApp(workplace, start_place="candidates")
    async with app.run_test(size=(80, 40)) as pilot:
        await settle(pilot)
        app.push_screen(BatchesScreen(workplace))
        await settle(pilot)
        await press(pilot, "down")
        before = str(app.screen.query_one("#list-text", Static).render())
        await press(pilot, "t", "y")
        account = str(app.screen.query_one("#list-text", Static).render())
        assert "eerst.csv" in account
        assert len(account.splitlines()) > len(before.splitlines()) + 1


async def test_no_file_explains_itself(sqlite_desk: Desk) -> None:
    workplace = Workplace(sqlite_desk, Texts("en"))
    app = EhvdzApp(workplace, start_place="candidates")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.push_screen(BatchesScreen(workplace))
        await settle(pilot)
        assert app.screen.has_class("-empty")
