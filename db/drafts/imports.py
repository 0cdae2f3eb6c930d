"""What somebody asks for when a file must come in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from db.errors import DeskError
from db.reference.lists import code_list
from db.rules.import_columns import REGISTRATIONS, fields_of

DEFAULT_SOURCE = "google_form"


@dataclass(frozen=True, slots=True)
class ImportOrder:
    """A file to take in; `columns` is field → heading as chosen by hand, over what is guessed.

    An empty heading leaves the field without a column. Rejected rows are written beside the file, or into
    `rejects_folder`. Raises DeskError when the source or a field is unknown.
    """

    path: Path
    kind: str = REGISTRATIONS
    source: str = DEFAULT_SOURCE
    columns: Mapping[str, str] = field(default_factory=dict)
    rejects_folder: Path | None = None

    def __post_init__(self) -> None:
        known = code_list("registration_source")
        if self.source not in known:
            raise DeskError("imports.unknown_source", source=self.source, known=", ".join(known))
        fields = fields_of(self.kind)
        unknown = next((name for name in self.columns if name not in fields), None)
        if unknown is not None:
            raise DeskError("imports.unknown_field", field=unknown, known=", ".join(fields))
