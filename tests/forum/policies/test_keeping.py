"""Claims about keeping up: restarts and other processes take up what is in force; the broken does not."""

from dataclasses import replace

from forum.accounts.roles import Role
from forum.in_force import InForce
from forum.policies.agreeing import Asking, ask_anew
from forum.policies.keeping import EVERY_SECONDS, KEEPING, refresh
from forum.policies.own import Own
from forum.policies.putting import Prepared, note_trial, put_in_force, save_draft
from forum.policies.revising import Revision, revise
from forum.policies.sheets import Sheet
from forum.policies.tables import PolicyVersion
from forum.services import Services
from forum.spaces.tables import PlaceKind
from moderation.pipeline import Pipeline
from moderation.policy import PolicyFile
from moderation.toxicity.scorer import open_scorer
from moderation.verdict import Outcome
from tests.builders import Community
from tests.forum.talk import statements

SHIPPED = PolicyFile.load().version


def another_process(community: Community) -> Services:
    """Return services as another process, or this one after a restart, would open them."""
    pipeline = Pipeline(open_scorer("lexicon:"))
    return replace(community.services, pipeline=pipeline, in_force=InForce())


async def test_a_restart_takes_up_what_is_in_force(community: Community) -> None:
    harbour = await community.member("Harbour", Role.ADMINISTRATOR)
    own = Own({"spam": Outcome.REFUSE})
    draft = await save_draft(community.services, Prepared(harbour.id, 0, "casino", own))
    await note_trial(community.services, draft, "{}")
    await put_in_force(community.services, harbour.id, draft.version)
    sheet = Sheet(PlaceKind.GUIDELINE, "kindness")
    await revise(community.services, Revision(sheet, harbour.id, 0, "Warmth", "Be warm."))
    accept = await ask_anew(community.services, Asking(harbour.id, "kindness", 1))

    services = another_process(community)
    assert await refresh(services) == 1

    assert services.pipeline.policy.version == f"{SHIPPED}+1"
    assert services.pipeline.policy.rulebook.rules["spam"].usual is Outcome.REFUSE
    assert services.words.held_words == ("casino",)
    assert services.in_force.guidelines[0].own_title == "Warmth"
    assert services.in_force.accept == accept
    assert await refresh(services) == 0


async def test_other_processes_follow_within_fifteen_seconds_for_three_queries(community: Community) -> None:
    with statements(community.services) as asked:
        assert await KEEPING.run(community.services) == 0

    assert (KEEPING.every_seconds, EVERY_SECONDS) == (15.0, 15.0)
    assert len(asked) == 3


async def test_a_version_that_cannot_be_read_changes_nothing(community: Community) -> None:
    for number, (words, own) in enumerate([("!", "{}"), ("", "nonsense"), ("", '{"usual": []}')], start=1):
        async with community.services.database.transaction() as tx:
            made = PolicyVersion(number=number, made_at=community.clock(), words=words, own=own)
            tx.session.add(made)

        await refresh(community.services)

        assert community.services.pipeline.policy.version == SHIPPED
        assert community.services.in_force.policy == 0


async def test_copies_of_the_services_share_what_is_in_force(community: Community) -> None:
    copy = replace(community.services)

    assert copy.in_force is community.services.in_force
