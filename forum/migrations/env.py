"""Alembic's entry: runs on the connection that `running.migrate` hands in."""

from typing import Literal

from alembic import context
from sqlalchemy.types import TypeDecorator

from forum.migrations.running import tables


def render_item(kind: str, item: object, _context: object) -> str | Literal[False]:
    """Write a column type of ours as the plain one behind it: a migration must outlive our code."""
    if kind != "type" or not isinstance(item, TypeDecorator):
        return False
    return f"sa.{item.impl!r}"


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=tables(),
    render_as_batch=True,
    render_item=render_item,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
