"""Care alerts, choices of spaces, where a finding was seen, source notes, and who wants no hints

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "care_alert",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_care_alert_message_id_message")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care_alert")),
    )
    op.create_index(op.f("ix_care_alert_message_id"), "care_alert", ["message_id"])
    op.create_index(op.f("ix_care_alert_closed_at"), "care_alert", ["closed_at"])
    op.create_table(
        "space_choice",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("outcome", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name=op.f("fk_space_choice_space_id_space")),
        sa.PrimaryKeyConstraint("space_id", "rule", name=op.f("pk_space_choice")),
    )
    op.create_table(
        "rule_bound",
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("lowest", sa.Integer(), nullable=False),
        sa.Column("highest", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("rule", name=op.f("pk_rule_bound")),
    )
    for table, name in TEXTS:
        op.add_column(table, sa.Column(name, sa.String(), nullable=False, server_default=""))
    op.add_column("account", sa.Column("nudges", sa.Boolean(), nullable=False, server_default=sa.true()))


def downgrade() -> None:
    op.drop_column("account", "nudges")
    for table, name in reversed(TEXTS):
        op.drop_column(table, name)
    for table in ("rule_bound", "space_choice", "care_alert"):
        op.drop_table(table)


TEXTS = (
    ("recorded_finding", "kind"),
    ("recorded_finding", "spans"),
    ("message", "note"),
    ("report", "kind"),
)
