"""Taking a file back: what nobody has worked on goes, the rest stays and is named."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from db.desk.unit import Unit, plain
from db.errors import DeskError
from db.models import Candidate, ImportBatch, QueueEntry
from db.rules.import_columns import REQUESTS
from db.stores import import_undo as store
from db.stores import imports as import_store
from db.views.imports import LeftBehind, UndoImportReport


def undo_batch(unit: Unit, wanted: UUID | str, user_id: UUID | None) -> UndoImportReport:
    """Take a batch back; raises DeskError when it cannot be told which one, or it was undone before."""
    import_store.one_at_a_time(unit.session)
    batch = _find(unit, wanted)
    undo = _undo_requests if batch.kind == REQUESTS else _undo_registrations
    report = undo(unit, batch)
    store.close_batch(unit.session, batch.id, unit.now, user_id)
    unit.record(
        "import.undo",
        subject_id=batch.id,
        file=batch.file_name,
        removed=report.removed,
        put_back=report.put_back,
        left=len(report.left),
    )
    return report


def _find(unit: Unit, wanted: UUID | str) -> ImportBatch:
    name = wanted.hex if isinstance(wanted, UUID) else wanted.strip().lower().replace("-", "")
    batches = [batch for batch, _ in import_store.find_batches(unit.session)]
    found = [batch for batch in batches if name and (batch.id.hex.startswith(name) or _short(batch, name))]
    if not found:
        raise DeskError("imports.batch_unknown", batch=str(wanted))
    if len(found) > 1:
        raise DeskError("imports.batch_ambiguous", batch=str(wanted), count=len(found))
    if found[0].undone_at is not None:
        raise DeskError("imports.batch_undone", file=found[0].file_name)
    return found[0]


def _short(batch: ImportBatch, name: str) -> bool:
    return batch.id.hex[-8:].startswith(name)


def _undo_registrations(unit: Unit, batch: ImportBatch) -> UndoImportReport:
    people = store.people_of(unit.session, batch.id)
    reasons = store.work_on_people(unit.session, batch.id) | _edited(unit, batch, people)
    left = [LeftBehind(key, _who(people[key]), reason) for key, reason in reasons.items() if key in people]
    gone = [key for key in people if key not in reasons]
    merged = store.merged_rows(unit.session, batch.id)
    put_back, merged_left = _put_merges_back(unit, batch, merged, set(people))
    store.remove_people(unit.session, gone)
    return UndoImportReport(
        batch_id=batch.id,
        batch="",
        kind=batch.kind,
        file_name=batch.file_name,
        removed=len(gone),
        put_back=put_back,
        left=(*left, *merged_left),
        with_them=sum(row["subject_id"] in people and row["subject_id"] not in reasons for row in merged),
    )


def _edited(unit: Unit, batch: ImportBatch, people: Mapping[UUID, Mapping[str, Any]]) -> dict[UUID, str]:
    """Find who was changed, or whose call was in somebody's hands; what other imports did and undid aside."""
    versions = store.versions_by_import(unit.session, people)
    reasons: dict[UUID, str] = {}
    for entry in store.entries_of(unit.session, batch.id):
        _, by_import = versions.get(entry["candidate_id"], (0, 0))
        touched = entry["row_version"] > 1 + by_import or entry["claim_epoch"] > 0
        if touched or entry["claimed_by"] or entry["assigned_to"]:
            reasons[entry["candidate_id"]] = "claimed"
    for key, person in people.items():
        by_import, _ = versions.get(key, (0, 0))
        if person["row_version"] > 1 + by_import:
            reasons[key] = "edited"
    return reasons


def _put_merges_back(
    unit: Unit, batch: ImportBatch, merged: Iterable[Mapping[str, Any]], created: set[UUID]
) -> tuple[int, list[LeftBehind]]:
    put_back, left = 0, dict[UUID, LeftBehind]()
    for row in merged:
        key = row["subject_id"]
        if key in created or key in left:
            continue
        person = store.candidate_row(unit.session, key)
        if person is None:
            continue
        reason = _why_not(unit, batch, person, row["before"] or {})
        if reason:
            left[key] = LeftBehind(key, _who(person), reason)
            continue
        _put_back(unit, person["id"], row["before"] or {})
        store.remove_additions(unit.session, batch.id, key)
        put_back += 1
    return put_back, list(left.values())


def _why_not(
    unit: Unit, batch: ImportBatch, person: Mapping[str, Any], before: Mapping[str, Any]
) -> str | None:
    """Say why a merge cannot be put back: somebody worked with it, or changed what it had filled in."""
    if store.work_since(unit.session, person["id"], batch.at):
        return "called"
    entry = _entry(unit, before)
    pairs = [(person, before.get("candidate", {}))]
    if entry is not None:
        pairs.append((entry, before["entry"]["changed"]))
    same = all(plain(row[key]) == after for row, changed in pairs for key, (_, after) in changed.items())
    return None if same else "edited"


def _entry(unit: Unit, before: Mapping[str, Any]) -> Mapping[str, Any] | None:
    return store.entry_row(unit.session, UUID(before["entry"]["id"])) if "entry" in before else None


def _put_back(unit: Unit, candidate_id: UUID, before: Mapping[str, Any]) -> None:
    if "candidate" in before:
        values = _old_values(before["candidate"])
        import_store.update_row(unit.session, Candidate, candidate_id, values | {"updated_at": unit.now})
    if "entry" in before:
        values = _old_values(before["entry"]["changed"])
        entry_id = UUID(before["entry"]["id"])
        import_store.update_row(unit.session, QueueEntry, entry_id, values | {"updated_at": unit.now})


def _old_values(changed: Mapping[str, list[Any]]) -> dict[str, Any]:
    values = {key: old for key, (old, _) in changed.items()}
    if "registered_at" in values:
        values["registered_at"] = datetime.fromisoformat(values["registered_at"])
    return values


def _undo_requests(unit: Unit, batch: ImportBatch) -> UndoImportReport:
    requests = store.requests_of(unit.session, batch.id)
    reasons = store.work_on_requests(unit.session, batch.id)
    gone = [key for key in requests if key not in reasons]
    store.remove_requests(unit.session, batch.id, gone)
    left = [LeftBehind(key, requests[key]["name"], reason) for key, reason in reasons.items()]
    return UndoImportReport(
        batch_id=batch.id,
        batch="",
        kind=batch.kind,
        file_name=batch.file_name,
        removed=len(gone),
        put_back=0,
        left=tuple(left),
    )


def _who(person: Mapping[str, Any]) -> str:
    given = person["first_name"] or person["initials"]
    parts = (person["last_name"], " ".join(part for part in (given, person["prefix"]) if part))
    return ", ".join(part for part in parts if part)
