"""Bugs crash loudly: the traceback goes to a log file and the person is told where."""

import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path

from db.texts import Texts

EXIT_CODE = 1


def report_crash(error: BaseException, log: Path, texts: Texts) -> int:
    """Write the traceback down, say where it is, and give the exit code."""
    if write_down(error, log):
        sys.stderr.write(f"{texts('cli.crashed', log=log)}\n")
    else:
        details = "".join(traceback.format_exception(error))
        sys.stderr.write(f"{details}\n{texts('cli.crashed_unlogged')}\n")
    return EXIT_CODE


def write_down(error: BaseException, log: Path) -> bool:
    """Put the traceback in the log; false when that cannot be written either."""
    details = "".join(traceback.format_exception(error))
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("a", encoding="utf-8", errors="replace") as stream:
            stream.write(f"{datetime.now(UTC).isoformat(timespec='seconds')}\n{details}\n")
    except OSError:
        return False
    return True
