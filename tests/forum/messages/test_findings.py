"""Findings come back as they were written, the gravest first, in one query."""

from forum.messages.findings import findings_of, record_findings
from moderation.verdict import Finding, Lane, Outcome
from tests.builders import Community, published
from tests.forum.talk import say_many, statements

HELD = Finding("toxicity", Outcome.HOLD, "insult 0.90", Lane.CONDUCT, "insult", 0.9, "lexicon", "9")
REFUSED = Finding("words", Outcome.REFUSE, "1 listed word")


async def test_findings_come_back_whole_and_the_gravest_first(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    said = published(await community.say(rowan, room.id))
    async with community.services.database.transaction() as tx:
        record_findings(tx, said.message_id, [HELD, REFUSED])

    async with community.services.database.reading() as session:
        found = await findings_of(session, [said.message_id])

    assert found == {said.message_id: (REFUSED, HELD)}


async def test_it_is_one_query_however_many_messages_and_none_for_none(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    ids = [said.message_id for said in await say_many(community, rowan, room.id, 5)]

    async with community.services.database.reading() as session:
        with statements(community.services) as many:
            await findings_of(session, ids)
        with statements(community.services) as none:
            await findings_of(session, [])

    assert (len(many), len(none)) == (1, 0)
