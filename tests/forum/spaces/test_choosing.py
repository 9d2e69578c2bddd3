"""What a space does where a rule speaks: chosen within bounds, done at the door, never below the floor."""

from collections.abc import Mapping
from uuid import UUID

import pytest

from forum.accounts.roles import Role
from forum.errors import Invalid
from forum.spaces.choosing import bind, choices_of, choose, chosen_in, offered, rules_in_force
from moderation.rulebook import Choices, Rule
from moderation.verdict import Outcome
from tests.builders import GIVES_AWAY, STIGMA, Community, acts, asked, held, published
from tests.forum.talk import hold_one

MASK_TO_REFUSE = {"own-details": ("mask", "refuse")}


async def choices(community: Community, space_id: UUID | None) -> Choices:
    """Return what is done in a space, by rule."""
    rulebook = community.services.pipeline.policy.rulebook
    async with community.services.database.reading() as session:
        return await choices_of(session, space_id, rulebook)


async def chosen(community: Community, space_id: UUID) -> Choices:
    """Return what was chosen for a space."""
    async with community.services.database.reading() as session:
        return await chosen_in(session, space_id)


async def in_force(community: Community) -> Mapping[str, Rule]:
    """Return the rules with the bounds of the whole site."""
    async with community.services.database.reading() as session:
        return await rules_in_force(session, community.services.pipeline.policy.rulebook)


def usual(community: Community) -> dict[str, Outcome]:
    """Return what is done where nothing was chosen."""
    return {name: rule.usual for name, rule in community.services.pipeline.policy.rulebook.rules.items()}


async def test_a_space_that_chose_nothing_and_a_profile_are_as_usual(community: Community) -> None:
    space = await community.space()

    assert await choices(community, space.id) == usual(community)
    assert await choices(community, None) == usual(community)


async def test_a_choice_is_for_its_own_space_and_what_is_usual_is_not_kept(community: Community) -> None:
    quiet, other = await community.space(), await community.space()
    await choose(community.services, quiet.id, {"links": "publish", "spam": "hold", "weather": "refuse"})

    assert await chosen(community, quiet.id) == {"links": Outcome.PUBLISH}
    assert await choices(community, quiet.id) == usual(community) | {"links": Outcome.PUBLISH}
    assert await choices(community, other.id) == usual(community)


async def test_choosing_again_replaces_all_that_was_chosen(community: Community) -> None:
    space = await community.space()
    await choose(community.services, space.id, {"links": "publish", "spam": "refuse"})
    await choose(community.services, space.id, {"spam": "publish"})

    assert await chosen(community, space.id) == {"spam": Outcome.PUBLISH}


@pytest.mark.parametrize(
    ("rule", "outcome"),
    [
        ("others-details", "publish"),
        ("sourcing", "nudge"),
        ("care-method", "publish"),
        ("threat", "mask"),
        ("language", "hold"),
        ("spam", "mask"),
        ("links", "sometimes"),
        ("links", ""),
    ],
)
async def test_what_lies_outside_the_bounds_cannot_be_chosen_and_nothing_else_is_kept(
    community: Community, rule: str, outcome: str
) -> None:
    space = await community.space()
    with pytest.raises(Invalid) as caught:
        await choose(community.services, space.id, {"flood": "publish", rule: outcome})

    assert set(caught.value.fields) == {rule}
    assert await chosen(community, space.id) == {}


async def test_only_details_can_be_masked(community: Community) -> None:
    rules = await in_force(community)

    assert {name for name, rule in rules.items() if Outcome.MASK in offered(name, rule)} == {"own-details"}
    assert offered("spam", rules["spam"]) == (Outcome.PUBLISH, Outcome.NUDGE, Outcome.HOLD, Outcome.REFUSE)


async def test_an_administrator_leaves_spaces_less_to_choose_from_and_never_more(
    community: Community,
) -> None:
    space = await community.space()
    await choose(community.services, space.id, {"own-details": "nudge"})
    await bind(community.services, MASK_TO_REFUSE)

    with pytest.raises(Invalid):
        await choose(community.services, space.id, {"own-details": "nudge"})
    assert (await in_force(community))["own-details"].lowest is Outcome.MASK
    assert (await choices(community, space.id))["own-details"] is Outcome.MASK

    await bind(community.services, {})

    assert (await choices(community, space.id))["own-details"] is Outcome.NUDGE


