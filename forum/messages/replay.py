"""The same send once more: it is answered with what became of the first."""

from sqlmodel import select

from forum.errors import NotFound
from forum.messages.findings import findings_of
from forum.messages.submission import Answer, Held, Published, Refused, Submission, cares
from forum.messages.tables import Message, State
from forum.services import Services


async def answer_to_earlier(services: Services, submission: Submission) -> Answer | None:
    """Return what became of the author's message with this nonce; None when there is none.

    Raises NotFound for one that its author withdrew before anybody else saw it.
    """
    async with services.database.reading() as session:
        query = select(Message).where(
            Message.author_id == submission.author_id, Message.nonce == submission.nonce
        )
        message = (await session.exec(query)).first()
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
