"""`ehvdz import`: files that come in, told in sentences or as one JSON object."""

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, TextIO

from db.errors import DeskError
from db.rules.hygiene import clean
from db.texts import Texts
from ehvdz_tui.streams import visible

if TYPE_CHECKING:
    from db.desk.desk import Desk
    from db.views.imports import ImportPreview, ImportReport

REFUSED = 2
Progress = Callable[[int, int], None]


def read_columns(given: Sequence[str]) -> dict[str, str]:
    """Read `field=Heading` as given on the command line; raises DeskError when the field is missing."""
    columns: dict[str, str] = {}
    for part in given:
        name, mark, heading = part.partition("=")
        if not mark or not name.strip():
            raise DeskError("imports.column_unclear", given=clean(part, 80))
        columns[name.strip()] = heading.strip()
    return columns


def import_registrations(
    desk: "Desk",
    path: str,
    *,
    source: str | None,
    dry_run: bool,
    as_json: bool,
    columns: Mapping[str, str],
    texts: Texts,
    out: TextIO,
    progress: Progress | None = None,
) -> int:
    """Take in a file of registrations, or say what that would do; gives the exit code."""
    job = _Job(desk, path, "registrations", source, columns, texts, progress)
    return _explained(lambda: job.carry_out(dry_run, as_json, out), texts)


def import_requests(
    desk: "Desk",
    path: str,
    *,
    dry_run: bool,
    as_json: bool,
    columns: Mapping[str, str],
    texts: Texts,
    out: TextIO,
    progress: Progress | None = None,
) -> int:
    """Take in a file of requests, or say what that would do; gives the exit code."""
    job = _Job(desk, path, "requests", None, columns, texts, progress)
    return _explained(lambda: job.carry_out(dry_run, as_json, out), texts)


def undo_import(desk: "Desk", batch: str, *, texts: Texts, out: TextIO) -> int:
    """Take a batch back and say what was left; gives the exit code."""
    return _explained(lambda: _undo(desk, batch, texts, out), texts)


def list_imports(desk: "Desk", *, texts: Texts, out: TextIO) -> int:
    """Tell which files came in, the newest first; gives the exit code."""
    return _explained(lambda: _list(desk, texts, out), texts)


class _Job:
    """One file to take in."""

    def __init__(
        self,
        desk: "Desk",
        path: str,
        kind: str,
        source: str | None,
        columns: Mapping[str, str],
        texts: Texts,
        progress: Progress | None,
    ) -> None:
        from db.drafts.imports import DEFAULT_SOURCE

        self.desk, self.path, self.kind, self.columns = desk, path, kind, columns
        self.source = source or DEFAULT_SOURCE
        self.texts, self.progress = texts, progress

    def carry_out(self, dry_run: bool, as_json: bool, out: TextIO) -> None:
        """Do it, or only look, and tell about it."""
        result = self._look() if dry_run else self._run()
        if as_json:
            out.write(json.dumps(account(result), ensure_ascii=False) + "\n")
        else:
            out.write("\n".join(tell(result, self.texts)) + "\n")

    def _look(self) -> "ImportPreview":
        preview = self.desk.imports.preview_now(
            self.path, self.columns, kind=self.kind, source=self.source, progress=self.progress
        )
        if preview.missing:
            fields, known = ", ".join(preview.missing), ", ".join(preview.headings)
            raise DeskError("imports.columns_missing", fields=fields, known=known)
        return preview

    def _run(self) -> "ImportReport":
        return self.desk.imports.run_now(
            self.path,
            self.source,
            self.columns,
            self.progress,
            kind=self.kind,
            language=self.texts.language,
        )


def account(result: "ImportPreview | ImportReport") -> dict[str, object]:
    """Give the account of a file as other programs read it; read is the sum of the four that follow it."""
    return {
        "read": result.read,
        "created": result.created,
        "merged": result.merged,
        "unchanged": result.unchanged,
        "rejected": result.rejected,
        "reasons": dict(result.reasons),
        "repairs": dict(result.repairs),
        "rejects_file": getattr(result, "rejects_file", None),
    }


def tell(result: "ImportPreview | ImportReport", texts: Texts) -> list[str]:
    """Give the account of a file in sentences."""
    from db.views.import_account import account_lines
    from db.views.imports import ImportReport

    head = "imports.told.done" if isinstance(result, ImportReport) else "imports.told.dry"
    lines = [texts(head, file=clean(result.file_name, 200), count=result.read), *account_lines(result, texts)]
    if isinstance(result, ImportReport):
        return [*lines, texts("imports.told.undo", batch=result.batch)]
    return lines + _columns(result.columns, texts)


def _columns(columns: Mapping[str, str], texts: Texts) -> list[str]:
    width = max((len(name) for name in columns), default=0)
    told = [f"  {name:<{width}}  {clean(heading, 80)}" for name, heading in columns.items()]
    return [texts("imports.told.columns"), *told]


def _undo(desk: "Desk", batch: str, texts: Texts, out: TextIO) -> None:
    from db.views.import_account import undo_lines

    out.write("\n".join(undo_lines(desk.imports.undo_now(batch), texts)) + "\n")


def _list(desk: "Desk", texts: Texts, out: TextIO) -> None:
    from db.rules.times import local

    batches = desk.imports.batches_now()
    for item in batches:
        counts = texts(
            "imports.told.counts",
            read=item.read,
            created=item.created,
            merged=item.merged,
            unchanged=item.unchanged,
            rejected=item.rejected,
        )
        undone = f"  {texts('imports.told.was_undone')}" if item.undone_at else ""
        moment = local(item.at).strftime("%d-%m-%Y %H:%M")
        out.write(
            f"{item.batch}  {moment}  {clean(item.by, 40)}  {clean(item.file_name, 80)}  {counts}{undone}\n"
        )
    if not batches:
        out.write(texts("imports.told.none") + "\n")


def _explained(work: Callable[[], None], texts: Texts) -> int:
    try:
        work()
    except DeskError as error:
        sys.stderr.write(visible(texts.error(error)) + "\n")
        return REFUSED
    return 0