@pytest.mark.parametrize(
    ("rule", "bounds"),
    [
        ("others-details", ("publish", "refuse")),
        ("language", ("publish", "hold")),
        ("spam", ("hold", "publish")),
        ("spam", ("hold", "")),
    ],
)
async def test_bounds_that_the_rulebook_rules_out_are_not_kept(
    community: Community, rule: str, bounds: tuple[str, str]
) -> None:
    await bind(community.services, MASK_TO_REFUSE)
    with pytest.raises(Invalid) as caught:
        await bind(community.services, {rule: bounds})

    assert set(caught.value.fields) == {rule}
    assert (await in_force(community))["own-details"].lowest is Outcome.MASK


async def test_bounds_as_wide_as_the_rulebooks_or_of_no_rule_change_nothing(community: Community) -> None:
    await bind(community.services, {"spam": ("publish", "refuse"), "weather": ("publish", "hold")})

    assert await in_force(community) == community.services.pipeline.policy.rulebook.rules


async def test_the_door_does_what_its_space_has_chosen(community: Community) -> None:
    rowan = await community.member()
    strict, usual_space = await community.space(), await community.space()
    await choose(community.services, strict.id, {"own-details": "hold", "language": "publish"})
    there, here = await community.room(space=strict), await community.room(space=usual_space)

    held(await community.say(rowan, there.id, GIVES_AWAY))
    published(await community.say(rowan, there.id, STIGMA))
    asked(await community.say(rowan, here.id, GIVES_AWAY))
    asked(await community.say(rowan, here.id, f"{STIGMA} Both of them."))


async def test_what_a_space_lets_pass_is_told_the_author_and_what_no_space_can_is_held(
    community: Community,
) -> None:
    rowan, space = await community.member(), await community.space()
    await choose(community.services, space.id, {"toxicity": "nudge"})

    asked(await community.say(rowan, (await community.room(space=space)).id, "You are worthless."))
    await hold_one(community, rowan, (await community.room()).id)


async def test_what_was_chosen_and_by_whom_is_in_the_audit_log_and_what_stayed_is_not(
    community: Community,
) -> None:
    marlow, space = await community.member("Marlow", Role.MANAGER), await community.space(slug="quiet")
    await choose(community.services, space.id, {"links": "publish", "spam": "hold"}, marlow.id)
    await choose(community.services, space.id, {"links": "publish"}, marlow.id)
    await choose(community.services, space.id, {"spam": "refuse"})

    assert [(one.act, one.actor_id, one.subject, one.details) for one in await acts(community)] == [
        ("choices", marlow.id, "space:quiet", '{"links":"usual to publish"}'),
        ("choices", None, "space:quiet", '{"links":"publish to usual","spam":"usual to refuse"}'),
    ]


async def test_bounds_and_who_set_them_are_in_the_audit_log(community: Community) -> None:
    harbour = await community.member("Harbour", Role.ADMINISTRATOR)
    await bind(community.services, MASK_TO_REFUSE, harbour.id)
    await bind(community.services, MASK_TO_REFUSE, harbour.id)
    with pytest.raises(Invalid):
        await bind(community.services, {"spam": ("hold", "publish")}, harbour.id)
    await bind(community.services, {}, harbour.id)

    assert [(one.act, one.actor_id, one.subject, one.details) for one in await acts(community)] == [
        ("bounds", harbour.id, "policy", '{"own-details":"usual to mask-refuse"}'),
        ("bounds", harbour.id, "policy", '{"own-details":"mask-refuse to usual"}'),
    ]


async def test_a_choice_that_changes_again_is_told_from_what_to_what(community: Community) -> None:
    space = await community.space(slug="quiet")
    for outcome in ("publish", "refuse"):
        await choose(community.services, space.id, {"links": outcome})
    await bind(community.services, {"links": ("hold", "refuse")})
    await bind(community.services, {"links": ("nudge", "refuse")})

    assert [one.details for one in await acts(community)] == [
        '{"links":"usual to publish"}',
        '{"links":"publish to refuse"}',
        '{"links":"usual to hold-refuse"}',
        '{"links":"hold-refuse to nudge-refuse"}',
    ]
