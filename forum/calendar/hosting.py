"""Who holds a gathering: named by a manager by handle, on all its dates."""

import re
from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.accounts.handles import handle_key
from forum.accounts.tables import Account
from forum.calendar.tables import Host
from forum.errors import Invalid
from forum.language import N_, Words

MOST_HOSTS = 20
BETWEEN = re.compile(r"[\s,;]+")
FIELDS = ("hosts", "facilitators")

Named = Mapping[UUID, bool]
"""Who holds it: account ids, with whether they guide the talk rather than open and close the door."""


async def is_host(session: AsyncSession, gathering_id: UUID, account_id: UUID) -> bool:
    """Whether a member holds this gathering, in whichever way."""
    return await session.get(Host, (gathering_id, account_id)) is not None


async def hosts_of(session: AsyncSession, gathering_id: UUID) -> list[Account]:
    """Return who holds a gathering, hosts before facilitators, each by handle."""
    return [account for account, _ in await _holding(session, gathering_id)]


async def _holding(session: AsyncSession, gathering_id: UUID) -> Sequence[tuple[Account, bool]]:
    query = (
        select(Account, Host.facilitates)
        .join(Host, col(Host.account_id) == col(Account.id))
        .where(Host.gathering_id == gathering_id)
        .order_by(col(Host.facilitates), col(Account.handle_key))
    )
    return (await session.exec(query)).all()


async def hosts_form(session: AsyncSession, gathering_id: UUID) -> dict[str, str]:
    """Return the fields of the form that name who holds a gathering."""
    found = await _holding(session, gathering_id)
    both = {
        name: [one.handle for one, facilitates in found if facilitates == (name == FIELDS[1])]
        for name in FIELDS
    }
    return {name: ", ".join(handles) for name, handles in both.items()}


async def hosts_in(session: AsyncSession, form: Mapping[str, str], *, draft: bool) -> Named:
    """Return whom a form names; Invalid for a handle that nobody has, or where nobody is named at all.

    Whoever is named as both is a host. A draft may be without.
    """
    errors: dict[str, Words] = {}
    named: dict[UUID, bool] = {}
    for field in reversed(FIELDS):
        for account_id in await _accounts(session, form.get(field, ""), field, errors):
            named[account_id] = field == FIELDS[1]
    if not errors and not draft and False not in named.values():
        errors["hosts"] = N_("Name at least one host: somebody who opens the door and closes it.")
    if errors:
        raise Invalid(errors)
    return named


async def _accounts(
    session: AsyncSession, typed: str, field: str, errors: dict[str, Words]
) -> Sequence[UUID]:
    handles = [one.removeprefix("@") for one in BETWEEN.split(typed) if one.removeprefix("@")]
    if len(handles) > MOST_HOSTS:
        errors[field] = N_("Name at most %(most)s.", most=MOST_HOSTS)
        return ()
    keys = {handle_key(handle): handle for handle in handles}
    query = select(Account.handle_key, Account.id).where(col(Account.handle_key).in_(keys))
    found = dict((await session.exec(query)).all())
    missing = [handle for key, handle in keys.items() if key not in found]
    if missing:
        errors[field] = N_("Nobody here has the handle %(handle)s.", handle=missing[0][:60])
    return list(found.values())


async def keep_hosts(session: AsyncSession, gathering_id: UUID, named: Named) -> None:
    """Let these hold the gathering, and nobody else."""
    await session.exec(delete(Host).where(col(Host.gathering_id) == gathering_id))
    for account_id, facilitates in named.items():
        session.add(Host(gathering_id=gathering_id, account_id=account_id, facilitates=facilitates))
    await session.flush()
