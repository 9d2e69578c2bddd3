"""Claims about the log of the team's pages: every version that counts is in it, and no word of it."""

import json

from sqlmodel import select

from forum.accounts.roles import Role
from forum.audit.tables import AuditEntry
from forum.policies.revising import Revision, revise
from forum.policies.sheets import Sheet
from forum.spaces.tables import PlaceKind
from tests.builders import HOLDS, Community, held, published
from tests.forum.talk import ruled


async def test_every_version_that_counts_is_recorded_once_whoever_let_it_pass(community: Community) -> None:
    harbour = await community.member("Harbour", Role.ADMINISTRATOR)
    linnet = await community.member("Linnet", Role.MODERATOR)
    sheet = Sheet(PlaceKind.WORDING, "refusal")
    published(await revise(community.services, Revision(sheet, harbour.id, 0, "Zeppelin", "Zeppelin words.")))
    waits = held(await revise(community.services, Revision(sheet, harbour.id, 1, "Zeppelin", HOLDS)))
    await ruled(community, linnet, waits.message_id, release=True)
    await community.thread(harbour)

    async with community.services.database.reading() as session:
        query = select(AuditEntry).where(AuditEntry.act == "wording").order_by(AuditEntry.seq)  # type: ignore[arg-type]
        entries = (await session.exec(query)).all()
    assert [(one.subject, one.actor_id, json.loads(one.details)) for one in entries] == [
        ("wording:refusal", harbour.id, {"version": 1, "released": False}),
        ("wording:refusal", harbour.id, {"version": 2, "released": True}),
    ]
    assert not any("eppelin" in one.details for one in entries)
