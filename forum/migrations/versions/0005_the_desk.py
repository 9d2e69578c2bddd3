"""The desk: items of the queue, rulings that can be undone, appeals, cases, and the audit log

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op
from uuid_utils.compat import uuid7

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

OPEN_MESSAGE = "closed_at IS NULL AND kind <> 'appeal'"
OPEN_HANDLE = "closed_at IS NULL AND kind = 'handle'"
OPEN_REPORT = "closed_at IS NULL"

# How grave, at the time of this migration: see forum/review/severity.py.
OF_RULE = {
    "care": 4, "care-method": 4, "threat": 4, "others-details": 3, "toxicity": 2, "claim": 2, "sourcing": 2, "words": 2,
    "repeats": 0, "flood": 0,
}
OF_REASON = {"worried": 4, "private": 3, "unkind": 2, "health-claim": 2, "medication-shaming": 2, "dealing": 2}
OF_LABEL = {"threat": 4, "severe_toxicity": 3, "identity_attack": 3}
WAITING = """
    SELECT message.id, message.author_id, message.place_id, place.space_id, message.created_at, message.revises_id,
           message.state
    FROM message JOIN place ON place.id = message.place_id
    WHERE message.state = 'held'
       OR message.id IN (SELECT message_id FROM report WHERE closed_at IS NULL)
       OR message.id IN (SELECT message_id FROM care_alert WHERE closed_at IS NULL)
    ORDER BY message.created_at, message.id
"""
FOUND = """
    SELECT message_id, rule, label FROM recorded_finding
    WHERE message_id IN (SELECT id FROM message WHERE state = 'held') ORDER BY id
"""
REPORTED = """
    SELECT message_id, reason, created_at FROM report WHERE closed_at IS NULL AND message_id IS NOT NULL ORDER BY created_at, id
"""
ALERTED = "SELECT message_id, opened_at FROM care_alert WHERE closed_at IS NULL ORDER BY opened_at, id"
OPENED = """
    INSERT INTO review_item (id, kind, message_id, account_id, place_id, space_id, lane, severity, found_by, rule, stage,
                             version, opened_at)
    VALUES (:id, :kind, :message_id, :account_id, :place_id, :space_id, :lane, :severity, :found_by, :rule, 'new',
            1, :opened_at)
