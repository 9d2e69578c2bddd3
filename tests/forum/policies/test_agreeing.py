"""Claims about agreeing anew: whoever has not agreed reads on, and writes once they have."""

import json

import pytest
from sqlmodel import select

from forum.accounts.roles import Role
from forum.accounts.tables import Account
from forum.audit.tables import AuditEntry
from forum.errors import Conflict, Invalid, NotAccepted, NotFound
from forum.guidelines import VERSION
from forum.policies.agreeing import Asking, agree, ask_anew
from forum.policies.revising import Revision, revise
from forum.policies.sheets import Sheet
from forum.spaces.tables import PlaceKind
from tests.builders import Community, Member, published

KIND = Sheet(PlaceKind.GUIDELINE, "kindness")


@pytest.fixture
async def harbour(community: Community) -> Member:
    """An administrator who has put a guideline in other words."""
    harbour = await community.member("Harbour", Role.ADMINISTRATOR)
    published(await revise(community.services, Revision(KIND, harbour.id, 0, "Warmth", "Be warm.")))
    return harbour


async def test_whoever_has_not_agreed_cannot_write_until_they_have(
    community: Community, harbour: Member
) -> None:
    rowan, room = await community.member(), await community.room()
    published(await community.say(rowan, room.id))

    version = await ask_anew(community.services, Asking(harbour.id, "kindness", 1))

    assert version == f"{VERSION}+1"
    with pytest.raises(NotAccepted):
        await community.say(rowan, room.id, "Another line.")
    published(await community.say(harbour, room.id, "I have agreed by asking."))
    await agree(community.services, rowan.id, version)
    published(await community.say(rowan, room.id, "Another line."))


async def test_agreeing_to_an_earlier_version_is_not_enough(community: Community, harbour: Member) -> None:
    rowan = await community.member()
    earlier = await ask_anew(community.services, Asking(harbour.id, "kindness", 1))
    await ask_anew(community.services, Asking(harbour.id, "kindness", 1))

    with pytest.raises(Invalid):
        await agree(community.services, rowan.id, earlier)
    async with community.services.database.reading() as session:
        assert (await session.get_one(Account, rowan.id)).guidelines_version == VERSION


async def test_asking_is_recorded(community: Community, harbour: Member) -> None:
    await ask_anew(community.services, Asking(harbour.id, "kindness", 1))

    async with community.services.database.reading() as session:
        query = select(AuditEntry).order_by(AuditEntry.seq.desc()).limit(1)  # type: ignore[attr-defined]
        entry = (await session.exec(query)).one()
    assert (entry.act, entry.actor_id, entry.subject) == ("guideline", harbour.id, "guideline:kindness")
    assert json.loads(entry.details) == {"version": 1, "anew": True}


@pytest.mark.parametrize("version", [0, 2])
async def test_a_stale_version_asks_nobody(community: Community, harbour: Member, version: int) -> None:
    with pytest.raises(Conflict):
        await ask_anew(community.services, Asking(harbour.id, "kindness", version))

    assert community.services.in_force.accept == VERSION


async def test_only_administrators_ask(community: Community, harbour: Member) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)

    with pytest.raises(NotFound):
        await ask_anew(community.services, Asking(linnet.id, "kindness", 1))


async def test_whoever_signs_up_now_agrees_to_what_counts_now(community: Community, harbour: Member) -> None:
    version = await ask_anew(community.services, Asking(harbour.id, "kindness", 1))

    async with community.browser() as browser:
        page = await browser.get("/sign-up")

    assert f'name="guidelines_version" value="{version}"' in page.text
