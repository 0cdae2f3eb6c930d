"""A program that does what every start does to the schema, together with others."""

from datetime import UTC, datetime
from threading import Barrier

from db.engine import open_engine
from db.migrations import prepare


def start(database: str, together: Barrier) -> None:
    """Wait until all are there, and start."""
    engine = open_engine(database)
    together.wait()
    prepare(engine, lambda: datetime.now(UTC))
    engine.dispose()
