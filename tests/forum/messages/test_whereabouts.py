"""Places are named in one query, and never by words that were taken back."""

from forum.messages.publishing import submit
from forum.messages.submission import Profile, Submission
from forum.messages.whereabouts import where
from forum.messages.withdrawing import withdraw
from tests.builders import Community, published
from tests.forum.talk import statements


async def test_every_kind_of_place_has_a_name(community: Community) -> None:
    rowan, room = await community.member(), await community.room(name="Evening check-in")
    thread = published(await community.thread(rowan, title="The walk home"))
    gone = published(await community.thread(rowan, "Never mind this one.", "A title I regret"))
    await withdraw(community.services, rowan.id, gone.message_id)
    profile = published(await submit(community.services, Submission(Profile(), rowan.id, "I like tea.")))
    ids = [room.id, thread.place_id, gone.place_id, profile.place_id]

    async with community.services.database.reading() as session:
        with statements(community.services) as said:
            named = await where(session, community.services.renderer, ids)

    assert [named[place_id] for place_id in ids] == [
        "Evening check-in",
        "The walk home",
        "a thread without a title",
        "a profile",
    ]
    assert len(said) == 1


async def test_no_places_need_no_query(community: Community) -> None:
    async with community.services.database.reading() as session:
        with statements(community.services) as said:
            named = await where(session, community.services.renderer, [])

    assert (named, said) == ({}, [])
