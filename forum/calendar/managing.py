"""Managing gatherings: who may, and the gathering that they mean."""

from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request

from forum.accounts.roles import Role
from forum.accounts.sessions import Viewer, signed_in
from forum.accounts.tables import Account
from forum.calendar.tables import Gathering
from forum.errors import Conflict, NotFound
from forum.language import N_

CHANGED = N_(
    "Somebody else changed this gathering since you opened it. Nothing was saved; what you typed is below."
)


def managing(request: Request) -> Viewer:
    """Return the manager who asks; for everybody else these pages do not exist: NotFound."""
    viewer = signed_in(request)
    if not viewer.can_manage:
        raise NotFound
    return viewer


async def check_manager(session: AsyncSession, account_id: UUID) -> None:
    """Raise NotFound for whoever is no manager, or is none any more."""
    account = await session.get(Account, account_id)
    if account is None or not Role(account.role).can_manage:
        raise NotFound


async def find_gathering(session: AsyncSession, gathering_id: UUID) -> Gathering:
    """Return the gathering for a manager, whatever its stage; NotFound where there is none."""
    found = await session.get(Gathering, gathering_id)
    if found is None:
        raise NotFound
    return found


async def lock_gathering(session: AsyncSession, gathering_id: UUID, version: int) -> Gathering:
    """Return the gathering as it is now, locked until the commit; Conflict where it is at another version."""
    found = await session.get(Gathering, gathering_id, with_for_update=True, populate_existing=True)
    if found is None:
        raise NotFound
    if found.version != version:
        raise Conflict(CHANGED)
    return found
