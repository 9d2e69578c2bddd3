"""Which version of the toxicity policy a finding was judged by

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("recorded_finding", sa.Column("policy", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("recorded_finding", "policy")
