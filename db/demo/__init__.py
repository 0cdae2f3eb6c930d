"""The practice floor: an invented call desk at full size, the same every time for the same seed."""

from datetime import datetime
from pathlib import Path

from db.demo.clock import practice_clock
from db.demo.stamp import Cancelled, DemoReport, Progress, demo_is_current

__all__ = ["DemoReport", "build_demo", "demo_is_current", "practice_clock"]


def build_demo(
    path: Path,
    *,
    seed: int = 1,
    candidates: int = 22_500,
    now: datetime,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> DemoReport:
    """Build the practice floor as it stands at `now`, in place of the file at `path`.

    The same seed, size and moment give the same rows. It is built beside the file and then renamed: whatever
    interrupts it, or `cancelled` answering true (DeskError `demo.cancelled`), leaves the old file as it was.
    """
    # Whoever only opens a floor need not load all that invents one.
    from db.demo.build import build

    return build(path, seed, candidates, now, progress, cancelled)
