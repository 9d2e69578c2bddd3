"""Claims about judging once more: what another policy would change, with everything else as it was."""

from dataclasses import replace
from pathlib import Path

import pytest

from forum.accounts.roles import Role
from forum.backtesting import Trial, backtest, read_draft
from forum.comparing import Comparison, Fate
from forum.messages.tables import Message
from forum.settings import ROOT
from forum.spaces.choosing import choose
from moderation.policy import PolicyFile
from moderation.verdict import Outcome
from tests.builders import HOLDS, Community, Member, held
from tests.forum.talk import ruled, say_many, statements, with_scorer
from tests.moderation.scorers import Answers, Raises

SHIPPED = ROOT / "moderation" / "policy.toml"


def drafted(**usual: str) -> PolicyFile:
    """Return the policy in force under another version, with another usual outcome for some rules."""
    policy = PolicyFile.load()
    rules = {
        name: replace(rule, usual=Outcome[usual.get(name, rule.usual.name).upper()])
        for name, rule in policy.rulebook.rules.items()
    }
    return replace(policy, rulebook=replace(policy.rulebook, version="draft", rules=rules))


async def tried(community: Community, trial: Trial) -> Comparison:
    return await backtest(community.services, trial, lambda _done, _total: None)


def counts(told: Comparison) -> dict[str, int]:
    return {fate.value: count for fate, count in told.newly.items()}


@pytest.fixture
async def rowan(community: Community) -> Member:
    """Somebody who writes."""
    return await community.member()


async def test_the_same_policy_changes_nothing(community: Community, rowan: Member) -> None:
    room = await community.room()
    await community.say(rowan, room.id)
    held(await community.say(rowan, room.id, HOLDS))

    told = await tried(community, Trial(drafted()))

    assert (told.messages, told.failed, counts(told)) == (2, 0, {})
    assert (told.before, told.after, told.scorer) == (PolicyFile.load().version, "draft", "lexicon")


@pytest.mark.parametrize(("usual", "fate"), [("refuse", Fate.REFUSED), ("nudge", Fate.ASKED)])
async def test_what_a_draft_would_change_is_counted_by_its_rule(
    community: Community, rowan: Member, usual: str, fate: Fate
) -> None:
    room = await community.room()
    await community.say(rowan, room.id)
    waits = held(await community.say(rowan, room.id, HOLDS))

    told = await tried(community, Trial(drafted(toxicity=usual), with_ids=True))

    assert told.newly == {fate: 1}
    assert told.rules == {fate: {"toxicity": 1}}
    assert told.ids == {fate: [waits.message_id]}


async def test_no_id_is_kept_unless_it_is_asked_for(community: Community, rowan: Member) -> None:
    held(await community.thread(rowan, HOLDS))

    told = await tried(community, Trial(drafted(toxicity="refuse")))

    assert told.newly.total() == 1
    assert told.ids is None


async def test_what_a_space_has_chosen_stays_chosen(community: Community, rowan: Member) -> None:
    first, second = await community.space(slug="first"), await community.space(slug="second")
    for space in (first, second):
        await community.thread(rowan, HOLDS, space=space)
    await choose(community.services, first.id, {"toxicity": "refuse"})

    told = await tried(community, Trial(drafted(toxicity="nudge")))

    assert (told.messages, told.newly) == (2, {Fate.ASKED: 1})


async def test_agreement_with_moderators_is_told_for_both_policies(
    community: Community, rowan: Member
) -> None:
    iris, room = await community.member("Iris", Role.MODERATOR), await community.room()
    released, refused_ = [held(await community.say(rowan, room.id, f"{HOLDS} {n}")) for n in ("One.", "Two.")]
    await ruled(community, iris, released.message_id, release=True)
    await ruled(community, iris, refused_.message_id, release=False)
    await community.say(rowan, room.id)

    told = await tried(community, Trial(drafted(toxicity="nudge")))
    stricter = await tried(community, Trial(drafted(toxicity="refuse")))

    assert (told.ruled, told.agreed_before, told.agreed_after) == (2, 1, 1)
    assert (stricter.ruled, stricter.agreed_before, stricter.agreed_after) == (2, 1, 1)
    assert told.newly == {Fate.ASKED: 2}


async def test_what_was_edited_after_a_ruling_nobody_ruled_on(community: Community, rowan: Member) -> None:
    iris, room = await community.member("Iris", Role.MODERATOR), await community.room()
    waits = held(await community.say(rowan, room.id, HOLDS))
    await ruled(community, iris, waits.message_id, release=True)
    before = await tried(community, Trial(drafted()))
    community.clock.forward(minutes=1)
    async with community.services.database.transaction() as tx:
        row = await tx.session.get_one(Message, waits.message_id)
        row.edited_at = community.clock()

    after = await tried(community, Trial(drafted()))

    assert (before.ruled, after.ruled) == (1, 0)


async def test_only_the_last_days_are_judged(community: Community, rowan: Member) -> None:
    room = await community.room()
    await community.say(rowan, room.id, HOLDS)
    community.clock.forward(days=10)
    await community.say(rowan, room.id, HOLDS)

    told = [(await tried(community, Trial(drafted(), days))).messages for days in (9, 11)]

    assert told == [1, 2]


async def test_a_failure_of_ours_is_counted_apart(community: Community, rowan: Member) -> None:
    await community.thread(rowan)
    community.services = replace(with_scorer(community.services, Raises()), scorer=Raises())

    told = await tried(community, Trial(drafted(toxicity="refuse")))

    assert (told.messages, told.failed, counts(told)) == (1, 1, {})


async def test_the_scorer_is_asked_once_for_each_text(community: Community, rowan: Member) -> None:
    room, scorer = await community.room(), Answers()
    await say_many(community, rowan, room.id, 3)

    told = await backtest(
        replace(community.services, scorer=scorer), Trial(drafted()), lambda _done, _total: None
    )

    assert (told.messages, len(scorer.asked)) == (3, 3)


async def test_pages_bound_what_is_read_at_once_and_progress_is_told(
    community: Community, rowan: Member
) -> None:
    room = await community.room()
    await say_many(community, rowan, room.id, 5)
    heard: list[tuple[int, int]] = []

    with statements(community.services) as said:
        trial = Trial(drafted(), page=2)
        await backtest(community.services, trial, lambda done, total: heard.append((done, total)))

    assert heard == [(2, 5), (4, 5), (5, 5)]
    assert not any(words.startswith(("INSERT", "UPDATE", "DELETE")) for words in said)


async def test_a_policy_file_that_cannot_be_used_is_said_in_plain_words(tmp_path: Path) -> None:
    broken, other = tmp_path / "broken.toml", tmp_path / "picture.toml"
    broken.write_text("version = ")
    other.write_bytes(b"\xff\xfe\x00")

    with pytest.raises(ValueError, match=r"nowhere\.toml cannot be read: No such file or directory\."):
        read_draft(tmp_path / "nowhere.toml")
    with pytest.raises(ValueError, match=r"broken\.toml: The policy cannot be read"):
        read_draft(broken)
    with pytest.raises(ValueError, match="is no text in UTF-8"):
        read_draft(other)


def test_the_policy_that_ships_is_a_policy_file() -> None:
    assert read_draft(SHIPPED).version == PolicyFile.load().version
