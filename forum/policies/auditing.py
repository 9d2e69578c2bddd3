"""What of the team's pages goes into the audit log: every version that is published, whoever let it pass."""

from forum.audit.recording import Act, record
from forum.database import Transaction
from forum.facts import Fact, MessagePublished
from forum.messages.leaves import LEAVES
from forum.messages.tables import Message
from forum.spaces.tables import Place


async def audit_page(tx: Transaction, fact: Fact) -> None:
    """Record a new version of a guideline, a wording or a source note, as its author's act."""
    if not isinstance(fact, MessagePublished) or fact.place_kind not in LEAVES:
        return
    place = await tx.session.get_one(Place, fact.place_id)
    message = await tx.session.get_one(Message, fact.shown.id)
    details = {"version": fact.seq, "released": fact.released}
    subject = f"{place.kind}:{place.name}"
    await record(tx, Act(fact.shown.at, message.author_id, str(place.kind), subject, details))
