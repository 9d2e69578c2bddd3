"""Mail that goes out once, reminders, calendar feeds

Revision ID: 0011
Revises: 0010
"""


revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables up to this revision."""



def downgrade() -> None:
    """Take it back."""