"""


def upgrade() -> None:
    op.create_table("audit_entry",
    sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
    sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("actor_id", sa.Uuid(), nullable=True),
    sa.Column("act", sa.String(), nullable=False),
    sa.Column("subject", sa.String(), nullable=False),
    sa.Column("details", sa.String(), nullable=False),
    sa.Column("previous", sa.String(), nullable=False),
    sa.Column("hash", sa.String(), nullable=False),
    sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit_entry")),
    sa.UniqueConstraint("hash", name=op.f("uq_audit_entry_hash"))
    )
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.create_index("ix_audit_entry_act_at", ["act", "at"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_entry_actor_id"), ["actor_id"], unique=False)

    op.create_table("audit_head",
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("seq", sa.Integer(), nullable=False),
    sa.Column("hash", sa.String(), nullable=False),
    sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head"))
    )
    op.create_table("recusal",
    sa.Column("moderator_id", sa.Uuid(), nullable=False),
    sa.Column("account_id", sa.Uuid(), nullable=False),
    sa.Column("since", sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_recusal_account_id_account")),
    sa.ForeignKeyConstraint(["moderator_id"], ["account.id"], name=op.f("fk_recusal_moderator_id_account")),
    sa.PrimaryKeyConstraint("moderator_id", "account_id", name=op.f("pk_recusal"))
    )
    op.create_table("removal",
    sa.Column("id", sa.Uuid(), nullable=False),
    sa.Column("place_id", sa.Uuid(), nullable=False),
    sa.Column("account_id", sa.Uuid(), nullable=False),
    sa.Column("since", sa.DateTime(timezone=True), nullable=False),
    sa.Column("until", sa.DateTime(timezone=True), nullable=True),
    sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_removal_account_id_account")),
    sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_removal_place_id_place")),
    sa.PrimaryKeyConstraint("id", name=op.f("pk_removal"))
    )
    with op.batch_alter_table("removal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_removal_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_removal_place_id"), ["place_id"], unique=False)

    op.create_table("review_case",
    sa.Column("id", sa.Uuid(), nullable=False),
    sa.Column("about_id", sa.Uuid(), nullable=True),
    sa.Column("account_id", sa.Uuid(), nullable=False),
    sa.Column("letters_id", sa.Uuid(), nullable=True),
    sa.Column("notes_id", sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(["about_id"], ["message.id"], name=op.f("fk_review_case_about_id_message")),
    sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_review_case_account_id_account")),
    sa.ForeignKeyConstraint(["letters_id"], ["place.id"], name=op.f("fk_review_case_letters_id_place")),
    sa.ForeignKeyConstraint(["notes_id"], ["place.id"], name=op.f("fk_review_case_notes_id_place")),
    sa.PrimaryKeyConstraint("id", name=op.f("pk_review_case")),
    sa.UniqueConstraint("about_id", "account_id", name=op.f("uq_review_case_about_id_account_id"))
    )
    with op.batch_alter_table("review_case", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_review_case_account_id"), ["account_id"], unique=False)

    op.create_table("review_item",
    sa.Column("id", sa.Uuid(), nullable=False),
    sa.Column("kind", sa.String(), nullable=False),
    sa.Column("message_id", sa.Uuid(), nullable=True),
    sa.Column("account_id", sa.Uuid(), nullable=False),
    sa.Column("place_id", sa.Uuid(), nullable=True),
    sa.Column("space_id", sa.Uuid(), nullable=True),
    sa.Column("lane", sa.Integer(), nullable=False),
    sa.Column("severity", sa.Integer(), nullable=False),
    sa.Column("found_by", sa.String(), nullable=False),
    sa.Column("rule", sa.String(), nullable=False),
    sa.Column("stage", sa.String(), nullable=False),
    sa.Column("version", sa.Integer(), nullable=False),
    sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
    sa.Column("claimed_by", sa.Uuid(), nullable=True),
    sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
    sa.Column("escalated_by", sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_review_item_account_id_account")),
    sa.ForeignKeyConstraint(["claimed_by"], ["account.id"], name=op.f("fk_review_item_claimed_by_account")),
    sa.ForeignKeyConstraint(["escalated_by"], ["account.id"], name=op.f("fk_review_item_escalated_by_account")),
    sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_review_item_message_id_message")),
    sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_review_item_place_id_place")),
    sa.ForeignKeyConstraint(["space_id"], ["space.id"], name=op.f("fk_review_item_space_id_space")),
    sa.PrimaryKeyConstraint("id", name=op.f("pk_review_item"))
    )
    with op.batch_alter_table("review_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_review_item_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_review_item_claimed_by"), ["claimed_by"], unique=False)
        batch_op.create_index("ix_review_item_order", ["closed_at", "lane", "severity", "opened_at", "id", "account_id", "kind", "escalated_by", "rule", "stage", "space_id", "claimed_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_review_item_space_id"), ["space_id"], unique=False)
        batch_op.create_index("uq_review_item_open_message", ["message_id"], unique=True, sqlite_where=sa.text(OPEN_MESSAGE), postgresql_where=sa.text(OPEN_MESSAGE))
        batch_op.create_index("uq_review_item_open_handle", ["account_id"], unique=True, sqlite_where=sa.text(OPEN_HANDLE), postgresql_where=sa.text(OPEN_HANDLE))

    op.create_table("care_step",
    sa.Column("id", sa.Uuid(), nullable=False),
    sa.Column("alert_id", sa.Uuid(), nullable=False),
    sa.Column("moderator_id", sa.Uuid(), nullable=False),
    sa.Column("step", sa.String(), nullable=False),
    sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(["alert_id"], ["care_alert.id"], name=op.f("fk_care_step_alert_id_care_alert")),
    sa.ForeignKeyConstraint(["moderator_id"], ["account.id"], name=op.f("fk_care_step_moderator_id_account")),
    sa.PrimaryKeyConstraint("id", name=op.f("pk_care_step"))
    )
    with op.batch_alter_table("care_step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_care_step_alert_id"), ["alert_id"], unique=False)

    op.create_table("appeal",
    sa.Column("id", sa.Uuid(), nullable=False),
    sa.Column("about_id", sa.Uuid(), nullable=False),
    sa.Column("ruling_id", sa.Uuid(), nullable=True),
    sa.Column("account_id", sa.Uuid(), nullable=False),
    sa.Column("item_id", sa.Uuid(), nullable=False),
    sa.Column("letter_id", sa.Uuid(), nullable=False),
    sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
    sa.Column("decided_by", sa.Uuid(), nullable=True),
    sa.Column("outcome", sa.String(), nullable=False),
    sa.Column("answer_id", sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(["about_id"], ["message.id"], name=op.f("fk_appeal_about_id_message")),
    sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_appeal_account_id_account")),
    sa.ForeignKeyConstraint(["answer_id"], ["message.id"], name=op.f("fk_appeal_answer_id_message")),
    sa.ForeignKeyConstraint(["decided_by"], ["account.id"], name=op.f("fk_appeal_decided_by_account")),
    sa.ForeignKeyConstraint(["item_id"], ["review_item.id"], name=op.f("fk_appeal_item_id_review_item")),
    sa.ForeignKeyConstraint(["letter_id"], ["message.id"], name=op.f("fk_appeal_letter_id_message")),
    sa.ForeignKeyConstraint(["ruling_id"], ["ruling.id"], name=op.f("fk_appeal_ruling_id_ruling")),
    sa.PrimaryKeyConstraint("id", name=op.f("pk_appeal")),
    sa.UniqueConstraint("ruling_id", name=op.f("uq_appeal_ruling_id"))
    )
    with op.batch_alter_table("appeal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_appeal_about_id"), ["about_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_appeal_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_appeal_item_id"), ["item_id"], unique=False)
        batch_op.create_index("uq_appeal_machine", ["about_id"], unique=True, sqlite_where=sa.text("ruling_id IS NULL"), postgresql_where=sa.text("ruling_id IS NULL"))

    with op.batch_alter_table("care_alert", schema=None) as batch_op:
        batch_op.add_column(sa.Column("closed_by", sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_care_alert_closed_by_account"), "account", ["closed_by"], ["id"])

    op.add_column("place", sa.Column("member_id", sa.Uuid(), nullable=True))
    op.create_index(op.f("ix_place_member_id"), "place", ["member_id"])

    op.create_index("ix_message_author_id_state", "message", ["author_id", "state"])
    op.create_index("ix_message_opening", "message", ["place_id"], sqlite_where=sa.text("is_opening = 1"), postgresql_where=sa.text("is_opening"))

    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.add_column(sa.Column("account_id", sa.Uuid(), nullable=True))
        batch_op.alter_column("message_id", existing_type=sa.Uuid(), nullable=True)
        batch_op.create_index(batch_op.f("ix_report_account_id"), ["account_id"], unique=False)
        batch_op.create_index("uq_report_open_handle", ["account_id", "reporter_id"], unique=True, sqlite_where=sa.text(OPEN_REPORT), postgresql_where=sa.text(OPEN_REPORT))
        batch_op.create_foreign_key(batch_op.f("fk_report_account_id_account"), "account", ["account_id"], ["id"])

    with op.batch_alter_table("ruling", schema=None) as batch_op:
        batch_op.add_column(sa.Column("item_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("account_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("measure", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("until", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("letter_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("found_by", sa.String(), nullable=False, server_default="machine"))
        batch_op.add_column(sa.Column("before", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("undone_by", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("undone_how", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("remark_id", sa.Uuid(), nullable=True))
        batch_op.alter_column("message_id", existing_type=sa.Uuid(), nullable=True)
        batch_op.create_index(batch_op.f("ix_ruling_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_ruling_item_id"), ["item_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_ruling_moderator_id"), ["moderator_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_ruling_letter_id_message"), "message", ["letter_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_ruling_remark_id_message"), "message", ["remark_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_ruling_undone_by_account"), "account", ["undone_by"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_ruling_account_id_account"), "account", ["account_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_ruling_item_id_review_item"), "review_item", ["item_id"], ["id"])

    _open_what_waits(op.get_bind())


def _open_what_waits(connection: sa.Connection) -> None:
    """Whatever waits already is an item from now on: held messages and edits, reports and alerts that are open."""
    items = {}
    for row in connection.execute(sa.text(WAITING)):
        items[row.id] = _item(connection, row)
    for row in connection.execute(sa.text(FOUND)):
        _raise(items[row.message_id], max(OF_RULE.get(row.rule, 1), OF_LABEL.get(row.label or "", 0)), row.rule)
    for row in connection.execute(sa.text(REPORTED)):
        _join(items[row.message_id], "reported", row.created_at)
        _raise(items[row.message_id], OF_REASON.get(row.reason, 1), row.reason)
    for row in connection.execute(sa.text(ALERTED)):
        _join(items[row.message_id], "care", row.opened_at)
        items[row.message_id].update(kind="care", lane=0)
        _raise(items[row.message_id], 4, "care")
    for item in items.values():
        connection.execute(sa.text(OPENED), item | {"severity": max(item["severity"], 0)})


def _item(connection: sa.Connection, row: sa.Row) -> dict[str, object]:
    new = uuid7()
    held = "edit" if row.revises_id else "held"
    return {
        "id": new.hex if connection.dialect.name == "sqlite" else new,
        "kind": held if row.state == "held" else "",
        "message_id": row.id,
        "account_id": row.author_id,
        "place_id": row.place_id,
        "space_id": row.space_id,
        "lane": 1,
        "severity": -1,
        "found_by": "machine",
        "rule": "",
        "opened_at": row.created_at,
    }


def _join(item: dict[str, object], kind: str, at: object) -> None:
    # What is held waits since it was written; all else since it was first reported, or an alert was opened.
    if not item["kind"]:
        item.update(kind=kind, opened_at=at, found_by="person" if kind == "reported" else "machine")


def _raise(item: dict[str, object], severity: int, rule: str) -> None:
    if severity > item["severity"]:
        item.update(severity=severity, rule=rule)


def downgrade() -> None:
    # What the tables of before cannot hold: reports of handles, and what was decided about them.
    op.execute("DELETE FROM appeal")
    op.execute("DELETE FROM ruling WHERE message_id IS NULL")
    op.execute("DELETE FROM report WHERE message_id IS NULL")
    op.drop_index("ix_message_opening", "message")
    op.drop_index("ix_message_author_id_state", "message")
    with op.batch_alter_table("ruling", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_ruling_item_id_review_item"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_ruling_account_id_account"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_ruling_undone_by_account"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_ruling_remark_id_message"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_ruling_letter_id_message"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_ruling_moderator_id"))
        batch_op.drop_index(batch_op.f("ix_ruling_item_id"))
        batch_op.drop_index(batch_op.f("ix_ruling_account_id"))
        batch_op.alter_column("message_id", existing_type=sa.Uuid(), nullable=False)
        batch_op.drop_column("remark_id")
        batch_op.drop_column("undone_how")
        batch_op.drop_column("undone_by")
        batch_op.drop_column("undone_at")
        batch_op.drop_column("before")
        batch_op.drop_column("found_by")
        batch_op.drop_column("letter_id")
        batch_op.drop_column("until")
        batch_op.drop_column("measure")
        batch_op.drop_column("account_id")
        batch_op.drop_column("item_id")

    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_report_account_id_account"), type_="foreignkey")
        batch_op.drop_index("uq_report_open_handle", sqlite_where=sa.text(OPEN_REPORT), postgresql_where=sa.text(OPEN_REPORT))
        batch_op.drop_index(batch_op.f("ix_report_account_id"))
        batch_op.alter_column("message_id", existing_type=sa.Uuid(), nullable=False)
        batch_op.drop_column("account_id")

    op.drop_index(op.f("ix_place_member_id"), "place")
    op.drop_column("place", "member_id")

    with op.batch_alter_table("care_alert", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_care_alert_closed_by_account"), type_="foreignkey")
        batch_op.drop_column("closed_by")

    with op.batch_alter_table("appeal", schema=None) as batch_op:
        batch_op.drop_index("uq_appeal_machine", sqlite_where=sa.text("ruling_id IS NULL"), postgresql_where=sa.text("ruling_id IS NULL"))
        batch_op.drop_index(batch_op.f("ix_appeal_account_id"))
        batch_op.drop_index(batch_op.f("ix_appeal_item_id"))
        batch_op.drop_index(batch_op.f("ix_appeal_about_id"))

    op.drop_table("appeal")
    with op.batch_alter_table("care_step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_care_step_alert_id"))

    op.drop_table("care_step")
    with op.batch_alter_table("review_item", schema=None) as batch_op:
        batch_op.drop_index("uq_review_item_open_handle", sqlite_where=sa.text(OPEN_HANDLE), postgresql_where=sa.text(OPEN_HANDLE))
        batch_op.drop_index("uq_review_item_open_message", sqlite_where=sa.text(OPEN_MESSAGE), postgresql_where=sa.text(OPEN_MESSAGE))
        batch_op.drop_index(batch_op.f("ix_review_item_space_id"))
        batch_op.drop_index("ix_review_item_order")
        batch_op.drop_index(batch_op.f("ix_review_item_claimed_by"))
        batch_op.drop_index(batch_op.f("ix_review_item_account_id"))

    op.drop_table("review_item")
    with op.batch_alter_table("review_case", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_review_case_account_id"))

    op.drop_table("review_case")
    with op.batch_alter_table("removal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_removal_place_id"))
        batch_op.drop_index(batch_op.f("ix_removal_account_id"))

    op.drop_table("removal")
    op.drop_table("recusal")
    op.drop_table("audit_head")
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_entry_actor_id"))
        batch_op.drop_index("ix_audit_entry_act_at")

    op.drop_table("audit_entry")
