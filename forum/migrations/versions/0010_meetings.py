"""The room of a gathering: turns, questions, what is shared

Revision ID: 0010
Revises: 0009
"""


revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables up to this revision."""



def downgrade() -> None:
    """Take it back."""

