"""Appointing: giving a member another role."""

from sqlmodel import select

from forum.accounts.handles import handle_key
from forum.accounts.roles import Role
from forum.accounts.tables import Account
from forum.errors import NotFound
from forum.language import N_
from forum.services import Services


async def appoint(services: Services, handle: str, role: Role) -> Account:
    """Give the member the role and return the account; NotFound when nobody has the handle."""
    async with services.database.transaction() as tx:
        query = select(Account).where(Account.handle_key == handle_key(handle))
        account = (await tx.session.exec(query)).first()
        if account is None:
            raise NotFound(N_("Nobody here has the handle %(handle)s.", handle=handle))
        account.role = role
        return account
