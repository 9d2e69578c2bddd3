"""What a handle looks like, so that nobody takes one that is read as somebody else's

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

from forum.accounts.handles import handle_look

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


ACCOUNT = sa.table(
    "account",
    sa.column("id", sa.Uuid()),
    sa.column("handle", sa.String()),
    sa.column("handle_look", sa.String()),
    sa.column("created_at", sa.DateTime(timezone=True)),
)


def upgrade() -> None:
    # The table is not made anew: SQLite would drop it under the rows that refer to it.
    op.add_column("account", sa.Column("handle_look", sa.String(), nullable=False, server_default=""))
    _fill()
    op.create_index(op.f("ix_account_handle_look"), "account", ["handle_look"], unique=True)


def downgrade() -> None:
    op.drop_index(op.f("ix_account_handle_look"), "account")
    op.drop_column("account", "handle_look")


def _fill() -> None:
    """Whoever came first has the look; look-alikes that are members already stay, under one of their own."""
    connection = op.get_bind()
    members = connection.execute(
        sa.select(ACCOUNT.c.id, ACCOUNT.c.handle).order_by(ACCOUNT.c.created_at, ACCOUNT.c.id)
    ).all()
    taken = set()
    for identity, handle in members:
        look = handle_look(handle)
        look = f"{look} {identity}" if look in taken else look
        taken.add(look)
        connection.execute(sa.update(ACCOUNT).where(ACCOUNT.c.id == identity).values(handle_look=look))
