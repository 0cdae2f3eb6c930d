"""The first run: ask, remember, begin."""

import argparse
from pathlib import Path

from db.errors import DeskError
from ehvdz_tui.commands.run import dress, open_floor
from ehvdz_tui.front_door import FrontDoor
from screens.first_run import FirstRunChoice


def first_run(door: FrontDoor, options: argparse.Namespace) -> int:
    """Ask what is not known yet, keep it in the settings file, and open the desk with it."""
    from ehvdz_tui.first_run import FirstRunApp
    from ehvdz_tui.loud_app import run_app

    app = FirstRunApp(door)
    dress(app, door.settings)
    code = run_app(app, door)
    choice = app.return_value
    return begin(door, options, choice) if choice else code


def begin(door: FrontDoor, options: argparse.Namespace, choice: FirstRunChoice) -> int:
    """Do what was chosen; what was given is kept only when it can be used."""
    door = door.at(name=choice.name)
    if choice.action == "practise":
        keep(door, {"name": choice.name})
        from ehvdz_tui.commands.demo import demo_command

        return demo_command(door, options)
    if choice.action == "open":
        door = door.at(database=choice.path)
        door.open_desk().close()
        keep(door, {"name": choice.name, "database": choice.path})
        return open_floor(door)
    keep(door, {"name": choice.name})
    return open_floor(door, import_file=choice.path or None)


def keep(door: FrontDoor, values: dict[str, str]) -> None:
    """Remember for the next time; somebody whose settings cannot be written works on all the same."""
    from ehvdz_tui.remember import remember

    try:
        remember(Path(door.paths.settings), values)
    except DeskError as error:
        import sys

        sys.stderr.write(f"{door.texts.error(error)}\n")
