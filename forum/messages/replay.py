"""The same send once more: it is answered with what became of the first."""

from sqlalchemy import bindparam
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.errors import NotFound
from forum.messages.findings import findings_of
from forum.messages.submission import Answer, Held, Published, Refused, Submission, cares
from forum.messages.tables import Message, State

EARLIER = select(Message).where(
    col(Message.author_id) == bindparam("author"), col(Message.nonce) == bindparam("nonce")
)


async def answer_to_earlier(session: AsyncSession, submission: Submission) -> Answer | None:
    """Return what became of the author's message with this nonce; None when there is none.

    Raises NotFound for one that its author withdrew before anybody else saw it.
    """
    asked = {"author": submission.author_id, "nonce": submission.nonce}
    message = (await session.exec(EARLIER, params=asked)).first()
    if message is None:
        return None
    findings = (await findings_of(session, [message.id])).get(message.id, ())
    revised = await session.get(Message, message.revises_id) if message.revises_id else None
    match message.state:
        case State.HELD:
            return Held(message.id, message.place_id, findings)
        case State.REFUSED:
            return Refused(message.id, findings)
    seen, seq = (message, message.seq) if revised is None else (revised, revised.changed_seq)
    if seq is None:
        raise NotFound
    return Published(seen.id, seen.place_id, seq, cares(findings))
