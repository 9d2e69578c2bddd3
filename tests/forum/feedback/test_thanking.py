"""Thanks: by a guest, through the one door, for the hosts and their author; the desk judges what waits."""

from contextlib import suppress
from uuid import uuid4

import pytest

from forum.accounts.roles import Role
from forum.calendar.tables import Occurrence
from forum.errors import Closed, Conflict, Forbidden, NotFound
from forum.feedback.thanking import own_thanks, thank, thanks_for
from forum.messages.publishing import submit
from forum.messages.submission import Answer, Edit, Published, Reply, Submission
from forum.messages.submission import Choice as Chosen
from forum.messages.tables import State
from forum.messages.withdrawing import withdraw
from forum.review.decisions import Decision
from forum.review.items import Kind
from forum.review.matters import latest_item
from forum.review.outcomes import Action
from forum.review.reporting import report
from forum.review.ruling import rule
from forum.spaces.access import find_place
from tests.builders import GIVES_AWAY, HOLDS, Community, Member, asked, held, published
from tests.forum.feedback.evenings import Said, evening, manager_of, sign_up

WORDS = "Thank you for holding this so gently."


async def say_thanks(community: Community, guest: Member, date: Occurrence, text: str = WORDS) -> Answer:
    """Thank the hosts; the answer is what became of the words."""
    said = Submission(Reply(uuid4()), guest.id, text)
    return (await thank(community.services, guest.viewer, date.id, said))[0]


async def tea(community: Community, *guests: Member, hosts: tuple[Member, ...]) -> Occurrence:
    """Hold a gathering to which these came."""
    date = await evening(community, await manager_of(community), *hosts)
    for one in guests:
        await sign_up(community, date, one.id, Said(came=True))
    return date


async def read_by(community: Community, date: Occurrence, *people: Member) -> dict[str, list[str]]:
    """Return whose thanks each of these reads."""
    async with community.services.database.reading() as session:
        return {
            one.viewer.handle: [said.author.handle for said in await thanks_for(session, date.id, one.viewer)]
            for one in people
        }


@pytest.mark.everywhere
async def test_thanks_are_read_by_the_hosts_and_their_author_alone(community: Community) -> None:
    rowan, wren, other = [await community.member(name) for name in ("Rowan", "Wren", "Siskin")]
    hosts = await community.member("Juniper"), await community.member("Teasel")
    date = await tea(community, rowan, wren, hosts=hosts)
    said = published(await say_thanks(community, rowan, date))
    published(await say_thanks(community, wren, date, "Good night, and thanks."))
    found = set()

    people = (rowan, wren, other, *hosts)
    async with community.services.database.reading() as session:
        for one in (*people, await community.member("Dipper", Role.MANAGER)):
            with suppress(NotFound):
                await find_place(session, said.place_id, one.id, one.viewer.role)
                found.add(one.viewer.handle)
        with pytest.raises(NotFound):
            await find_place(session, said.place_id, None, None)

    assert await read_by(community, date, *people) == {
        "Rowan": ["Rowan"],
        "Wren": ["Wren"],
        "Siskin": [],
        "Juniper": ["Rowan", "Wren"],
        "Teasel": ["Rowan", "Wren"],
    }
    assert found == {"Rowan", "Juniper", "Teasel"}


async def test_hosts_do_not_answer_in_it_nor_does_anybody_but_its_author(community: Community) -> None:
    rowan, juniper = await community.member(), await community.member("Juniper")
    linnet = await community.member("Linnet", Role.MODERATOR)
    date = await tea(community, rowan, hosts=(juniper,))
    said = published(await say_thanks(community, rowan, date))

    for one in (juniper, linnet):
        with pytest.raises(NotFound):
            await community.say(one, said.place_id, "You are welcome.")


async def test_who_has_thanked_does_not_thank_twice_but_may_withdraw_and_write_anew(
    community: Community,
) -> None:
    rowan, juniper = await community.member(), await community.member("Juniper")
    date = await tea(community, rowan, hosts=(juniper,))
    first = published(await say_thanks(community, rowan, date))

    with pytest.raises(Conflict):
        await say_thanks(community, rowan, date, "And once more.")
    await withdraw(community.services, rowan.id, first.message_id)
    gone = await read_by(community, date, juniper)
    second = published(await say_thanks(community, rowan, date, "What I meant to say."))

    assert gone == {"Juniper": []}
    assert second.place_id == first.place_id
    assert await read_by(community, date, juniper) == {"Juniper": ["Rowan"]}


