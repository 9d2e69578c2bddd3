"""What a space does where a rule has something to say: its choices, within the bounds of the whole site."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import Integer, bindparam, cast, null, union_all
from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.audit.recording import Act, record
from forum.errors import Invalid
from forum.language import N_, Words
from forum.services import Services
from forum.spaces.tables import RuleBound, Space, SpaceChoice
from moderation.rulebook import MASKABLE, Choices, Rule, Rulebook
from moderation.verdict import Outcome

NONE = cast(null(), Integer)
BOUNDS_AND_CHOICES = union_all(
    select(col(RuleBound.rule), col(RuleBound.lowest), col(RuleBound.highest), NONE),
    select(col(SpaceChoice.rule), NONE, NONE, col(SpaceChoice.outcome)).where(
        col(SpaceChoice.space_id) == bindparam("space")
    ),
)


async def choices_of(session: AsyncSession, space_id: UUID | None, rulebook: Rulebook) -> Choices:
    """Return what a space has chosen, by rule, each within today's bounds; a profile is in no space."""
    rows = (await session.exec(BOUNDS_AND_CHOICES, params={"space": space_id})).all()  # type: ignore[call-overload]
    bounds = {rule: (low, high) for rule, low, high, chosen in rows if chosen is None}
    chosen = {rule: Outcome(chosen) for rule, _, _, chosen in rows if chosen is not None}
    rules = _within(rulebook, bounds)
    return {name: rule.outcome(chosen.get(name)) for name, rule in rules.items()}


async def chosen_in(session: AsyncSession, space_id: UUID) -> Choices:
    """Return what was chosen for a space, as it was chosen."""
    rows = (await session.exec(select(SpaceChoice).where(SpaceChoice.space_id == space_id))).all()
    return {row.rule: Outcome(row.outcome) for row in rows}


async def rules_in_force(session: AsyncSession, rulebook: Rulebook) -> Mapping[str, Rule]:
    """Return the rules with the bounds that an administrator set: narrower than the rulebook, never wider."""
    bounds = {row.rule: (row.lowest, row.highest) for row in (await session.exec(select(RuleBound))).all()}
    return _within(rulebook, bounds)


def _within(rulebook: Rulebook, bounds: Mapping[str, tuple[int, int]]) -> Mapping[str, Rule]:
    return {
        name: rule.within(*map(Outcome, bounds[name])) if name in bounds else rule
        for name, rule in rulebook.rules.items()
    }


def offered(name: str, rule: Rule) -> tuple[Outcome, ...]:
    """Return what may be chosen for a rule, the gentlest first; only details can be masked."""
    return tuple(one for one in Outcome if rule.allows(one) and (one is not Outcome.MASK or name in MASKABLE))


async def choose(
    services: Services, space_id: UUID, wanted: Mapping[str, str], by: UUID | None = None
) -> None:
    """Keep what a manager chose for a space, by rule; Invalid names all that lies outside the bounds.

    What is as usual is not kept, so that it follows when the usual changes. The audit log has who it was.
    """
    async with services.database.transaction() as tx:
        rules = await rules_in_force(tx.session, services.pipeline.policy.rulebook)
        chosen = {name: _outcome(value) for name, value in wanted.items() if name in rules}
        outside = [name for name, outcome in chosen.items() if outcome not in offered(name, rules[name])]
        if outside:
            raise Invalid(dict.fromkeys(outside, OUTSIDE))
        kept = {name: one for name, one in chosen.items() if one is not None and one is not rules[name].usual}
        before = await chosen_in(tx.session, space_id)
        await tx.session.exec(delete(SpaceChoice).where(col(SpaceChoice.space_id) == space_id))
        tx.session.add_all(
            SpaceChoice(space_id=space_id, rule=name, outcome=int(kept[name])) for name in kept
        )
        if told := _moved(_named(before), _named(kept)):
            slug = (await tx.session.get_one(Space, space_id)).slug
            await record(tx, Act(services.clock(), by, "choices", f"space:{slug}", told))


async def bind(services: Services, wanted: Mapping[str, tuple[str, str]], by: UUID | None = None) -> None:
    """Keep how far spaces may choose, (lowest, highest) by rule; Invalid names all that cannot be.

    Bounds as wide as the rulebook's are not kept, so that they follow when those change. The audit log has
    who it was.
    """
    kept = _bounds(services.pipeline.policy.rulebook.rules, wanted)
    async with services.database.transaction() as tx:
        before = {row.rule: _ends(row) for row in (await tx.session.exec(select(RuleBound))).all()}
        await tx.session.exec(delete(RuleBound))
        tx.session.add_all(kept)
        if told := _moved(before, {row.rule: _ends(row) for row in kept}):
            await record(tx, Act(services.clock(), by, "bounds", "policy", told))


OUTSIDE = N_("Choose from the list: this lies outside what is allowed here.")
CROSSED = N_("The gentlest is graver than the gravest. Choose them the other way round.")


def _bounds(rules: Mapping[str, Rule], wanted: Mapping[str, tuple[str, str]]) -> list[RuleBound]:
    bounds = {name: (_outcome(low), _outcome(high)) for name, (low, high) in wanted.items() if name in rules}
    errors = {
        name: words for name, (low, high) in bounds.items() if (words := _bad(name, rules[name], low, high))
    }
    if errors:
        raise Invalid(errors)
    return [
        RuleBound(rule=name, lowest=int(low), highest=int(high))
        for name, (low, high) in bounds.items()
        if low is not None and high is not None and (low, high) != (rules[name].lowest, rules[name].highest)
    ]


def _bad(name: str, rule: Rule, lowest: Outcome | None, highest: Outcome | None) -> Words | None:
    may = offered(name, rule)
    if lowest not in may or highest not in may:
        return OUTSIDE
    return CROSSED if lowest > highest else None


def _outcome(value: str) -> Outcome | None:
    return Outcome.__members__.get(value.upper())


def _named(choices: Choices) -> dict[str, str]:
    return {name: outcome.name.lower() for name, outcome in choices.items()}


def _ends(row: RuleBound) -> str:
    return f"{Outcome(row.lowest).name}-{Outcome(row.highest).name}".lower()


def _moved(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, str]:
    """Return what changed, by rule, as the audit log has it: `hold to usual`."""
    names = sorted(before.keys() | after.keys())
    return {
        name: f"{before.get(name, 'usual')} to {after.get(name, 'usual')}"
        for name in names
        if before.get(name) != after.get(name)
    }
