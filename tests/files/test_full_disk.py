"""A disk that is full: what stood there stays, and nothing half lies about."""

import subprocess
import sys
from pathlib import Path

import pytest

from db.files import reports

PROGRAM = """
import resource, signal, sys
from pathlib import Path
from db.desk.desk import open_desk
from db.errors import DeskError
from db.files import outbox, rejects, reports
from db.stores.backup import back_up
folder, data = Path(sys.argv[1]), b"x" * 90_000
desk = open_desk(folder / "desk.db")
desk.close()
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, resource.RLIM_INFINITY))
rejects.tempfile.gettempdir = lambda: str(folder)
try:
    {work}
except DeskError as error:
    print(error.key)
"""


@pytest.mark.parametrize(
    ("work", "key"),
    [
        ("reports.write(folder / 'kept.txt', data)", "reports.unwritable"),
        ("outbox.put(folder, 'list', 'pdf', data)", "exports.unwritable"),
        ("rejects.write_rejects([folder], 'no.csv', ['a'], [['x' * 90_000]])", "imports.rejects_unwritable"),
        ("back_up(folder / 'desk.db', folder / 'copy.db', desk.clock())", "storage."),
    ],
)
def test_nothing_half_stays_and_nothing_whole_goes(work: str, key: str, tmp_path: Path) -> None:
    (tmp_path / "kept.txt").write_text("as it was")
    command = [sys.executable, "-c", PROGRAM.replace("{work}", work), str(tmp_path)]
    done = subprocess.run(command, text=True, capture_output=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(key)
    assert (tmp_path / "kept.txt").read_text() == "as it was"
    assert {path.name for path in tmp_path.iterdir()} == {"desk.db", "kept.txt"}


def test_a_report_replaces_only_its_own_file(tmp_path: Path) -> None:
    (tmp_path / "week.md.tmp").write_text("somebody else's")
    long = "x" * 250 + ".md"
    for name in ("week.md", long):
        reports.write(tmp_path / name, b"new")
    assert (tmp_path / "week.md.tmp").read_text() == "somebody else's"
    assert {path.name for path in tmp_path.iterdir()} == {"week.md", "week.md.tmp", long}
