"""What members chose about reminders, and how it is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.accounts.credentials import hashed_token
from forum.accounts.tables import Account
from forum.database import Transaction
from forum.errors import Invalid, NotFound
from forum.language import N_
from forum.mailing.tables import Outgoing
from forum.reminders.tables import ReminderChoice
from forum.reminders.times import Quiet
from forum.services import Services

OFFSETS = {
    10_080: N_("1 week before"),
    1_440: N_("1 day before"),
    180: N_("3 hours before"),
    60: N_("1 hour before"),
    15: N_("15 minutes before"),
}
"""How long before the start, in minutes."""
HOURS = 24
NOT_CONFIRMED = N_(
    "Confirm your e-mail address in your settings first. Nothing else can be sent to it before."
)
NOT_AN_HOUR = N_("Choose an hour from the list.")


@dataclass(frozen=True, slots=True)
class Wishes:
    """What one member wants."""

    minutes: tuple[int, ...]
    by_mail: bool
    """Whether letters are wanted, and may be sent."""
    quiet: Quiet


def wishes_of(account: Account, choice: ReminderChoice | None) -> Wishes:
    """Return what counts for a member who chose so, or nothing yet."""
    chosen = choice or ReminderChoice(account_id=account.id)
    return Wishes(
        minutes_in(chosen.minutes),
        chosen.by_mail and account.email is not None and account.email_confirmed_at is not None,
        Quiet(account.time_zone, chosen.quiet_from, chosen.quiet_until),
    )


def minutes_in(told: str) -> tuple[int, ...]:
    """Return the offsets in a column's text."""
    return tuple(int(one) for one in told.split(",") if one)


async def wishes(session: AsyncSession, account_ids: Sequence[UUID]) -> Mapping[UUID, Wishes]:
    """Return what each of these members wants: one query."""
    query = (
        select(Account, ReminderChoice)
        .join(ReminderChoice, col(ReminderChoice.account_id) == col(Account.id), isouter=True)
        .where(col(Account.id).in_(set(account_ids)))
    )
    return {account.id: wishes_of(account, choice) for account, choice in (await session.exec(query)).all()}


def choice_in(form: Mapping[str, str], account: Account) -> ReminderChoice:
    """Return what a form says; Invalid for an hour that is none, and for letters to nowhere."""
    hours = {name: form.get(name, "") for name in ("quiet_from", "quiet_until")}
    wrong = {name: NOT_AN_HOUR for name, told in hours.items() if told not in map(str, range(HOURS))}
    by_mail = "by_mail" in form
    if by_mail and account.email_confirmed_at is None:
        wrong["by_mail"] = NOT_CONFIRMED
    if wrong:
        raise Invalid(wrong)
    return ReminderChoice(
        account_id=account.id,
        minutes=",".join(str(one) for one in OFFSETS if f"before-{one}" in form),
        by_mail=by_mail,
        quiet_from=int(hours["quiet_from"]),
        quiet_until=int(hours["quiet_until"]),
        names_us="names_us" in form,
    )


async def keep(tx: Transaction, choice: ReminderChoice) -> None:
    """Write what a member chose."""
    await tx.session.merge(choice)
    await tx.session.flush()


async def stop_letters(services: Services, token: str) -> None:
    """Send a member no letters any more, by the token of a letter; NotFound where there is none."""
    async with services.database.transaction() as tx:
        row = await find_reminder(tx.session, token)
        own = col(ReminderChoice.account_id) == row.account_id
        await tx.session.exec(update(ReminderChoice).where(own).values(by_mail=False))


async def find_reminder(session: AsyncSession, token: str) -> Outgoing:
    """Return the letter whose link that is; NotFound where there is none."""
    found = (await session.exec(select(Outgoing).where(Outgoing.token_hash == hashed_token(token)))).first()
    if found is None:
        raise NotFound
    return found
