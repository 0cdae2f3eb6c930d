"""Settings: file, environment, flags; and a sentence with the place for whatever is wrong."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from db.errors import DeskError
from db.texts import LANGUAGES, Texts
from ehvdz_tui.remember import remember
from ehvdz_tui.settings import Given, guess_language, load_settings, locale_language

FILE_TEXT = """\
# of Kim
name = "Kim"
role = "recruiter"
lang = "en"
theme = "nord"

[keys]
"queue.next" = "space"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A settings file that is not there yet."""
    return tmp_path / "ehvdz" / "settings.toml"


def written(file: Path, text: str) -> Path:
    """The settings file with this text."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_nothing_said_anywhere(file: Path) -> None:
    settings = load_settings({}, {}, file)
    assert (settings.language, settings.name, settings.role, settings.database) == ("nl", None, None, None)


def test_file_then_environment_then_flags(file: Path) -> None:
    written(file, FILE_TEXT)
    assert load_settings({}, {}, file).name == "Kim"
    environment = {"EHVDZ_NAME": "Sam", "EHVDZ_ROLE": "supervisor", "EHVDZ_LANG": "nl"}
    settings = load_settings({"name": "Noor", "role": None}, environment, file)
    assert (settings.name, settings.role, settings.language) == ("Noor", "supervisor", "nl")
    assert settings.theme == Given("nord", f"{file}:5 (theme)")
    assert settings.keys["queue.next"] == Given("space", f"{file}:8 (queue.next)")


def test_keys_may_be_named_without_quotation_marks(file: Path) -> None:
    written(file, '[keys]\nqueue.next = "space"\nqueue.skip = "x"\n')
    keys = load_settings({}, {}, file).keys
    assert {name: given.value for name, given in keys.items()} == {"queue.next": "space", "queue.skip": "x"}
    assert keys["queue.skip"].origin == f"{file}:3 (queue.skip)"


def test_empty_values_say_nothing(file: Path) -> None:
    written(file, 'name = " "\n')
    assert load_settings({}, {"EHVDZ_ROLE": " "}, file).name is None


WRONG_FILES = [
    ('nam = "Kim"', "settings.unknown_key", "1 (nam)"),
    ("\n\nname = 7", "settings.not_text", "3 (name)"),
    ('name = "Kim"\nname: Kim', "settings.not_toml", ":2"),
    ('name = "Kim', "settings.not_toml", ":1"),
    ('role = "boss"', "settings.not_one_of", "1 (role)"),
    ('lang = "de"', "settings.not_one_of", "1 (lang)"),
    ('now = "gisteren"', "settings.not_a_moment", "1 (now)"),
    ('now = "0001-01-01T00:00"', "settings.not_a_moment", "1 (now)"),
    ('now = "9999-12-31T23:59"', "settings.not_a_moment", "1 (now)"),
    ('keys = "x"', "settings.keys_not_a_table", "1 (keys)"),
    ('name = "Kim"\n[keys]\n"queue.next" = 5', "settings.not_text", "3 (queue.next)"),
    ("[other]\nx = 1", "settings.unknown_key", "1 (other)"),
]


@pytest.mark.parametrize(("text", "key", "place"), WRONG_FILES)
def test_wrong_file_is_named_with_its_line(file: Path, text: str, key: str, place: str) -> None:
    written(file, text)
    with pytest.raises(DeskError) as caught:
        load_settings({}, {}, file)
    assert caught.value.key == key
    for language in LANGUAGES:
        sentence = Texts(language).error(caught.value)
        assert str(file) in sentence
        assert place in sentence


@pytest.mark.parametrize(
    ("flags", "environment", "origin"),
    [
        ({"role": "boss"}, {}, "--role"),
        ({}, {"EHVDZ_ROLE": "boss"}, "EHVDZ_ROLE"),
        ({"lang": "fr"}, {}, "--lang"),
        ({"now": "7 mei"}, {}, "--now"),
    ],
)
def test_wrong_value_names_where_it_was_given(
    file: Path, flags: dict[str, str | None], environment: dict[str, str], origin: str
) -> None:
    with pytest.raises(DeskError) as caught:
        load_settings(flags, environment, file)
    assert caught.value.params["origin"] == origin


def test_unreadable_file_is_explained(file: Path) -> None:
    file.mkdir(parents=True)
    with pytest.raises(DeskError) as caught:
        load_settings({}, {}, file)
    assert caught.value.key == "settings.unreadable"


@pytest.mark.parametrize(
    ("said", "moment"),
    [
        ("2020-05-07T10:00", datetime(2020, 5, 7, 8, 0, tzinfo=UTC)),
        ("2020-12-07 10:00", datetime(2020, 12, 7, 9, 0, tzinfo=UTC)),
        ("2020-05-07T10:00+00:00", datetime(2020, 5, 7, 10, 0, tzinfo=UTC)),
    ],
)
def test_now_is_a_time_in_amsterdam_unless_it_says_otherwise(file: Path, said: str, moment: datetime) -> None:
    assert load_settings({"now": said}, {}, file).now == moment


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "nl"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "nl_NL.UTF-8"}, "nl"),
        ({"LANG": "C.UTF-8"}, "nl"),
        ({"LANG": "de_DE.UTF-8"}, "nl"),
        ({"LANG": "en_GB", "LC_ALL": "nl_BE"}, "nl"),
        ({"LANG": "nl_NL", "LC_MESSAGES": "en_US"}, "en"),
    ],
)
def test_language_of_the_system(environment: dict[str, str], language: str) -> None:
    assert locale_language(environment) == language


def test_language_of_what_is_said_before_the_settings_are_read() -> None:
    assert guess_language("en", {"EHVDZ_LANG": "nl"}) == "en"
    assert guess_language(None, {"EHVDZ_LANG": "en"}) == "en"
    assert guess_language("fr", {"LANG": "en_US"}) == "en"


def test_remembering_keeps_all_other_lines(file: Path) -> None:
    written(file, FILE_TEXT)
    remember(file, {"name": 'Ke"es \\ \x7f\u00e9', "database": "C:\\desk\\ehvdz.db"})
    text = file.read_text(encoding="utf-8")
    assert text.startswith('database = "C:\\\\desk\\\\ehvdz.db"\n# of Kim\nname = ')
    assert text.endswith('[keys]\n"queue.next" = "space"\n')
    settings = load_settings({}, {}, file)
    assert (settings.name, settings.database) == ('Ke"es \\ \x7f\u00e9', "C:\\desk\\ehvdz.db")
    assert [path.name for path in file.parent.iterdir()] == ["settings.toml"]


def test_remembering_makes_the_file(file: Path) -> None:
    remember(file, {"name": "Kim"})
    assert file.read_text(encoding="utf-8") == 'name = "Kim"\n'


def test_remembering_where_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(DeskError) as caught:
        remember(tmp_path / "file" / "settings.toml", {"name": "Kim"})
    assert caught.value.key == "settings.not_remembered"
