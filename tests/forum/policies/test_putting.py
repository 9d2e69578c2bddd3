"""Claims about putting in force: only what was tried, never over somebody else's, always on record."""

import asyncio
import json

import pytest
from sqlmodel import select

from forum.accounts.roles import Role
from forum.accounts.tables import Account
from forum.audit.tables import AuditEntry
from forum.errors import Conflict, Invalid, NotFound
from forum.messages.findings import findings_of
from forum.messages.submission import Refused
from forum.policies.own import Own
from forum.policies.putting import Prepared, note_trial, put_in_force, revert, save_draft
from forum.policies.tables import PolicyDraft, PolicyVersion
from moderation.policy import PolicyFile
from moderation.verdict import Outcome
from tests.builders import HOLDS, Community, Member, held, published

SHIPPED = PolicyFile.load().version
STRICT = Own({"toxicity": Outcome.REFUSE})


@pytest.fixture
async def harbour(community: Community) -> Member:
    """An administrator."""
    return await community.member("Harbour", Role.ADMINISTRATOR)


async def prepared(
    community: Community, admin: Member, words: str = "", own: Own | None = None, based_on: int = 0
) -> PolicyDraft:
    draft = await save_draft(community.services, Prepared(admin.id, based_on, words, own or Own()))
    await note_trial(community.services, draft, "{}")
    return draft


async def versions(community: Community) -> list[PolicyVersion]:
    async with community.services.database.reading() as session:
        return list((await session.exec(select(PolicyVersion).order_by(PolicyVersion.number))).all())  # type: ignore[arg-type]


async def test_what_is_put_in_force_judges_the_next_message_and_is_kept_with_its_findings(
    community: Community, harbour: Member
) -> None:
    rowan, room = await community.member(), await community.room()
    held(await community.say(rowan, room.id, HOLDS))
    draft = await prepared(community, harbour, "casino\n!lottery", STRICT)

    number = await put_in_force(community.services, harbour.id, draft.version)

    assert number == 1
    assert community.services.pipeline.policy.version == f"{SHIPPED}+1"
    waits = held(await community.say(rowan, room.id, "See you at the casino."))
    assert [one.rule for one in waits.findings] == ["words"]
    assert isinstance(await community.say(rowan, room.id, "Play the lottery."), Refused)
    again = await community.say(rowan, room.id, HOLDS + " Really.")
    assert isinstance(again, Refused)
    assert again.message_id is not None
    async with community.services.database.reading() as session:
        found = (await findings_of(session, [again.message_id]))[again.message_id]
    assert {one.policy for one in found} == {f"{SHIPPED}+1"}


async def test_a_draft_changes_nothing_until_it_is_put_in_force(
    community: Community, harbour: Member
) -> None:
    rowan, room = await community.member(), await community.room()

    await prepared(community, harbour, "!walk", STRICT)

    published(await community.say(rowan, room.id))
    assert community.services.pipeline.policy.version == SHIPPED


@pytest.mark.parametrize("words", ["casino\n!casino", "!", "x" * 101, "x\n" * 20_001])
async def test_a_broken_draft_is_not_kept_and_never_takes_effect(
    community: Community, harbour: Member, words: str
) -> None:
    with pytest.raises(Invalid) as caught:
        await prepared(community, harbour, words)

    assert set(caught.value.fields) == {"words"}
    with pytest.raises(Conflict):
        await put_in_force(community.services, harbour.id, 1)
    assert await versions(community) == []


async def test_an_untried_draft_or_one_that_was_saved_again_is_not_put_in_force(
    community: Community, harbour: Member
) -> None:
    tried = await prepared(community, harbour, "casino")
    untried = await save_draft(community.services, Prepared(harbour.id, 0, "lottery", Own()))
    await note_trial(community.services, tried, "{}")

    for version in (tried.version, untried.version):
        with pytest.raises(Conflict):
            await put_in_force(community.services, harbour.id, version)
    assert await versions(community) == []


async def test_the_second_of_two_administrators_gets_a_conflict_and_keeps_the_draft(
    community: Community, harbour: Member
) -> None:
    linnet = await community.member("Linnet", Role.ADMINISTRATOR)
    ours = await prepared(community, harbour, "casino")
    theirs = await prepared(community, linnet, "lottery")

    answers = await asyncio.gather(
        put_in_force(community.services, harbour.id, ours.version),
        put_in_force(community.services, linnet.id, theirs.version),
        return_exceptions=True,
    )

    assert sorted(type(one).__name__ for one in answers) == ["Conflict", "int"]
    assert len(await versions(community)) == 1
    async with community.services.database.reading() as session:
        left = (await session.exec(select(PolicyDraft))).all()
    assert len(left) == 1
    assert {left[0].words, (await versions(community))[0].words} == {"casino", "lottery"}


async def test_an_earlier_version_comes_back_as_a_new_one(community: Community, harbour: Member) -> None:
    first = await prepared(community, harbour, "casino")
    await put_in_force(community.services, harbour.id, first.version)
    second = await prepared(community, harbour, "lottery", based_on=1)
    await put_in_force(community.services, harbour.id, second.version)

    assert await revert(community.services, harbour.id, 1, 2) == 3
    assert community.services.words.held_words == ("casino",)
    assert await revert(community.services, harbour.id, 0, 3) == 4
    assert not community.services.words.held_words
    assert [(one.number, one.reverts, one.words) for one in await versions(community)] == [
        (1, None, "casino"),
        (2, None, "lottery"),
        (3, 1, "casino"),
        (4, 0, ""),
    ]


async def test_bringing_back_what_is_not_there_or_over_somebody_elses_changes_nothing(
    community: Community, harbour: Member
) -> None:
    first = await prepared(community, harbour, "casino")
    await put_in_force(community.services, harbour.id, first.version)

    with pytest.raises(NotFound):
        await revert(community.services, harbour.id, 7, 1)
    with pytest.raises(Conflict):
        await revert(community.services, harbour.id, 0, 0)
    assert len(await versions(community)) == 1


async def test_whoever_is_no_administrator_any_more_puts_nothing_in_force(
    community: Community, harbour: Member
) -> None:
    draft = await prepared(community, harbour, "casino")
    async with community.services.database.transaction() as tx:
        (await tx.session.get_one(Account, harbour.id)).role = Role.MANAGER

    with pytest.raises(NotFound):
        await put_in_force(community.services, harbour.id, draft.version)
    with pytest.raises(NotFound):
        await revert(community.services, harbour.id, 0, 0)
    with pytest.raises(NotFound):
        await prepared(community, harbour, "lottery")


async def test_the_log_has_counts_and_names_and_no_word_of_the_list(
    community: Community, harbour: Member
) -> None:
    draft = await prepared(community, harbour, "zeppelin\n!lottery", STRICT)

    await put_in_force(community.services, harbour.id, draft.version)

    async with community.services.database.reading() as session:
        entry = (await session.exec(select(AuditEntry).where(AuditEntry.act == "policy"))).one()
    assert (entry.subject, entry.actor_id) == ("policy", harbour.id)
    assert json.loads(entry.details) == {
        "version": 1,
        "reverts": None,
        "held_words": 1,
        "refused_words": 1,
        "rules": "toxicity",
        "scores": 0,
        "signs": 0,
    }
