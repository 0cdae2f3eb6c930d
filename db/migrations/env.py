"""What alembic runs around the migrations; the connection and its transaction belong to the caller."""

from alembic import context
from sqlmodel import SQLModel

import db.models  # noqa: F401  # the tables register themselves
from db.models.base import teach_postgresql

connection = context.config.attributes["connection"]
if connection.dialect.name == "postgresql":
    teach_postgresql()
context.configure(
    connection=connection,
    target_metadata=SQLModel.metadata,
    transactional_ddl=True,
    render_as_batch=connection.dialect.name == "sqlite",
    user_module_prefix=None,
)
with context.begin_transaction():
    context.run_migrations()
