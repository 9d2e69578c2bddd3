"""Putting a policy in force: an administrator's draft that was tried, or an earlier version once more."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, delete

from forum.accounts.tables import Account
from forum.accounts.team import is_administrator
from forum.audit.recording import Act, record
from forum.database import Transaction
from forum.errors import Conflict, Invalid, NotFound
from forum.language import N_, Words
from forum.policies.keeping import latest, refresh
from forum.policies.own import Own
from forum.policies.tables import PolicyDraft, PolicyVersion
from forum.services import Services
from moderation.draft import Policy

LONGEST_LIST = 20_000
"""Characters of a word list: more than anybody keeps up to date by hand; our own choice."""
OVERTAKEN = N_(
    "Somebody else put a version in force since you began. Your draft is kept: look at both, then try again."
)
SAVED_SINCE = N_("Your draft has changed since this page was opened. Look at it again, then decide.")
UNTRIED = N_("Try the draft on past messages first, then put it in force.")


@dataclass(frozen=True, slots=True)
class Prepared:
    """What an administrator wants kept as their draft, made on the version in force with that number."""

    admin_id: UUID
    based_on: int
    words: str
    own: Own


def check_words(text: str) -> Policy:
    """Return the word list of a text; Invalid names the line that could never be meant."""
    if len(text) > LONGEST_LIST:
        raise Invalid({"words": N_("A word list can have %(most)s characters.", most=f"{LONGEST_LIST:,}")})
    try:
        return Policy.read(text)
    except ValueError as error:
        raise Invalid({"words": Words(str(error))}) from None


async def save_draft(services: Services, prepared: Prepared) -> PolicyDraft:
    """Keep an administrator's draft, untried; Invalid for a word list that makes no sense."""
    check_words(prepared.words)
    async with services.database.transaction() as tx:
        await _administrator(tx, prepared.admin_id)
        draft = await tx.session.get(PolicyDraft, prepared.admin_id)
        if draft is None:
            draft = PolicyDraft(
                account_id=prepared.admin_id, version=0, based_on=0, saved_at=services.clock()
            )
            tx.session.add(draft)
        draft.version, draft.based_on, draft.tried = draft.version + 1, prepared.based_on, ""
        draft.words, draft.own, draft.saved_at = prepared.words, prepared.own.as_json(), services.clock()
        return draft


async def note_trial(services: Services, draft: PolicyDraft, told: str) -> None:
    """Keep what a draft would have changed; a draft that was saved again meanwhile stays untried."""
    async with services.database.transaction() as tx:
        row = await tx.session.get(PolicyDraft, draft.account_id)
        if row is not None and row.version == draft.version:
            row.tried = told


async def drop_draft(services: Services, admin_id: UUID) -> None:
    """Let go of an administrator's draft."""
    async with services.database.transaction() as tx:
        await tx.session.exec(delete(PolicyDraft).where(col(PolicyDraft.account_id) == admin_id))


async def put_in_force(services: Services, admin_id: UUID, draft_version: int) -> int:
    """Put the draft in force, as it was tried, and return its number.

    Conflict where it was saved again since, or where another version was put in force: the draft stays.
    """
    async with services.database.transaction() as tx:
        await _administrator(tx, admin_id)
        draft = await tx.session.get(PolicyDraft, admin_id)
        if draft is None or draft.version != draft_version:
            raise Conflict(SAVED_SINCE)
        if not draft.tried:
            raise Conflict(UNTRIED)
        version = PolicyVersion(number=draft.based_on + 1, made_at=services.clock(), made_by=admin_id)
        version.words, version.own = draft.words, draft.own
        await tx.session.delete(draft)
        await _put(tx, version)
    await refresh(services)
    return version.number


async def revert(services: Services, admin_id: UUID, number: int, based_on: int) -> int:
    """Bring an earlier version back as a new one (0: what ships), and return its number.

    NotFound where there is none; Conflict where another version has been put in force meanwhile.
    """
    async with services.database.transaction() as tx:
        await _administrator(tx, admin_id)
        earlier = await tx.session.get(PolicyVersion, number) if number else None
        if number and earlier is None:
            raise NotFound
        version = PolicyVersion(
            number=based_on + 1, made_at=services.clock(), made_by=admin_id, reverts=number
        )
        if earlier is not None:
            version.words, version.own = earlier.words, earlier.own
        await _put(tx, version)
    await refresh(services)
    return version.number


async def _administrator(tx: Transaction, admin_id: UUID) -> None:
    """Raise NotFound for whoever is no administrator, or is none any more."""
    account = await tx.session.get(Account, admin_id)
    if not is_administrator(account):
        raise NotFound


async def _put(tx: Transaction, version: PolicyVersion) -> None:
    before = await latest(tx.session)
    if (before.number if before else 0) != version.number - 1:
        raise Conflict(OVERTAKEN)
    tx.session.add(version)
    try:
        await tx.session.flush()
    except IntegrityError:
        raise Conflict(OVERTAKEN) from None
    await record(tx, Act(version.made_at, version.made_by, "policy", "policy", _details(version)))


def _details(version: PolicyVersion) -> dict[str, str | int | None]:
    """Return counts and names, never a word of the list."""
    words, own = Policy.read(version.words), Own.from_json(version.own)
    return {
        "version": version.number,
        "reverts": version.reverts,
        "held_words": len(words.held_words),
        "refused_words": len(words.refused_words),
        "rules": ",".join(sorted(own.usual)),
        "scores": sum(len(labels) for model in own.scores.values() for labels in model.values()),
        "signs": sum(map(len, own.signs.values())),
    }
