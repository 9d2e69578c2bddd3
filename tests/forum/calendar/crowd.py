"""Many members at once, and what is recorded while they sign up."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

from uuid_utils.compat import uuid7

from forum.accounts.handles import handle_key, handle_look
from forum.accounts.roles import Role
from forum.accounts.sessions import Viewer
from forum.accounts.tables import Account
from forum.database import Transaction
from forum.facts import Fact, SeatChanged
from forum.guidelines import VERSION
from tests.builders import Community, Member


async def crowd(community: Community, count: int) -> list[Member]:
    """Return so many members, written as rows: nobody of them ever signs in."""
    rows = [_row(community, f"Crowd{number:04}x{uuid4().hex[:6]}") for number in range(count)]
    async with community.services.database.transaction() as tx:
        tx.session.add_all(rows)
    return [Member(Viewer(row.id, row.handle, Role.MEMBER, row.time_zone, uuid4()), "") for row in rows]


def _row(community: Community, handle: str) -> Account:
    return Account(
        id=uuid7(),
        handle=handle,
        handle_key=handle_key(handle),
        handle_look=handle_look(handle),
        password_hash="",
        guidelines_version=VERSION,
        created_at=community.clock(),
    )


@contextmanager
def noted(community: Community) -> Iterator[list[SeatChanged]]:
    """Collect the seats that are recorded as changed, in their order."""
    database, found = community.services.database, list[SeatChanged]()
    react = database._react

    async def note(tx: Transaction, fact: Fact) -> None:
        if isinstance(fact, SeatChanged):
            found.append(fact)
        await react(tx, fact)

    database._react = note
    try:
        yield found
    finally:
        database._react = react
