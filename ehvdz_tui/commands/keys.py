"""`ehvdz keys`: every key and the name by which the settings file may change it."""

import argparse
import sys

from ehvdz_tui.front_door import FrontDoor


def keys_command(door: FrontDoor, options: argparse.Namespace) -> int:
    """Print the table of keys in Markdown, as the README has it."""
    del options
    from ehvdz_tui.keys_table import markdown_table

    sys.stdout.write(f"{markdown_table(door.texts)}\n")
    return 0
