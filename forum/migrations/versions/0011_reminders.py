"""Mail that goes out once, reminders, calendar feeds

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

WAITS = "sent_at IS NULL AND given_up_at IS NULL"


def upgrade() -> None:
    """Bring the tables up to this revision."""
    op.create_table('outgoing',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=False),
    sa.Column('channel', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('about_id', sa.Uuid(), nullable=True),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('claim_id', sa.Uuid(), nullable=True),
    sa.Column('claimed_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('attempted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('given_up_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('why', sa.String(), nullable=False),
    sa.Column('token_hash', sa.String(), nullable=True),
    sa.Column('address_hash', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_outgoing_account_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outgoing')),
    sa.UniqueConstraint('key', name=op.f('uq_outgoing_key')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_outgoing_token_hash'))
    )
    with op.batch_alter_table('outgoing', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_outgoing_about_id'), ['about_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_outgoing_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_outgoing_address_hash'), ['address_hash'], unique=False)
        batch_op.create_index('ix_outgoing_waiting', ['channel', 'due_at'], unique=False, sqlite_where=sa.text(WAITS), postgresql_where=sa.text(WAITS))

    op.create_table('closed_address',
    sa.Column('address_hash', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('address_hash', name=op.f('pk_closed_address'))
    )
    op.create_table('calendar_choice',
    sa.Column('account_id', sa.Uuid(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('with_link', sa.Boolean(), nullable=False),
    sa.Column('token_hash', sa.String(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_calendar_choice_account_id_account')),
    sa.PrimaryKeyConstraint('account_id', name=op.f('pk_calendar_choice')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_calendar_choice_token_hash'))
    )
    op.create_table('reminder_choice',
    sa.Column('account_id', sa.Uuid(), nullable=False),
    sa.Column('minutes', sa.String(), nullable=False),
    sa.Column('by_mail', sa.Boolean(), nullable=False),
    sa.Column('quiet_from', sa.Integer(), nullable=False),
    sa.Column('quiet_until', sa.Integer(), nullable=False),
    sa.Column('names_us', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_reminder_choice_account_id_account')),
    sa.PrimaryKeyConstraint('account_id', name=op.f('pk_reminder_choice'))
    )
    with op.batch_alter_table('notice', schema=None) as batch_op:
        batch_op.add_column(sa.Column('occurrence_id', sa.Uuid(), nullable=True))
        batch_op.create_index(batch_op.f('ix_notice_occurrence_id'), ['occurrence_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_notice_occurrence_id_occurrence'), 'occurrence', ['occurrence_id'], ['id'])

    # In place: to copy the table, as batch mode does, would break the references to it.
    op.add_column("account", sa.Column("email_confirmed_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Take it back."""
    # In place: to copy the table, as batch mode does, would break the references to it.
    op.drop_column("account", "email_confirmed_at")
    # No older version knows these notices.
    op.execute("DELETE FROM notice WHERE occurrence_id IS NOT NULL")
    with op.batch_alter_table('notice', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_notice_occurrence_id_occurrence'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_notice_occurrence_id'))
        batch_op.drop_column('occurrence_id')

    op.drop_table('reminder_choice')
    op.drop_table('calendar_choice')
    op.drop_table('closed_address')
    with op.batch_alter_table('outgoing', schema=None) as batch_op:
        batch_op.drop_index('ix_outgoing_waiting', sqlite_where=sa.text(WAITS), postgresql_where=sa.text(WAITS))
        batch_op.drop_index(batch_op.f('ix_outgoing_address_hash'))
        batch_op.drop_index(batch_op.f('ix_outgoing_account_id'))
        batch_op.drop_index(batch_op.f('ix_outgoing_about_id'))

    op.drop_table('outgoing')
