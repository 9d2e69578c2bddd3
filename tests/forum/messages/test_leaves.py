"""Claims about pages that the team keeps: who writes them, which version counts, and that none is lost."""

import asyncio

import pytest
from sqlmodel import select

from forum.accounts.roles import Role
from forum.accounts.tables import Account
from forum.errors import Conflict, ForumError, NotFound
from forum.messages.leaves import may_keep
from forum.messages.publishing import submit
from forum.messages.submission import Answer, Edit, Leaf, Published, Reply, Submission
from forum.messages.tables import Message, State
from forum.policies.revising import Revision, revise
from forum.policies.sheets import Sheet
from forum.spaces.tables import PlaceKind
from tests.builders import HOLDS, Community, Member, held, published
from tests.forum.talk import ruled

KIND = Sheet(PlaceKind.GUIDELINE, "kindness")
WORDING = Sheet(PlaceKind.WORDING, "refusal")


async def revised(
    community: Community, author: Member, version: int, text: str, sheet: Sheet = KIND
) -> Answer:
    return await revise(community.services, Revision(sheet, author.id, version, "Be kind", text))


async def states(community: Community, sheet: Sheet = KIND) -> list[tuple[int | None, str, str]]:
    async with community.services.database.reading() as session:
        query = select(Message).where(Message.place_id == sheet.place_id).order_by(Message.id)  # type: ignore[arg-type]
        return [(one.seq, one.state, one.text) for one in (await session.exec(query)).all()]


@pytest.fixture
async def harbour(community: Community) -> Member:
    """An administrator."""
    return await community.member("Harbour", Role.ADMINISTRATOR)


async def test_a_new_version_takes_the_place_of_the_last_which_keeps_its_words(
    community: Community, harbour: Member
) -> None:
    first = published(await revised(community, harbour, 0, "Be kind, please."))
    second = published(await revised(community, harbour, 1, "Be kind, please, always."))

    assert (first.seq, second.seq) == (1, 2)
    assert await states(community) == [
        (1, State.SUPERSEDED, "Be kind, please."),
        (2, State.PUBLISHED, "Be kind, please, always."),
    ]


@pytest.mark.parametrize("role", [Role.MEMBER, Role.MENTOR, Role.MANAGER, Role.MODERATOR])
async def test_only_administrators_keep_guidelines(community: Community, role: Role) -> None:
    rowan = await community.member(role=role)

    with pytest.raises(NotFound):
        await revised(community, rowan, 0, "Be loud.")


def test_wordings_are_kept_by_moderators_and_nothing_else_is() -> None:
    assert [role for role in Role if may_keep(PlaceKind.WORDING, role)] == [
        Role.MODERATOR,
        Role.ADMINISTRATOR,
    ]
    assert [role for role in Role if may_keep(PlaceKind.SOURCE_NOTE, role)] == [Role.ADMINISTRATOR]
    assert not any(may_keep(PlaceKind.THREAD, role) for role in Role)


async def test_a_thread_is_no_page(community: Community, harbour: Member) -> None:
    thread = published(await community.thread(harbour))

    with pytest.raises(NotFound):
        await submit(
            community.services, Submission(Leaf(thread.place_id, "Title", 1), harbour.id, "New words.")
        )


@pytest.mark.everywhere
async def test_two_at_once_make_one_version_and_one_conflict(community: Community, harbour: Member) -> None:
    other = await community.member("Linnet", Role.ADMINISTRATOR)
    published(await revised(community, harbour, 0, "Be kind."))

    answers = await asyncio.gather(
        revised(community, harbour, 1, "Be kind, says Harbour."),
        revised(community, other, 1, "Be kind, says Linnet."),
        return_exceptions=True,
    )

    assert sorted(type(one).__name__ for one in answers) == ["Conflict", "Published"]
    assert [state for _, state, _ in await states(community)] == [State.SUPERSEDED, State.PUBLISHED]


@pytest.mark.everywhere
async def test_two_first_versions_at_once_make_one_page(community: Community, harbour: Member) -> None:
    other = await community.member("Linnet", Role.ADMINISTRATOR)

    answers = await asyncio.gather(
        revised(community, harbour, 0, "Be kind, says Harbour."),
        revised(community, other, 0, "Be kind, says Linnet."),
        return_exceptions=True,
    )

    assert sorted(type(one).__name__ for one in answers) == ["Conflict", "Published"]
    assert len(await states(community)) == 1


async def test_the_same_send_again_is_the_same_version(community: Community, harbour: Member) -> None:
    revision = Revision(KIND, harbour.id, 0, "Be kind", "Be kind, please.")
    first = await revise(community.services, revision)

    assert await revise(community.services, revision) == first
    assert len(await states(community)) == 1


async def test_a_version_that_waits_counts_once_somebody_else_released_it(
    community: Community, harbour: Member
) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)
    published(await revised(community, harbour, 0, "Be kind."))
    waits = held(await revised(community, harbour, 1, HOLDS))

    with pytest.raises(Conflict):
        await revised(community, harbour, 1, "Be kind, once more.")
    await ruled(community, linnet, waits.message_id, release=True)

    assert await states(community) == [
        (1, State.SUPERSEDED, "Be kind."),
        (2, State.PUBLISHED, HOLDS),
    ]


async def test_mending_a_comma_repeats_nothing(community: Community, harbour: Member) -> None:
    text = "Be kind, also when you disagree with somebody about how they recover."

    for version in range(4):
        assert isinstance(await revised(community, harbour, version, text + "!" * version), Published)


async def test_a_page_is_neither_edited_nor_answered(community: Community, harbour: Member) -> None:
    first = published(await revised(community, harbour, 0, "Be kind."))
    row = await community.message(first.message_id)

    for target in (Edit(first.message_id, row.version), Reply(first.place_id)):
        with pytest.raises(NotFound):
            await submit(community.services, Submission(target, harbour.id, "Be loud."))


async def test_somebody_demoted_meanwhile_keeps_nothing(community: Community, harbour: Member) -> None:
    async with community.services.database.transaction() as tx:
        (await tx.session.get_one(Account, harbour.id)).role = Role.MEMBER

    with pytest.raises(ForumError):
        await revised(community, harbour, 0, "Be kind.")
    assert await states(community) == []


async def test_moderators_keep_wordings(community: Community) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)

    assert isinstance(await revised(community, linnet, 0, "Hello {handle}.", WORDING), Published)
