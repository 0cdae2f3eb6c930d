"""The account of a file in sentences, for the command line and for the screen alike."""

from collections.abc import Mapping

from db.reference.lists import label
from db.rules.hygiene import clean
from db.texts import Texts
from db.views.imports import ImportPreview, ImportReport, UndoImportReport

OUTCOMES = ("created", "merged", "unchanged", "rejected")
REASON_LISTS = {"registrations": "import_reject_reason", "requests": "request_reject_reason"}
_WIDTH = 8


def account_lines(result: ImportPreview | ImportReport, texts: Texts) -> list[str]:
    """Tell how many rows ended how, why rows were rejected, and what must be looked at."""
    lines = [f"{getattr(result, name):>{_WIDTH}}  {texts(f'imports.outcome.{name}')}" for name in OUTCOMES]
    lines += _listed(texts("imports.told.reasons"), result.reasons, REASON_LISTS[result.kind], texts.language)
    if isinstance(result, ImportReport) and result.rejects_file:
        lines.append(texts("imports.told.rejects", path=clean(result.rejects_file, 500)))
    if result.questions:
        lines.append(texts("imports.told.questions", count=result.questions))
    lines += _listed(texts("imports.told.repairs"), result.repairs, "repair_kind", texts.language)
    return lines


def undo_lines(report: UndoImportReport, texts: Texts) -> list[str]:
    """Tell what was taken back, and who was left and why."""
    lines = [texts("imports.told.undone", file=clean(report.file_name, 200), count=report.removed)]
    if report.with_them:
        lines.append(texts("imports.told.with_them", count=report.with_them))
    if report.put_back:
        lines.append(texts("imports.told.put_back", count=report.put_back))
    if report.left:
        lines.append(texts("imports.told.left", count=len(report.left)))
    for item in report.left:
        lines.append(f"  {clean(item.who, 80)}: {label('import_left_reason', item.reason, texts.language)}")
    return lines


def _listed(title: str, counts: Mapping[str, int], list_name: str, language: str) -> list[str]:
    told = [f"{count:>{_WIDTH}}  {label(list_name, code, language)}" for code, count in counts.items()]
    return [title, *told] if told else []