async def test_the_same_send_again_answers_what_became_of_the_first(community: Community) -> None:
    rowan, juniper = await community.member(), await community.member("Juniper")
    date = await tea(community, rowan, hosts=(juniper,))
    said = Submission(Reply(uuid4()), rowan.id, WORDS)

    answers = [(await thank(community.services, rowan.viewer, date.id, said))[0] for _ in range(2)]

    assert isinstance(answers[0], Published)
    assert answers[0].message_id == published(answers[1]).message_id
    async with community.services.database.reading() as session:
        assert await own_thanks(session, date.id, rowan.id) == answers[0].message_id


async def test_an_author_is_asked_first_about_what_gives_them_away(community: Community) -> None:
    rowan, juniper = await community.member(), await community.member("Juniper")
    date = await tea(community, rowan, hosts=(juniper,))
    asked(await say_thanks(community, rowan, date, GIVES_AWAY))

    masked = Submission(Reply(uuid4()), rowan.id, GIVES_AWAY, choice=Chosen.MASKED)
    answer, _ = await thank(community.services, rowan.viewer, date.id, masked)

    assert "heather" not in (await community.message(published(answer).message_id)).text


async def test_only_guests_thank_and_only_when_it_is_over(community: Community) -> None:
    rowan, juniper, wren = [await community.member(name) for name in ("Rowan", "Juniper", "Wren")]
    date = await tea(community, rowan, juniper, hosts=(juniper,))

    with pytest.raises(Forbidden):
        await say_thanks(community, wren, date)
    with pytest.raises(Forbidden):
        await say_thanks(community, juniper, date)
    community.clock.forward(days=15)
    with pytest.raises(Closed):
        await say_thanks(community, rowan, date)


async def test_without_hosts_nobody_would_read_it_and_nothing_is_kept(community: Community) -> None:
    rowan = await community.member()
    date = await tea(community, rowan, hosts=())

    with pytest.raises(Conflict):
        await say_thanks(community, rowan, date)


async def test_what_is_held_is_judged_at_the_desk_and_then_read_by_the_hosts(community: Community) -> None:
    rowan, juniper = await community.member(), await community.member("Juniper")
    linnet = await community.member("Linnet", Role.MODERATOR)
    date = await tea(community, rowan, hosts=(juniper,))
    waiting = held(await say_thanks(community, rowan, date, HOLDS))
    before = await read_by(community, date, rowan, juniper)
    async with community.services.database.reading() as session:
        item = await latest_item(session, waiting.message_id)
    assert item is not None
    async with community.browser(linnet) as browser:
        at_the_desk = await browser.get(f"/desk/{waiting.message_id}")
        listed = await browser.get("/desk")

    await rule(community.services, Decision(item.id, linnet.id, item.version, Action.RELEASE))

    assert (item.kind, listed.status_code) == (Kind.HELD, 200)
    assert "thanks to the hosts" in listed.text
    assert "worthless" in at_the_desk.text
    assert before == {"Rowan": [], "Juniper": []}
    assert await read_by(community, date, rowan, juniper) == {"Rowan": ["Rowan"], "Juniper": ["Rowan"]}


async def test_a_host_reports_it_and_a_moderator_takes_it_down(community: Community) -> None:
    rowan, juniper, wren = [await community.member(name) for name in ("Rowan", "Juniper", "Wren")]
    linnet = await community.member("Linnet", Role.MODERATOR)
    date = await tea(community, rowan, wren, hosts=(juniper,))
    said = published(await say_thanks(community, rowan, date))
    with pytest.raises(NotFound):
        await report(community.services, wren.viewer, said.message_id, "unkind")

    await report(community.services, juniper.viewer, said.message_id, "unkind")

    async with community.services.database.reading() as session:
        item = await latest_item(session, said.message_id)
    assert item is not None
    decision = Decision(item.id, linnet.id, item.version, Action.TAKE_DOWN, reason="kindness")
    await rule(community.services, decision)
    assert (await community.message(said.message_id)).state == State.REMOVED
    assert await read_by(community, date, juniper) == {"Juniper": []}


async def test_an_edit_is_judged_like_new_words(community: Community) -> None:
    rowan, juniper = await community.member(), await community.member("Juniper")
    date = await tea(community, rowan, hosts=(juniper,))
    said = published(await say_thanks(community, rowan, date))
    version = (await community.message(said.message_id)).version

    held(await submit(community.services, Submission(Edit(said.message_id, version), rowan.id, HOLDS)))

    assert (await community.message(said.message_id)).text == WORDS
