"""Claims about the change log: the newest first, against what stood there before, and names nobody."""

from forum.accounts.roles import Role
from forum.policies.guideline_log import change_log
from forum.policies.revising import Revision, revise
from forum.policies.sheets import Sheet
from forum.spaces.tables import PlaceKind
from tests.builders import Community, published
from tests.forum.talk import statements

KIND = Sheet(PlaceKind.GUIDELINE, "room-for-all")


async def test_each_version_is_told_against_the_one_before_it(community: Community) -> None:
    harbour = await community.member("Harbour", Role.ADMINISTRATOR)
    ours = "Say it once, keep to the subject, and do not fill a thread or a room."
    for version, text in enumerate([ours.replace("once", "twice"), ours.replace("once", "thrice")]):
        community.clock.forward(days=1)
        revision = Revision(KIND, harbour.id, version, "Leave room for others", text)
        published(await revise(community.services, revision))

    async with community.services.database.reading() as session:
        with statements(community.services) as asked:
            log = await change_log(session, community.services.renderer)

    assert [(one.version, one.at.day) for one in log] == [(2, 24), (1, 23)]
    assert [[(p.kind, p.words) for p in one.pieces if p.kind in ("gone", "new")] for one in log] == [
        [("gone", "twice,"), ("new", "thrice,")],
        [("gone", "once,"), ("new", "twice,")],
    ]
    assert len(asked) == 1


async def test_without_a_change_there_is_no_log(community: Community) -> None:
    async with community.services.database.reading() as session:
        assert await change_log(session, community.services.renderer) == []
