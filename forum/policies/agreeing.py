"""Agreeing anew: an administrator asks for it after a change, and every member is asked before they write."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, func, select

from forum.accounts.tables import Account
from forum.accounts.team import is_administrator
from forum.audit.recording import Act, record
from forum.errors import Conflict, Invalid, NotFound
from forum.language import N_
from forum.messages.leaves import CHANGED, current_in
from forum.policies.keeping import accept_version, refresh
from forum.policies.sheets import Sheet
from forum.policies.tables import GuidelinesAsked
from forum.services import Services
from forum.spaces.tables import PlaceKind


@dataclass(frozen=True, slots=True)
class Asking:
    """An administrator asks members to agree anew, because of this version of this guideline."""

    admin_id: UUID
    slug: str
    version: int


async def ask_anew(services: Services, asking: Asking) -> str:
    """Ask everybody to agree before they write again; return the version they are asked for.

    The administrator who asks has agreed by it. NotFound for whoever is none; Conflict where the guideline
    has changed since.
    """
    sheet, now = Sheet(PlaceKind.GUIDELINE, asking.slug), services.clock()
    try:
        async with services.database.transaction() as tx:
            account = await tx.session.get(Account, asking.admin_id)
            if not is_administrator(account):
                raise NotFound
            page = await current_in(tx.session, sheet.place_id)
            if page is None or page.seq != asking.version:
                raise Conflict(CHANGED)
            number = (await tx.session.exec(select(func.max(col(GuidelinesAsked.number))))).one() or 0
            row = GuidelinesAsked(number=number + 1, at=now, slug=asking.slug, seq=asking.version)
            row.made_by = account.id
            tx.session.add(row)
            await tx.session.flush()
            account.guidelines_version = await accept_version(tx.session)
            details = {"version": asking.version, "anew": True}
            await record(tx, Act(now, account.id, "guideline", f"guideline:{asking.slug}", details))
    except IntegrityError:
        raise Conflict from None
    await refresh(services)
    return services.in_force.accept


async def agree(services: Services, account_id: UUID, version: str) -> None:
    """Note that a member agrees to the guidelines; Invalid where they changed while the page was open."""
    await refresh(services)
    if version != services.in_force.accept:
        raise Invalid(
            {"accept": N_("The guidelines changed while this page was open. Read them again, then agree.")}
        )
    async with services.database.transaction() as tx:
        account = await tx.session.get(Account, account_id)
        if account is None:
            raise NotFound
        account.guidelines_version = version
