"""Care for the team: what a moderator prefers, shifts and a roster, debriefs, topics left to others

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('comfort',
    sa.Column('account_id', sa.Uuid(), nullable=False),
    sa.Column('cover', sa.String(), nullable=False),
    sa.Column('buddy_id', sa.Uuid(), nullable=True),
    sa.Column('rest_since', sa.DateTime(timezone=True), nullable=True),
    sa.Column('rest_until', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_comfort_account_id_account')),
    sa.ForeignKeyConstraint(['buddy_id'], ['account.id'], name=op.f('fk_comfort_buddy_id_account')),
    sa.PrimaryKeyConstraint('account_id', name=op.f('pk_comfort'))
    )
    with op.batch_alter_table('comfort', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_comfort_buddy_id'), ['buddy_id'], unique=False)

    op.create_table('roster_hour',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=False),
    sa.Column('weekday', sa.Integer(), nullable=False),
    sa.Column('hour', sa.Integer(), nullable=False),
    sa.Column('time_zone', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_roster_hour_account_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_roster_hour')),
    sa.UniqueConstraint('account_id', 'weekday', 'hour', 'time_zone', name=op.f('uq_roster_hour_account_id_weekday_hour_time_zone'))
    )
    op.create_table('shift',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_shift_account_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_shift'))
    )
    with op.batch_alter_table('shift', schema=None) as batch_op:
        batch_op.create_index('ix_shift_ended_at_ends_at', ['ended_at', 'ends_at'], unique=False)
        batch_op.create_index('uq_shift_open_account', ['account_id'], unique=True, sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))

    op.create_table('topic_left',
    sa.Column('account_id', sa.Uuid(), nullable=False),
    sa.Column('topic', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_topic_left_account_id_account')),
    sa.PrimaryKeyConstraint('account_id', 'topic', name=op.f('pk_topic_left'))
    )
    op.create_table('debrief',
    sa.Column('item_id', sa.Uuid(), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=False),
    sa.Column('answer', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('told_id', sa.Uuid(), nullable=True),
    sa.Column('met_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('met_by', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_debrief_account_id_account')),
    sa.ForeignKeyConstraint(['item_id'], ['review_item.id'], name=op.f('fk_debrief_item_id_review_item')),
    sa.ForeignKeyConstraint(['met_by'], ['account.id'], name=op.f('fk_debrief_met_by_account')),
    sa.ForeignKeyConstraint(['told_id'], ['account.id'], name=op.f('fk_debrief_told_id_account')),
    sa.PrimaryKeyConstraint('item_id', 'account_id', name=op.f('pk_debrief'))
    )
    with op.batch_alter_table('debrief', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_debrief_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_debrief_told_id'), ['told_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('debrief', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_debrief_told_id'))
        batch_op.drop_index(batch_op.f('ix_debrief_account_id'))

    op.drop_table('debrief')
    op.drop_table('topic_left')
    with op.batch_alter_table('shift', schema=None) as batch_op:
        batch_op.drop_index('uq_shift_open_account', sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))
        batch_op.drop_index('ix_shift_ended_at_ends_at')

    op.drop_table('shift')
    op.drop_table('roster_hour')
    with op.batch_alter_table('comfort', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_comfort_buddy_id'))

    op.drop_table('comfort')
