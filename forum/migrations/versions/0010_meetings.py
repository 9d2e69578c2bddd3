"""The room of a gathering: turns, questions, what is shared

Revision ID: 0010
Revises: 0009
"""


import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables up to this revision."""
    op.add_column("place", sa.Column("silent_since", sa.DateTime(timezone=True), nullable=True))

    op.create_table('meeting',
    sa.Column('place_id', sa.Uuid(), nullable=False),
    sa.Column('phase', sa.String(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('prolonged_minutes', sa.Integer(), nullable=False),
    sa.Column('transcript', sa.String(), nullable=False),
    sa.Column('step', sa.Integer(), nullable=False),
    sa.Column('step_since', sa.DateTime(timezone=True), nullable=True),
    sa.Column('hands', sa.Integer(), nullable=False),
    sa.Column('erased_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['place_id'], ['place.id'], name=op.f('fk_meeting_place_id_place'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('place_id', name=op.f('pk_meeting'))
    )
    with op.batch_alter_table('meeting', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_meeting_phase'), ['phase'], unique=False)

    op.create_table('turn',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('place_id', sa.Uuid(), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('from_seq', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('gone_since', sa.DateTime(timezone=True), nullable=True),
    sa.Column('with_you', sa.Integer(), nullable=False),
    sa.Column('thank_you', sa.Integer(), nullable=False),
    sa.Column('heard', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_turn_account_id_account')),
    sa.ForeignKeyConstraint(['place_id'], ['place.id'], name=op.f('fk_turn_place_id_place')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_turn'))
    )
    with op.batch_alter_table('turn', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_turn_place_id'), ['place_id'], unique=False)
        batch_op.create_index('uq_turn_open_member', ['place_id', 'account_id'], unique=True, sqlite_where=sa.text("state <> 'over'"), postgresql_where=sa.text("state <> 'over'"))
        batch_op.create_index('uq_turn_sharing', ['place_id'], unique=True, sqlite_where=sa.text("state = 'sharing'"), postgresql_where=sa.text("state = 'sharing'"))

    op.create_table('question',
    sa.Column('message_id', sa.Uuid(), nullable=False),
    sa.Column('place_id', sa.Uuid(), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['message_id'], ['message.id'], name=op.f('fk_question_message_id_message')),
    sa.ForeignKeyConstraint(['place_id'], ['place.id'], name=op.f('fk_question_place_id_place')),
    sa.PrimaryKeyConstraint('message_id', name=op.f('pk_question'))
    )
    with op.batch_alter_table('question', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_question_place_id'), ['place_id'], unique=False)

    op.create_table('question_vote',
    sa.Column('message_id', sa.Uuid(), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_question_vote_account_id_account')),
    sa.ForeignKeyConstraint(['message_id'], ['question.message_id'], name=op.f('fk_question_vote_message_id_question')),
    sa.PrimaryKeyConstraint('message_id', 'account_id', name=op.f('pk_question_vote'))
    )
    with op.batch_alter_table('question_vote', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_question_vote_account_id'), ['account_id'], unique=False)


def downgrade() -> None:
    """Take it back."""
    op.drop_table('question_vote')
    op.drop_table('question')
    op.drop_table('turn')
    op.drop_table('meeting')
    # In place: to copy the table, as batch mode does, would break the references to it.
    op.drop_column("place", "silent_since")
