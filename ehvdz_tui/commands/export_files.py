"""`ehvdz export`: a shortlist as a file, and what went out before."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from db.errors import DeskError
from db.rules.hygiene import clean
from ehvdz_tui.front_door import FrontDoor

if TYPE_CHECKING:
    from db.desk.desk import Desk
    from db.views.exports import ExportView


def export_command(door: FrontDoor, options: argparse.Namespace) -> int:
    """Send a shortlist out, or list what went out; gives the exit code."""
    desk = door.open_desk()
    try:
        if options.kind == "list":
            _list(desk, door)
        else:
            door.sign_in(desk)
            _shortlist(desk, door, options)
    finally:
        desk.close()
    return 0


def _shortlist(desk: "Desk", door: FrontDoor, options: argparse.Namespace) -> None:
    from db.drafts.exports import ExportOrder
    from db.rules.times import local, show_date

    report = desk.exports.save_now(
        ExportOrder(
            _request(desk, " ".join(options.request)),
            options.format,
            door.texts.language,
            Path(options.to) if options.to else door.paths.exports,
            options.recipient,
            options.purpose,
        )
    )
    date = show_date(local(report.destroy_by).date(), door.texts.language)
    told = door.texts(
        "cli.export.saved",
        path=report.path,
        count=report.rows,
        recipient=clean(report.recipient, 200),
        date=date,
    )
    sys.stdout.write(f"{told}\n")


def _request(desk: "Desk", words: str) -> UUID:
    """The one request that the words point to; several are shown, so that one can be chosen."""
    found = desk.exports.find_requests_now(words)
    if not found:
        raise DeskError("cli.export.unknown", words=clean(words, 80))
    if len(found) > 1:
        sys.stderr.writelines(f"{request_id}  {clean(name, 120)}\n" for request_id, name in found)
        raise DeskError("cli.export.which", words=clean(words, 80), count=len(found))
    return found[0][0]


def _list(desk: "Desk", door: FrontDoor) -> None:
    exports = desk.exports.list_now()
    sys.stdout.writelines(f"{_line(export, door)}\n" for export in exports)
    if not exports:
        sys.stdout.write(f"{door.texts('cli.export.none')}\n")


def _line(export: "ExportView", door: FrontDoor) -> str:
    from db.rules.times import local

    parts = (
        local(export.at).strftime("%d-%m-%Y %H:%M"),
        clean(export.by, 40),
        clean(export.recipient, 80),
        clean(export.file_name, 80),
        str(export.rows),
        _state(export, door),
    )
    return "  ".join(parts)


def _state(export: "ExportView", door: FrontDoor) -> str:
    from db.rules.times import local, show_date

    texts = door.texts
    if export.failed:
        return texts("exports.state.failed")
    moment = export.destroyed_at or export.destroy_by
    date = show_date(local(moment).date(), texts.language) if moment else ""
    if export.destroyed_at:
        return texts("exports.state.destroyed", date=date)
    late = moment is not None and moment < door.clock()
    return texts("exports.list.overdue" if late else "exports.state.waiting", date=date)
