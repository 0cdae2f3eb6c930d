"""The catalogs say everything that the program can say, in both languages, and nothing else."""

import ast
import csv
import errno
import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest

from db.errors import DeskError
from db.texts import LANGUAGES, SYSTEM_WORDS, Texts, load_catalog

pytestmark = pytest.mark.xdist_group("texts")  # whoever has read the code reads it once

ROOT = Path(__file__).parents[1]
PACKAGES = ("db", "screens", "ehvdz_tui")
REFERENCE = ROOT / "db" / "reference"

DYNAMIC_PREFIXES = (
    "candidates.blocked.",
    "desk_settings.field.",
    "desk_settings.section.",
    "charts.tab.",
    "charts.title.",
    "floor.count.",
    "floor.doing.",
    "floor.held.",
    "history.action.",
    "imports.field.",
    "imports.short.",
    "imports.problem.",
    "imports.column.",
    "imports.outcome.",
    "imports.question.",
    "intake.field.",
    "intake.problem.",
    "intake.question.",
    "intake.section.",
    "key.proposals.step.",
    "key.requests.to.",
    "map.layer.",
    "keys.place.",
    "queue.family.",
    "queue.greeting.",
    "queue.intake.",
    "queue.script.",
    "queue.waits.",
    "reports.cell.",
    "reports.column.",
    "reports.left.",
    "reports.note.",
    "reports.row.",
    "reports.table.",
    "reports.title.",
    "reports.sheet.",
    "reports.unit.",
    "organisations.field.",
    "organisations.question.",
    "request_form.field.",
    "request_form.question.",
    "tip.proposals.step.",
    "tip.requests.to.",
)
"""Texts that are asked for by a code of a list; the code says their first part literally."""

SAME_IN_BOTH = {
    "Excel (xlsx)",
    "Diploma",
    "Enter = {value}",
    "Intake",
    "Status",
    "Team",
    "Student",
    "Voicemail",
    "Weekend",
    "West",
    "Open",
    "Filter",
    "Fte",
    "Sector",
    "euro",
    "fte",
    "database",
    "km",
    "P",
    "T",
    "{km}/{reach} km",
}
"""Texts that are the same words in Dutch and in English."""

KEY = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+")
SPEAKERS = {"texts", "_texts", "tell"}
BINDING_MAKERS = {"key"}


@cache
def trees() -> tuple[tuple[Path, ast.Module], ...]:
    """The code of the program, parsed."""
    files = sorted(file for package in PACKAGES for file in (ROOT / package).rglob("*.py"))
    return tuple((file, ast.parse(file.read_text(encoding="utf-8"))) for file in files)


def called(node: ast.Call) -> str:
    """The last name of what is called: `self.texts(...)` is `texts`."""
    match node.func:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
    return ""


def speaks(name: str) -> bool:
    """Whether a call of this name takes the key of a text first."""
    return name in SPEAKERS or name.endswith("Error")


@cache
def calls() -> tuple[tuple[Path, ast.Call], ...]:
    """Every call in the code, with the file it stands in."""
    return tuple(
        (file, node) for file, tree in trees() for node in ast.walk(tree) if isinstance(node, ast.Call)
    )


def first_arguments() -> Iterator[tuple[Path, ast.expr]]:
    """What is handed to everything that speaks."""
    for file, node in calls():
        if node.args and speaks(called(node)):
            yield file, node.args[0]


def literal_keys(node: ast.AST) -> set[str]:
    """The keys that stand in an expression as they are, a choice between two included."""
    inside_f_strings = {
        id(part) for found in ast.walk(node) if isinstance(found, ast.JoinedStr) for part in ast.walk(found)
    }
    return {
        found.value
        for found in ast.walk(node)
        if isinstance(found, ast.Constant)
        and isinstance(found.value, str)
        and id(found) not in inside_f_strings
        if KEY.fullmatch(found.value)
    }


def binding_names() -> set[str]:
    """The names that bindings are made with."""
    names: set[str] = set()
    for _, node in calls():
        if called(node) in BINDING_MAKERS:
            given = [*node.args[2:3], *(word.value for word in node.keywords if word.arg == "name")]
            names |= {
                part.value for part in given if isinstance(part, ast.Constant) and isinstance(part.value, str)
            }
    return names


@cache
def asked_keys() -> dict[str, str]:
    """Every key that the code asks for, with where."""
    asked = {
        key: str(file.relative_to(ROOT)) for file, node in first_arguments() for key in literal_keys(node)
    }
    for name in binding_names():
        asked |= {f"key.{name}": "a binding", f"tip.{name}": "a binding"}
    return asked


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_is_asked_for_has_a_text(language: str) -> None:
    catalog = load_catalog(language)
    assert [f"{key} ({place})" for key, place in asked_keys().items() if key not in catalog] == []


