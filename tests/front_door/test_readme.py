"""The README keeps its promises: its two commands, and its keys."""

import re
import runpy
import sys
from pathlib import Path

import pytest

from db.reference.outcomes import outcomes
from db.texts import LANGUAGES, Texts
from ehvdz_tui.keys_table import all_bindings, binding_ids, key_rows, markdown_table, shown_keys

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = {
    "run": "python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/ehvdz demo",
    "test": "python3 -m venv .venv && .venv/bin/pip install -e '.[test]' && .venv/bin/pytest",
}


@pytest.mark.parametrize("name", COMMANDS)
def test_the_two_commands_stand_on_the_first_screen(name: str) -> None:
    ci = runpy.run_path(str(ROOT / ".ci" / "readme_command.py"))
    assert ci["readme_command"](name) == COMMANDS[name]
    assert README[: README.index(COMMANDS[name])].count("\n") < 20


def test_ci_runs_the_command_of_the_readme() -> None:
    assert "readme_command.py test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_the_keys_are_those_of_the_bindings() -> None:
    found = re.search(r"<!-- keys -->\n(.*)\n<!-- /keys -->", README, re.DOTALL)
    assert found is not None, "run: python -m tests.front_door.test_readme"
    assert found[1].strip() == markdown_table(Texts("en")), "run: python -m tests.front_door.test_readme"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_says_what_it_does(language: str) -> None:
    rows = key_rows(all_bindings(), Texts(language))
    assert [row.id for row in rows if not (row.keys and row.name and row.tip)] == []


def test_outcomes_have_names_to_be_changed_by() -> None:
    assert {f"outcome.{code}" for code in outcomes()} <= binding_ids()


@pytest.mark.parametrize(
    ("keys", "shown"),
    [
        ("question_mark", ["?"]),
        ("n", ["n"]),
        ("ctrl+s,f5", ["ctrl+s", "F5"]),
        ("escape", ["esc"]),
        ("shift+tab", ["shift+tab"]),
        ("down", ["↓"]),
    ],
)
def test_keys_as_they_stand_on_a_keyboard(keys: str, shown: list[str]) -> None:
    assert list(shown_keys(keys)) == shown


def write_keys() -> None:
    """Put the keys of the bindings into the README."""
    table = f"<!-- keys -->\n{markdown_table(Texts('en'))}\n<!-- /keys -->"
    text = re.sub(r"<!-- keys -->.*<!-- /keys -->", lambda _: table, README, flags=re.DOTALL)
    (ROOT / "README.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write_keys()
    sys.stdout.write("README.md\n")
