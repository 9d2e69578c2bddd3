"""What stands against a message: the last that was decided, by whomever, until it is taken back."""

from forum.accounts.roles import Role
from forum.review.decided import (
    Decided,
    appeal_against,
    latest_appeal,
    refused_by_machine,
    rulings_about,
    stands_against,
)
from forum.review.undoing import undo
from tests.builders import Community
from tests.forum.review.appeals import appealed, decide
from tests.forum.review.appeals import refused_by_machine as refuse_by_machine
from tests.forum.talk import hold_one


async def against(community: Community, message_id: object) -> Decided | None:
    async with community.services.database.reading() as session:
        message = await community.message(message_id)  # type: ignore[arg-type]
        return stands_against(message, await rulings_about(session, message.id))


async def test_a_machines_refusal_stands_until_somebody_decides(community: Community) -> None:
    rowan = await community.member()
    message_id = await refuse_by_machine(community, rowan, (await community.room()).id)

    decided = await against(community, message_id)

    assert decided is not None
    assert (decided.by, decided.key, decided.ruling) == ("machine", message_id, None)
    assert refused_by_machine(await community.message(message_id))


async def test_a_ruling_that_was_taken_back_stands_no_more(community: Community) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    waiting = await hold_one(community, rowan, (await community.room()).id)
    ruling = await decide(community, linnet, waiting.message_id, "refuse")

    standing = await against(community, waiting.message_id)
    await undo(community.services, ruling.id, linnet.id)

    assert standing is not None
    assert (standing.by, standing.key) == ("person", ruling.id)
    assert await against(community, waiting.message_id) is None


async def test_a_release_takes_nothing_unless_there_is_a_measure(community: Community) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    room = await community.room()
    plain, warned = await hold_one(community, rowan, room.id), await hold_one(community, rowan, room.id)
    await decide(community, linnet, plain.message_id, "release")
    letter = "Please speak kindly."
    await decide(community, linnet, warned.message_id, "release", measure="warn", letter=letter)

    assert await against(community, plain.message_id) is None
    assert await against(community, warned.message_id) is not None


async def test_an_appeal_is_found_by_what_it_is_against(community: Community) -> None:
    rowan = await community.member()
    message_id = await refuse_by_machine(community, rowan, (await community.room()).id)
    made = await appealed(community, rowan, message_id)
    decided = await against(community, message_id)
    assert decided is not None

    async with community.services.database.reading() as session:
        found, latest = await appeal_against(session, decided), await latest_appeal(session, message_id)

    assert found is not None
    assert latest is not None
    assert {found.id, latest.id} == {made.id}
