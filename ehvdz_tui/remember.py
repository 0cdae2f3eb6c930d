"""Writing the settings file: only the lines that were asked for, all others as they stood."""

import json
import os
import re
import tempfile
import tomllib
from collections.abc import Mapping
from pathlib import Path

from db.errors import DeskError
from ehvdz_tui.settings import read_settings_file


def remember(file: Path, values: Mapping[str, str]) -> None:
    """Set these values at the top level of the settings file, whole or not at all.

    Raises DeskError when the file cannot be written; it then stands as it stood.
    """
    text = read_settings_file(file)
    for name, value in values.items():
        text = _with_value(text, name, value)
    written = tomllib.loads(text)
    if any(written.get(name) != value for name, value in values.items()):
        raise DeskError("settings.not_remembered", file=file)
    try:
        _replace(file, text)
    except OSError as error:
        raise DeskError("settings.not_remembered", file=file) from error


def _with_value(text: str, name: str, value: str) -> str:
    line = f"{name} = {_quoted(value)}\n"
    lines = text.splitlines(keepends=True)
    top = next((number for number, old in enumerate(lines) if old.lstrip().startswith("[")), len(lines))
    for number in range(top):
        if re.match(rf"\s*{re.escape(name)}\s*=", lines[number]):
            lines[number] = line
            return "".join(lines)
    return line + text


def _quoted(value: str) -> str:
    # A JSON string is a TOML string, but for the one control character that JSON leaves alone.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _replace(file: Path, text: str) -> None:
    file = file.resolve()
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=".settings-", text=False)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(name, file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
