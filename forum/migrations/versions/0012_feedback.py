"""What people thought of a gathering, without names

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables up to this revision."""
    op.create_table('feedback',
    sa.Column('occurrence_id', sa.Uuid(), nullable=False),
    sa.Column('welcome_yes', sa.Integer(), nullable=False),
    sa.Column('welcome_partly', sa.Integer(), nullable=False),
    sa.Column('welcome_no', sa.Integer(), nullable=False),
    sa.Column('useful_yes', sa.Integer(), nullable=False),
    sa.Column('useful_partly', sa.Integer(), nullable=False),
    sa.Column('useful_no', sa.Integer(), nullable=False),
    sa.Column('again_yes', sa.Integer(), nullable=False),
    sa.Column('again_partly', sa.Integer(), nullable=False),
    sa.Column('again_no', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['occurrence_id'], ['occurrence.id'], name=op.f('fk_feedback_occurrence_id_occurrence')),
    sa.PrimaryKeyConstraint('occurrence_id', name=op.f('pk_feedback'))
    )
    op.create_table('feedback_given',
    sa.Column('occurrence_id', sa.Uuid(), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_feedback_given_account_id_account')),
    sa.ForeignKeyConstraint(['occurrence_id'], ['occurrence.id'], name=op.f('fk_feedback_given_occurrence_id_occurrence')),
    sa.PrimaryKeyConstraint('occurrence_id', 'account_id', name=op.f('pk_feedback_given')),
    sqlite_with_rowid=False
    )
    # Not in batch mode, which would copy the table and might lose that it has no row numbers.
    op.create_index(op.f('ix_feedback_given_account_id'), 'feedback_given', ['account_id'], unique=False)
    op.create_table('thanks',
    sa.Column('occurrence_id', sa.Uuid(), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=False),
    sa.Column('place_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_thanks_account_id_account')),
    sa.ForeignKeyConstraint(['occurrence_id'], ['occurrence.id'], name=op.f('fk_thanks_occurrence_id_occurrence')),
    sa.ForeignKeyConstraint(['place_id'], ['place.id'], name=op.f('fk_thanks_place_id_place')),
    sa.PrimaryKeyConstraint('occurrence_id', 'account_id', name=op.f('pk_thanks')),
    sa.UniqueConstraint('place_id', name=op.f('uq_thanks_place_id'))
    )
    op.create_index(op.f('ix_thanks_account_id'), 'thanks', ['account_id'], unique=False)


def downgrade() -> None:
    """Take it back."""
    op.drop_index(op.f('ix_thanks_account_id'), 'thanks')
    op.drop_table('thanks')
    op.drop_index(op.f('ix_feedback_given_account_id'), 'feedback_given')
    op.drop_table('feedback_given')
    op.drop_table('feedback')
