"""What PostgreSQL needs: counters of 64 bits, and paths in the order of their signs

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

COUNTERS = (
    ("audit_entry", "seq"),
    ("audit_head", "seq"),
    ("guidelines_asked", "seq"),
    ("message", "changed_seq"),
    ("message", "seq"),
    ("place", "last_seq"),
    ("reading", "seq"),
)


def upgrade() -> None:
    """Bring the tables up to this revision."""
    # SQLite's integers have 64 bits already, and it compares text by its bytes.
    if op.get_bind().dialect.name != "postgresql":
        return
    for table, column in COUNTERS:
        op.alter_column(table, column, existing_type=sa.Integer(), type_=sa.BigInteger())
    op.alter_column("message", "path", existing_type=sa.String(160), type_=sa.String(160, collation="C"))


def downgrade() -> None:
    """Take it back; what has counted past 32 bits is refused."""
    if op.get_bind().dialect.name != "postgresql":
        return
    op.alter_column("message", "path", type_=sa.String(160, collation="default"))
    for table, column in COUNTERS:
        op.alter_column(table, column, existing_type=sa.BigInteger(), type_=sa.Integer())
