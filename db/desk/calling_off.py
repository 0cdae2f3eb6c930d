"""Long questions to the database: how far one is, and the end of it when nobody waits for the answer."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from db.errors import DeskError

Progress = Callable[[int, int], None]
"""Called with what is done and what there is to do, on the thread that does it."""


class Question:
    """One long read; `call_off` may be called from any thread and ends it at once."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._asked: Any = None
        self._called_off = False

    def call_off(self) -> None:
        """Stop: what runs now is interrupted, what would follow is not begun."""
        with self._lock:
            self._called_off = True
            if self._asked is not None:
                interrupt(self._asked)

    def check(self) -> None:
        """Raise DeskError when it was called off."""
        if self._called_off:
            raise DeskError("reports.called_off")

    @contextmanager
    def over(self, session: Session) -> Iterator[None]:
        """While this lasts `call_off` interrupts the session; raises DeskError when it did."""
        self.check()
        with self._lock:
            self._asked = session.connection().connection.driver_connection
        try:
            yield
        except sa.exc.DBAPIError:
            self.check()
            raise
        finally:
            with self._lock:
                self._asked = None


def interrupt(connection: Any) -> None:  # noqa: ANN401  # a driver's own connection
    """End the statement that a connection runs: sqlite3 and psycopg each have their own word for it."""
    stop = getattr(connection, "interrupt", None) or connection.cancel
    stop()
