"""`ehvdz import`: from the command line to the file."""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ehvdz_tui.commands import imports
from ehvdz_tui.front_door import FrontDoor

if TYPE_CHECKING:
    from db.desk.desk import Desk

FILES = ("registrations", "requests")


def import_command(door: FrontDoor, options: argparse.Namespace) -> int:
    """Take a file in, look at it, take a batch back, or list what came in; gives the exit code."""
    if options.kind in FILES:
        return _import_file(door, options)
    with _open(door) as desk:
        if options.kind == "undo":
            return imports.undo_import(desk, options.batch, texts=door.texts, out=sys.stdout)
        return imports.list_imports(desk, texts=door.texts, out=sys.stdout)


def _import_file(door: FrontDoor, options: argparse.Namespace) -> int:
    from ehvdz_tui.commands.progress import ProgressBar

    columns = imports.read_columns(options.column)
    if door.is_missing():
        _read_once(options, columns)
    given: dict[str, Any] = {"source": options.source} if options.kind == "registrations" else {}
    work = imports.import_registrations if given else imports.import_requests
    bar = ProgressBar(door.texts("cli.import.progress"))
    with _open_for(door, dry_run=options.dry_run) as desk:
        try:
            return work(
                desk,
                options.file,
                dry_run=options.dry_run,
                as_json=options.json,
                columns=columns,
                texts=door.texts,
                out=sys.stdout,
                progress=bar,
                **given,
            )
        finally:
            bar.close()


def _read_once(options: argparse.Namespace, columns: dict[str, str]) -> None:
    """Refuse a file that cannot be taken in before a database is made for it."""
    from db.desk.import_plan import open_file
    from db.desk.imports import check_columns
    from db.drafts.imports import ImportOrder

    order = ImportOrder(Path(options.file), options.kind, columns=columns)
    check_columns(order, open_file(order))


@contextmanager
def _open_for(door: FrontDoor, *, dry_run: bool) -> "Iterator[Desk]":
    """The desk to import into; a dry run where there is none yet looks at an empty one and leaves nothing."""
    if not (dry_run and door.is_missing()):
        with _open(door, create=True) as desk:
            yield desk
        return
    with (
        tempfile.TemporaryDirectory() as folder,
        _open(door.at(database=str(Path(folder) / "desk.db")), create=True) as desk,
    ):
        yield desk


@contextmanager
def _open(door: FrontDoor, *, create: bool = False) -> "Iterator[Desk]":
    desk = door.open_desk(create=create)
    try:
        door.sign_in(desk)
        yield desk
    finally:
        desk.close()
