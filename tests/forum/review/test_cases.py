"""Cases: letters go through the one door, the team speaks as one, and notes stay with the team."""

import asyncio

import pytest
from sqlmodel import select

from forum.accounts.roles import Role
from forum.errors import Forbidden, Invalid, NotFound
from forum.messages.tables import Message
from forum.review.cases import Letter, Remark, case_of, letter, letters_of, remark, remarks_of
from forum.review.tables import CareAlert, Case, ReviewItem
from forum.spaces.tables import Place, PlaceKind
from tests.builders import EMAIL, HARMLESS, HOLDS, IN_DANGER, STIGMA, Community, Member, published

KIND = "Thank you for writing. Please leave out where others live."


async def about(community: Community) -> tuple[Member, Member, Message]:
    """Return a member, a moderator, and a message of the member's."""
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    said = published(await community.say(rowan, (await community.room()).id, HARMLESS))
    return rowan, linnet, await community.message(said.message_id)


async def places(community: Community, kind: PlaceKind) -> list[Place]:
    async with community.services.database.reading() as session:
        return list((await session.exec(select(Place).where(Place.kind == kind))).all())


async def test_the_member_reads_the_team_and_moderators_read_who_it_was(community: Community) -> None:
    rowan, linnet, message = await about(community)
    letter_id = await letter(community.services, Letter(message.id, rowan.id, linnet.id, KIND))

    async with community.services.database.reading() as session:
        case = await case_of(session, message.id, rowan.id)
        assert case is not None
        [as_member] = await letters_of(session, case, rowan.id)
        [as_team] = await letters_of(session, case, linnet.id)

    assert (as_member.id, as_member.author, as_member.mine) == (letter_id, None, False)
    assert (as_team.author, as_team.mine) == ("Linnet", True)


@pytest.mark.everywhere
async def test_the_first_letters_at_once_make_one_case_also_without_a_message(community: Community) -> None:
    rowan, linnet, message = await about(community)

    for about_id in (message.id, None):
        wanted = [Letter(about_id, rowan.id, linnet.id, f"{KIND} {number}") for number in range(4)]
        await asyncio.gather(*(letter(community.services, one) for one in wanted))

    async with community.services.database.reading() as session:
        cases = (await session.exec(select(Case))).all()
    assert (len(cases), len(await places(community, PlaceKind.CASE))) == (2, 2)


@pytest.mark.parametrize("text", ["", "  ", HOLDS, STIGMA, f"Write to {EMAIL}."])
async def test_a_letter_that_does_not_pass_is_not_kept_and_the_reason_is_told(
    community: Community, text: str
) -> None:
    rowan, linnet, message = await about(community)

    with pytest.raises(Invalid) as error:
        await letter(community.services, Letter(message.id, rowan.id, linnet.id, text))

    async with community.services.database.reading() as session:
        kept = (await session.exec(select(Message.id).where(Message.author_id == linnet.id))).all()
        waiting = (await session.exec(select(ReviewItem.id))).all()
    assert set(error.value.fields) == {"letter"}
    assert (kept, waiting) == ([], [])


async def test_a_note_may_quote_but_passes_the_same_door(community: Community) -> None:
    rowan, linnet, message = await about(community)

    kept = await remark(community.services, Remark(message.id, rowan.id, linnet.id, STIGMA))
    with pytest.raises(Invalid) as error:
        await remark(community.services, Remark(message.id, rowan.id, linnet.id, HOLDS))

    assert (await community.message(kept)).text == STIGMA
    assert set(error.value.fields) == {"why"}


async def test_notes_are_not_read_by_whom_they_are_about_be_it_a_moderator(community: Community) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)
    siskin = await community.member("Siskin", Role.MODERATOR)
    said = published(await community.say(linnet, (await community.room()).id, HARMLESS))
    note = await remark(community.services, Remark(said.message_id, linnet.id, siskin.id, "Please look."))

    async with community.services.database.reading() as session:
        case = await case_of(session, said.message_id, linnet.id)
        assert case is not None
        seen = [len(await remarks_of(session, case, one.id)) for one in (linnet, siskin)]
    async with community.browser(linnet) as theirs, community.browser(siskin) as own:
        answers = [(await browser.get(f"/messages/{note}")).status_code for browser in (theirs, own)]

    assert seen == [0, 1]
    assert answers == [404, 303]


async def test_danger_that_the_team_speaks_of_alerts_nobody(community: Community) -> None:
    rowan, linnet, message = await about(community)

    await remark(community.services, Remark(message.id, rowan.id, linnet.id, IN_DANGER))

    async with community.services.database.reading() as session:
        assert (await session.exec(select(CareAlert))).all() == []


async def test_only_moderators_write_and_nobody_in_their_own_case(community: Community) -> None:
    rowan, linnet, message = await about(community)

    with pytest.raises(NotFound):
        await letter(community.services, Letter(message.id, rowan.id, rowan.id, KIND))
    with pytest.raises(Forbidden):
        await letter(community.services, Letter(message.id, linnet.id, linnet.id, KIND))


async def test_the_same_words_to_many_are_no_repetition(community: Community) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)
    room = await community.room()
    for name in ("Rowan", "Wren", "Iris"):
        member = await community.member(name)
        said = published(await community.say(member, room.id, HARMLESS))
        assert await letter(community.services, Letter(said.message_id, member.id, linnet.id, KIND))


async def test_the_same_nonce_is_the_same_letter(community: Community) -> None:
    rowan, linnet, message = await about(community)
    wanted = Letter(message.id, rowan.id, linnet.id, KIND)

    sent = {await letter(community.services, wanted) for _ in range(2)}

    assert len(sent) == 1
