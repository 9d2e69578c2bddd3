"""Gatherings, their dates and who comes; guests of a meeting

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables up to this revision."""
    op.create_table('gathering',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('place_id', sa.Uuid(), nullable=False),
    sa.Column('parted_from_id', sa.Uuid(), nullable=True),
    sa.Column('made_by_id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('stage', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('pathway', sa.String(), nullable=False),
    sa.Column('format', sa.String(), nullable=False),
    sa.Column('for_whom', sa.String(), nullable=False),
    sa.Column('is_public', sa.Boolean(), nullable=False),
    sa.Column('partner', sa.String(), nullable=False),
    sa.Column('area', sa.String(), nullable=False),
    sa.Column('venue', sa.String(), nullable=False),
    sa.Column('zone', sa.String(), nullable=False),
    sa.Column('starts_local', sa.String(), nullable=False),
    sa.Column('fold', sa.Integer(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('rule', sa.String(), nullable=False),
    sa.Column('capacity', sa.Integer(), nullable=True),
    sa.Column('sign_up_closes_minutes', sa.Integer(), nullable=False),
    sa.Column('agenda', sa.String(), nullable=False),
    sa.Column('turn_minutes', sa.Integer(), nullable=False),
    sa.Column('takes_questions', sa.Boolean(), nullable=False),
    sa.Column('votes_on_questions', sa.Boolean(), nullable=False),
    sa.Column('transcript', sa.String(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['made_by_id'], ['account.id'], name=op.f('fk_gathering_made_by_id_account')),
    sa.ForeignKeyConstraint(['parted_from_id'], ['gathering.id'], name=op.f('fk_gathering_parted_from_id_gathering')),
    sa.ForeignKeyConstraint(['place_id'], ['place.id'], name=op.f('fk_gathering_place_id_place')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_gathering'))
    )
    with op.batch_alter_table('gathering', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_gathering_made_by_id'), ['made_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_gathering_parted_from_id'), ['parted_from_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_gathering_place_id'), ['place_id'], unique=False)

    op.create_table('guest',
    sa.Column('place_id', sa.Uuid(), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=False),
    sa.Column('host', sa.Boolean(), nullable=False),
    sa.Column('muted', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_guest_account_id_account')),
    sa.ForeignKeyConstraint(['place_id'], ['place.id'], name=op.f('fk_guest_place_id_place')),
    sa.PrimaryKeyConstraint('place_id', 'account_id', name=op.f('pk_guest'))
    )
    with op.batch_alter_table('guest', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_guest_account_id'), ['account_id'], unique=False)

    op.create_table('host',
    sa.Column('gathering_id', sa.Uuid(), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=False),
    sa.Column('facilitates', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_host_account_id_account')),
    sa.ForeignKeyConstraint(['gathering_id'], ['gathering.id'], name=op.f('fk_host_gathering_id_gathering')),
    sa.PrimaryKeyConstraint('gathering_id', 'account_id', name=op.f('pk_host'))
    )
    with op.batch_alter_table('host', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_host_account_id'), ['account_id'], unique=False)

    op.create_table('occurrence',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('gathering_id', sa.Uuid(), nullable=False),
    sa.Column('recurs_local', sa.String(), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('cancelled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('coming', sa.Integer(), nullable=False),
    sa.Column('queued', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['gathering_id'], ['gathering.id'], name=op.f('fk_occurrence_gathering_id_gathering')),
    sa.ForeignKeyConstraint(['meeting_id'], ['place.id'], name=op.f('fk_occurrence_meeting_id_place')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_occurrence')),
    sa.UniqueConstraint('meeting_id', name=op.f('uq_occurrence_meeting_id'))
    )
    with op.batch_alter_table('occurrence', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_occurrence_gathering_id'), ['gathering_id'], unique=False)
        batch_op.create_index('ix_occurrence_starts_at_id', ['starts_at', 'id'], unique=False)

    op.create_table('slot',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('gathering_id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('needed', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['gathering_id'], ['gathering.id'], name=op.f('fk_slot_gathering_id_gathering')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_slot'))
    )
    with op.batch_alter_table('slot', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_slot_gathering_id'), ['gathering_id'], unique=False)

    op.create_table('sign_up',
    sa.Column('occurrence_id', sa.Uuid(), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=False),
    sa.Column('reply', sa.String(), nullable=False),
    sa.Column('queue_number', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('seated_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('came_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_sign_up_account_id_account')),
    sa.ForeignKeyConstraint(['occurrence_id'], ['occurrence.id'], name=op.f('fk_sign_up_occurrence_id_occurrence')),
    sa.PrimaryKeyConstraint('occurrence_id', 'account_id', name=op.f('pk_sign_up'))
    )
    with op.batch_alter_table('sign_up', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sign_up_account_id'), ['account_id'], unique=False)

    op.create_table('slot_taken',
    sa.Column('slot_id', sa.Uuid(), nullable=False),
    sa.Column('occurrence_id', sa.Uuid(), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_slot_taken_account_id_account')),
    sa.ForeignKeyConstraint(['occurrence_id'], ['occurrence.id'], name=op.f('fk_slot_taken_occurrence_id_occurrence')),
    sa.ForeignKeyConstraint(['slot_id'], ['slot.id'], name=op.f('fk_slot_taken_slot_id_slot')),
    sa.PrimaryKeyConstraint('slot_id', 'occurrence_id', 'account_id', name=op.f('pk_slot_taken'))
    )
    with op.batch_alter_table('slot_taken', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_slot_taken_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_slot_taken_occurrence_id'), ['occurrence_id'], unique=False)

    op.add_column("place", sa.Column("speaker_id", sa.Uuid(), nullable=True))


def downgrade() -> None:
    """Take it back."""
    # In place: to copy the table, as batch mode does, would break the references to it.
    op.drop_column("place", "speaker_id")

    with op.batch_alter_table('slot_taken', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_slot_taken_occurrence_id'))
        batch_op.drop_index(batch_op.f('ix_slot_taken_account_id'))

    op.drop_table('slot_taken')
    with op.batch_alter_table('sign_up', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sign_up_account_id'))

    op.drop_table('sign_up')
    with op.batch_alter_table('slot', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_slot_gathering_id'))

    op.drop_table('slot')
    with op.batch_alter_table('occurrence', schema=None) as batch_op:
        batch_op.drop_index('ix_occurrence_starts_at_id')
        batch_op.drop_index(batch_op.f('ix_occurrence_gathering_id'))

    op.drop_table('occurrence')
    with op.batch_alter_table('host', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_host_account_id'))

    op.drop_table('host')
    with op.batch_alter_table('guest', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_guest_account_id'))

    op.drop_table('guest')
    with op.batch_alter_table('gathering', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_gathering_place_id'))
        batch_op.drop_index(batch_op.f('ix_gathering_parted_from_id'))
        batch_op.drop_index(batch_op.f('ix_gathering_made_by_id'))

    op.drop_table('gathering')
