"""Claims about the team's pages: each has one place, the newest counts, and history keeps the rest."""

import pytest

from forum.accounts.roles import Role
from forum.policies.revising import Revision, revise
from forum.policies.sheets import Sheet, current, currents, history, versions, waiting
from forum.spaces.tables import PlaceKind
from tests.builders import HOLDS, Community, Member
from tests.forum.talk import statements

KIND, SAFE = Sheet(PlaceKind.GUIDELINE, "kindness"), Sheet(PlaceKind.GUIDELINE, "safety")


@pytest.fixture
async def harbour(community: Community) -> Member:
    """An administrator."""
    return await community.member("Harbour", Role.ADMINISTRATOR)


async def revised(community: Community, author: Member, sheet: Sheet, version: int, text: str) -> None:
    await revise(community.services, Revision(sheet, author.id, version, "A title", text))


def test_a_page_always_has_the_same_place_and_another_page_has_another() -> None:
    assert KIND.place_id == Sheet(PlaceKind.GUIDELINE, "kindness").place_id
    assert len({KIND.place_id, SAFE.place_id, Sheet(PlaceKind.WORDING, "kindness").place_id}) == 3


async def test_what_counts_is_the_newest_and_history_keeps_the_rest(
    community: Community, harbour: Member
) -> None:
    await revised(community, harbour, KIND, 0, "First.")
    await revised(community, harbour, KIND, 1, "Second.")
    await revised(community, harbour, SAFE, 0, "Safe.")
    await revised(community, harbour, SAFE, 1, HOLDS)

    async with community.services.database.reading() as session:
        now = await current(session, KIND)
        assert now is not None
        assert (now.text, now.seq) == ("Second.", 2)
        assert [one.text for one in await history(session, KIND)] == ["Second.", "First."]
        assert [name for name, _ in await versions(session, PlaceKind.GUIDELINE)] == [
            "kindness",
            "kindness",
            "safety",
        ]
        with statements(community.services) as asked:
            counting = await currents(session, PlaceKind.GUIDELINE)
        assert {name: one.text for name, one in counting.items()} == {
            "kindness": "Second.",
            "safety": "Safe.",
        }
        assert len(asked) == 1
        assert await waiting(session, PlaceKind.GUIDELINE) == {"safety"}


async def test_a_page_that_nobody_wrote_has_no_version(community: Community) -> None:
    async with community.services.database.reading() as session:
        assert await current(session, KIND) is None
        assert await history(session, KIND) == []