def test_both_languages_have_the_same_keys() -> None:
    assert set(load_catalog("nl")) ^ set(load_catalog("en")) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_key_stands_in_two_files(language: str) -> None:
    import json

    seen: dict[str, str] = {}
    twice = []
    for file in sorted((ROOT / "db" / "texts" / language).glob("*.json")):
        pairs = json.loads(file.read_text(encoding="utf-8"), object_pairs_hook=list)
        for key, _ in pairs:
            if key in seen:
                twice.append((key, seen[key], file.name))
            seen[key] = file.name
    assert twice == []


def placeholders(text: str) -> set[str]:
    """The names between braces."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_both_languages_fill_in_the_same() -> None:
    dutch, english = load_catalog("nl"), load_catalog("en")
    different = {
        key for key in dutch.keys() & english.keys() if placeholders(dutch[key]) != placeholders(english[key])
    }
    assert different == set()


def test_english_is_not_dutch() -> None:
    dutch, english = load_catalog("nl"), load_catalog("en")
    same = {
        key: text
        for key, text in dutch.items()
        if text == english.get(key) and re.search(r"[A-Za-z]", re.sub(r"\{\w*\}", "", text))
        if text not in SAME_IN_BOTH
    }
    assert same == {}


def test_no_text_is_empty() -> None:
    assert [
        key for language in LANGUAGES for key, text in load_catalog(language).items() if not text.strip()
    ] == []


def strings_in_code() -> set[str]:
    """Every string that looks like a key, wherever it stands: keys travel in tables and constants too."""
    return {key for _, tree in trees() for key in literal_keys(tree)}


def test_no_text_is_unused() -> None:
    used = strings_in_code() | asked_keys().keys()
    unused = {
        key
        for key in load_catalog("nl")
        if key not in used and key.removesuffix(".one") not in used and not key.startswith(DYNAMIC_PREFIXES)
    }
    assert sorted(unused) == []


def test_keys_that_are_put_together_begin_with_a_registered_prefix() -> None:
    loose = [
        f"{file.relative_to(ROOT)}:{node.lineno} {ast.unparse(node)}"
        for file, node in first_arguments()
        if isinstance(node, ast.JoinedStr) and (begin := beginning(node)) and KEY.match(begin)
        if not begin.startswith((*DYNAMIC_PREFIXES, "key.", "tip."))
    ]
    assert loose == []


def beginning(node: ast.JoinedStr) -> str:
    """What an f-string always begins with."""
    first = node.values[0]
    return str(first.value) if isinstance(first, ast.Constant) else ""


@pytest.mark.parametrize("prefix", DYNAMIC_PREFIXES)
def test_no_registered_prefix_is_left_over(prefix: str) -> None:
    assert any(key.startswith(prefix) for key in load_catalog("nl"))


@pytest.mark.parametrize(
    "file",
    [*sorted((REFERENCE / "lists").glob("*.csv")), REFERENCE / "call_outcomes.csv"],
    ids=lambda file: file.stem,
)
def test_every_code_has_words_in_both_languages(file: Path) -> None:
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert rows
    assert [row["code"] for row in rows if not row["nl"].strip() or not row["en"].strip()] == []


@pytest.mark.parametrize(
    ("language", "given", "shown"), [("nl", 11747, "11.747"), ("en", 11747, "11,747"), ("nl", 999, "999")]
)
def test_a_count_has_the_thousands_mark_of_the_language(language: str, given: int, shown: str) -> None:
    assert Texts(language)("moves.marked", count=given).startswith(shown)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("number", SYSTEM_WORDS)
def test_why_the_system_refused_is_said_in_the_language(language: str, number: int) -> None:
    refused = OSError(number, os.strerror(number), "/nowhere/at/all")
    said = Texts(language).error(DeskError("reports.unwritable", path="x.csv", why=refused))
    assert load_catalog(language)[SYSTEM_WORDS[number]] in said
    assert os.strerror(number) not in said


def test_what_the_system_seldom_says_stays_in_its_words() -> None:
    assert Texts("nl").refused(OSError(errno.EMFILE, "Too many open files")) == "Too many open files"
    assert Texts("nl").refused(OSError("odd")) == "odd"


def test_a_year_has_no_thousands_mark() -> None:
    assert Texts("nl")("exports.until", year=2020) == "tot 2020"
