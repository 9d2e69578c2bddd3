"""The team: who is of it, and the pages that are there for nobody else."""

from collections.abc import Sequence
from typing import TypeGuard
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request

from forum.accounts.roles import Role
from forum.accounts.sessions import Viewer, signed_in
from forum.accounts.tables import Account
from forum.errors import NotFound

MODERATING = tuple(role.value for role in Role if role.can_moderate)
"""The roles that may be at the desk, as the table keeps them."""


def is_moderator(account: Account | None) -> TypeGuard[Account]:
    """Whether somebody moderates (still)."""
    return account is not None and Role(account.role).can_moderate


def is_administrator(account: Account | None) -> TypeGuard[Account]:
    """Whether somebody is an administrator (still)."""
    return account is not None and Role(account.role) is Role.ADMINISTRATOR


async def moderators(session: AsyncSession) -> Sequence[UUID]:
    """Return everybody who moderates."""
    return (await session.exec(select(Account.id).where(col(Account.role).in_(MODERATING)))).all()


def moderating(request: Request) -> Viewer:
    """Return the moderator who asks; for everybody else the page does not exist: NotFound."""
    viewer = signed_in(request)
    if not viewer.can_moderate:
        raise NotFound
    return viewer


def administering(request: Request) -> Viewer:
    """Return the administrator who asks; for everybody else the page does not exist: NotFound."""
    viewer = signed_in(request)
    if viewer.role is not Role.ADMINISTRATOR:
        raise NotFound
    return viewer
