"""Start-up is measured in what is not loaded."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HEAVY = (
    "phonenumbers",
    "holidays",
    "rapidfuzz",
    "python_calamine",
    "xlsxwriter",
    "fpdf",
    "icalendar",
    "smtplib",
    "highspy",
    "numpy",
    "alembic",
    "psycopg",
    "segno",
    "stdnum",
    "email_validator",
    "hypothesis",
    "sqlalchemy.dialects.postgresql",
)


def loaded_by(code: str) -> set[str]:
    """The modules that a fresh interpreter holds after running this."""
    script = f"{code}\nimport sys; print('\\n'.join(['', *sys.modules]))"
    ended = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    return set(ended.stdout.splitlines())


@pytest.mark.parametrize("arguments", ["--version"])
def test_version_loads_neither_screens_nor_tables(arguments: str) -> None:
    modules = loaded_by(f"from ehvdz_tui.__main__ import main; main([{arguments!r}])")
    assert not modules & {"textual", "sqlalchemy", "argparse", "db.desk"}


def test_the_command_line_loads_neither_screens_nor_tables() -> None:
    modules = loaded_by("from ehvdz_tui.__main__ import main; main(['where'])")
    assert "ehvdz_tui.cli" in modules
    assert not modules & {"textual", "sqlalchemy", "db.desk"}


@pytest.mark.parametrize("module", ["ehvdz_tui.app", "ehvdz_tui.first_run", "db.desk.desk"])
def test_heavy_libraries_wait_until_they_are_used(module: str) -> None:
    assert not loaded_by(f"import {module}") & set(HEAVY)
