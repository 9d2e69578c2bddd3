"""What people thought of a gathering, without names

Revision ID: 0012
Revises: 0011
"""


revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables up to this revision."""



def downgrade() -> None:
    """Take it back."""

