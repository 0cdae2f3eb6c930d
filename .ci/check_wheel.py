"""See that a wheel holds the three packages with their data files, and nothing of the tests."""

import re
import sys
from pathlib import Path, PurePosixPath
from zipfile import ZipFile

ROOT = Path(__file__).parents[1]
PACKAGES = ("ehvdz_tui", "screens", "db")
DATA = (".csv", ".json", ".tcss", ".mako", ".toml", ".txt", "py.typed")


def expected() -> set[str]:
    """Every source and data file of the packages."""
    files = (file for package in PACKAGES for file in (ROOT / package).rglob("*") if file.is_file())
    return {
        file.relative_to(ROOT).as_posix()
        for file in files
        if "__pycache__" not in file.parts and file.name.endswith((".py", *DATA))
    }


def check(wheel: Path) -> None:
    """Raise SystemExit naming what is missing or too much."""
    names = set(ZipFile(wheel).namelist())
    info = re.compile(r"ehvdz_tui-[^/]+\.dist-info")
    strangers = {
        name
        for name in names
        if (top := PurePosixPath(name).parts[0]) not in PACKAGES and not info.match(top)
    }
    if strangers:
        raise SystemExit(f"the wheel holds what it should not: {sorted(strangers)}")
    if missing := expected() - names:
        raise SystemExit(f"the wheel lacks: {sorted(missing)}")
    sys.stdout.write(f"{wheel.name}: {len(names)} files, none missing, none too many\n")


if __name__ == "__main__":
    check(Path(sys.argv[1]))
