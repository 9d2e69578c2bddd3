"""Appointing: giving a member another role."""

from uuid import UUID

from sqlmodel import select

from forum.accounts.handles import handle_key
from forum.accounts.roles import Role
from forum.accounts.tables import Account
from forum.audit.recording import Act, record
from forum.errors import NotFound
from forum.language import N_
from forum.services import Services


async def appoint(services: Services, handle: str, role: Role, by: UUID | None = None) -> Account:
    """Give the member the role and return the account; NotFound when nobody has the handle.

    Who did it is kept in the audit log, None from the command line.
    """
    async with services.database.transaction() as tx:
        query = select(Account).where(Account.handle_key == handle_key(handle))
        account = (await tx.session.exec(query)).first()
        if account is None:
            raise NotFound(N_("Nobody here has the handle %(handle)s.", handle=handle))
        before, account.role = account.role, role
        if role != before:
            told = {"from": str(before), "to": str(role)}
            await record(tx, Act(services.clock(), by, "role", f"account:{account.id}", told))
        return account
