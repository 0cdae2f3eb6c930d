"""Schema versions: a cheap look at start, alembic only when something must change."""

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from db.clock import Clock

HEAD = "0001"


def prepare(engine: Engine, clock: Clock) -> None:
    """Make the schema in an empty database; leave one that is up to date alone."""
    with engine.connect() as connection:
        version = _stored_version(connection)
    if version == HEAD:
        return
    if version is None:
        create(engine)


def _stored_version(connection: sa.Connection) -> str | None:
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    return str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar())


def create(engine: Engine) -> None:
    """Make every table and write down the version, in one transaction."""
    from sqlmodel import SQLModel

    import db.models  # noqa: F401  # the tables register themselves

    with engine.begin() as connection:
        SQLModel.metadata.create_all(connection)
        connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
        connection.execute(sa.text("INSERT INTO alembic_version VALUES (:head)"), {"head": HEAD})
