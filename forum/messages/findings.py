"""What was found in a message: written beside it, read back for its author and for moderators."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.database import Transaction
from forum.messages.tables import Message, RecordedFinding, State
from moderation.verdict import Finding, Lane, Outcome, Span


def record_findings(tx: Transaction, message_id: UUID, findings: Iterable[Finding]) -> None:
    """Write the findings beside the message."""
    tx.session.add_all(
        RecordedFinding(
            message_id=message_id,
            rule=found.rule,
            outcome=int(found.outcome),
            lane=found.lane,
            detail=found.detail,
            label=found.label,
            score=found.score,
            model=found.model,
            policy=found.policy,
            kind=found.kind,
            spans=_written(found.spans),
        )
        for found in findings
    )


async def findings_of(
    session: AsyncSession, message_ids: Collection[UUID]
) -> dict[UUID, tuple[Finding, ...]]:
    """Return the findings by message, the gravest first: one query, however many messages."""
    if not message_ids:
        return {}
    query = (
        select(RecordedFinding)
        .where(col(RecordedFinding.message_id).in_(message_ids))
        .order_by(col(RecordedFinding.outcome).desc(), col(RecordedFinding.id))
    )
    found: dict[UUID, list[Finding]] = defaultdict(list)
    for row in (await session.exec(query)).all():
        found[row.message_id].append(
            Finding(
                row.rule,
                Outcome(row.outcome),
                row.detail,
                Lane(row.lane),
                label=row.label,
                score=row.score,
                model=row.model,
                policy=row.policy,
                kind=row.kind,
                spans=_read(row.spans),
            )
        )
    return {message_id: tuple(own) for message_id, own in found.items()}


async def findings_shown(session: AsyncSession, message: Message) -> tuple[Finding, ...]:
    """Return the findings in a message's words as they are now, be it an edit that brought them."""
    edits = select(Message.id).where(Message.revises_id == message.id, Message.state == State.APPLIED)
    latest = (await session.exec(edits.order_by(col(Message.id).desc()).limit(1))).first()
    shown = latest or message.id
    return (await findings_of(session, [shown])).get(shown, ())


def _written(spans: Iterable[Span]) -> str:
    return ",".join(f"{span.start}-{span.end}" for span in spans)


def _read(written: str) -> tuple[Span, ...]:
    pairs = (pair.split("-") for pair in written.split(",") if pair)
    return tuple(Span(int(start), int(end)) for start, end in pairs)
