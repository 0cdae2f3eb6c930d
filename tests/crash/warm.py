"""Read by the process from which the callers' programs are forked: a short day on a database of its own.

Everything is loaded and configured then, and closed again, so that two hundred programs start in seconds.
"""

import gc
import tempfile
from multiprocessing import Pipe
from pathlib import Path

from db.clock import clock_from
from db.desk.desk import open_desk
from tests.conftest import NOW
from tests.crash.caller import add_people, work

with tempfile.TemporaryDirectory() as folder:
    database = Path(folder) / "warm.db"
    desk = open_desk(database, clock_from(NOW))
    add_people(desk, 4)
    desk.close()
    ours, theirs = Pipe(duplex=False)
    work(str(database), "Kim", 0, theirs)
    ours.close()

# What is there now stays for ever: no program that is forked looks through it, nor copies it by doing so.
gc.freeze()
