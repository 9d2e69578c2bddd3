"""What everybody in a meeting is told: how far it is, and of people nothing but handles."""

import json
from dataclasses import asdict

from forum.meetings.telling import state_of_meeting, told_now
from tests.builders import Community, published
from tests.forum.meetings.gathered import planned
from tests.forum.talk import heard


async def test_every_change_is_told_once_to_everybody_with_a_higher_version(community: Community) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    meeting = await planned(community, rowan, wren)

    async with heard(community.services, meeting.place_id) as frames:
        await meeting.open()
        for one in (rowan, wren, wren):
            await meeting.do(one, "raise")
        await meeting.do(meeting.host, "next", seen="")
        await meeting.do(meeting.host, "step", seen=0)
        await meeting.do(meeting.host, "end")

    told = [frame for frame in frames if frame["type"] == "meeting"]
    assert [frame["version"] for frame in told] == [2, 3, 4, 5, 6, 7]
    assert [frame["phase"] for frame in told] == ["open"] * 5 + ["closed"]
    assert [len(frame["hands"]) for frame in told] == [0, 1, 2, 1, 1, 0]
    assert told[3]["sharing"]["handle"] == "Rowan"
    assert told[3]["sharing"]["member"] == str(rowan.id)
    assert told[3]["hands"] == [[str(wren.id), "Wren"]]
    assert told[4]["step"] == 1
    assert told[5]["sharing"] is None


async def test_nothing_anybody_wrote_is_in_it(community: Community) -> None:
    rowan = await community.member()
    meeting = await planned(community, rowan, agenda="5 Zeppelin", venue="Zeppelin", takes_questions=True)
    await meeting.open()
    await meeting.arrive(meeting.host)
    published(await community.say(rowan, meeting.place_id, "A zeppelin line."))

    async with community.services.database.reading() as session:
        state = await state_of_meeting(session, await meeting.held())

    assert "zeppelin" not in json.dumps(asdict(state)).lower()


async def test_who_comes_in_is_told_what_time_it_is_here(community: Community) -> None:
    meeting = await planned(community)

    told = await told_now(community.services, (await meeting.held()).place)

    assert (told["type"], told["phase"], told["place"]) == ("meeting", "lobby", str(meeting.place_id))
    assert told["now"] == "2026-11-22T18:00:00.000+00:00"
    assert told["starts_at"] == "2026-11-22T19:00:00.000+00:00"
    assert told["closes_at"] == "2026-11-22T20:15:00.000+00:00"


async def test_words_of_others_are_counted_and_nobody_is_named(community: Community) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    meeting = await planned(community, rowan, wren)
    await meeting.open()
    await meeting.do(rowan, "raise")
    await meeting.do(meeting.host, "next", seen="")
    turn = await meeting.sharing()
    assert turn is not None

    async with heard(community.services, meeting.place_id) as frames:
        await meeting.do(wren, "react", seen=turn.id, word="heard")
        await meeting.do(meeting.host, "react", seen=turn.id, word="heard")
        await meeting.do(meeting.host, "react", seen=turn.id, word="with_you")

    assert frames[-1]["sharing"]["reactions"] == {"with_you": 1, "thank_you": 0, "heard": 2}
    assert "Wren" not in json.dumps(frames)
    assert str(wren.id) not in json.dumps(frames)
