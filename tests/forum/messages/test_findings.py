"""Findings come back as they were written, the gravest first, in one query."""

from dataclasses import replace

from forum.accounts.roles import Role
from forum.messages.findings import findings_of, findings_shown, record_findings
from moderation.verdict import Finding, Lane, Outcome, Span
from tests.builders import HOLDS, IN_DANGER, Community, held, published
from tests.forum.talk import edited, ruled, say_many, statements

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


async def test_a_finding_keeps_its_kind_and_where_it_was_seen_but_not_the_words(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    said = published(await community.say(rowan, room.id))
    spans = (Span(0, 4, "given name"), Span(10, 25, "telephone number"))
    detail = Finding("own-details", Outcome.MASK, "two", kind="given name", spans=spans, policy="9")
    async with community.services.database.transaction() as tx:
        record_findings(tx, said.message_id, [detail])

    async with community.services.database.reading() as session:
        [found] = (await findings_of(session, [said.message_id]))[said.message_id]

    assert found == replace(detail, spans=(Span(0, 4), Span(10, 25)))


async def test_the_findings_of_an_edit_are_shown_once_its_words_are(community: Community) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    said = published(await community.say(rowan, (await community.room()).id, IN_DANGER)).message_id
    waiting = held(await edited(community, rowan, said, HOLDS)).message_id

    async with community.services.database.reading() as session:
        before = await findings_shown(session, await community.message(said))
        own = await findings_shown(session, await community.message(waiting))
    await ruled(community, linnet, waiting, release=True)
    async with community.services.database.reading() as session:
        after = await findings_shown(session, await community.message(said))

    assert [one.rule for one in (*before, *own, *after)] == ["care", "toxicity", "toxicity"]
