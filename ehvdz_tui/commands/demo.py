"""`ehvdz demo`: the practice floor."""

import argparse
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from db.errors import DeskError
from ehvdz_tui.commands.run import need_terminal, work
from ehvdz_tui.front_door import FrontDoor
from ehvdz_tui.paths import database_file
from ehvdz_tui.splash import opening

if TYPE_CHECKING:
    from db.desk.desk import Desk

DEFAULT_SEED = 1
START = "2020-05-07T10:00"
"""Practice begins on this Thursday morning, in Amsterdam."""


def demo_command(door: FrontDoor, options: argparse.Namespace) -> int:
    """Open the practice floor, built first when there is none of this seed and this program."""
    need_terminal()
    seed = getattr(options, "seed", DEFAULT_SEED)
    path = build_floor(door, options, seed)
    door = door.at(database=str(path))
    with opening(door.texts):
        desk = door.open_desk()
    try:
        return work(seated(door, desk), desk)
    finally:
        desk.close()


def build_floor(door: FrontDoor, options: argparse.Namespace, seed: int) -> Path:
    """The file of the practice floor, built with a progress bar where needed."""
    from db.demo import demo_is_current
    from db.demo.apart import build_demo_apart

    path = _floor_file(door, options, seed)
    if demo_is_current(path, seed) and not getattr(options, "fresh", False):
        return path
    from ehvdz_tui.commands.progress import ProgressBar

    bar = ProgressBar(door.texts("cli.demo.building"))
    try:
        build_demo_apart(path, seed=seed, now=practice_start(), progress=bar)
    finally:
        bar.close()
    return path


def practice_start() -> datetime:
    """The moment for which the practice floor is built."""
    from db.rules.times import zone

    return datetime.fromisoformat(START).replace(tzinfo=zone())


def _floor_file(door: FrontDoor, options: argparse.Namespace, seed: int) -> Path:
    """Where this floor lies; a file that was named is used only when no real desk can be lost by it."""
    from db.demo import demo_is_current

    named = getattr(options, "database", None)
    if named is None:
        return door.paths.practice / f"practice-{seed}.db"
    file = database_file(named)
    if file is None or (file.exists() and not demo_is_current(file)):
        raise DeskError("cli.demo_file", path=named)
    return file


def seated(door: FrontDoor, desk: "Desk") -> FrontDoor:
    """The door with a name: one's own, or one of the practice team."""
    if door.settings.name:
        return door
    import asyncio

    role = door.settings.role or "caller"
    team = [user for user in asyncio.run(desk.users.everyone()) if user.role == role]
    everywhere = [user for user in team if not user.regions] or team
    return door.at(name=everywhere[0].name)
