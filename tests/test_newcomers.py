"""Whoever a test lets in is as whoever signed up."""

from typing import Any

import sqlalchemy
from sqlmodel import SQLModel, select

from forum.accounts.sessions import find_viewer
from forum.accounts.signing_up import Wish, sign_up
from forum.accounts.tables import Account, RecoveryCode, Session
from forum.guidelines import VERSION
from tests.builders import PASSWORD, Community

BY_CHANCE = {"id", "account_id", "password_hash", "token_hash", "code_hash"}
"""What is never the same twice."""


async def rows(community: Community) -> list[tuple[str, dict[str, Any]]]:
    """Return what stands in every table, but for what is never the same twice."""
    found = []
    async with community.services.database.reading() as session:
        connection = await session.connection()
        for table in SQLModel.metadata.sorted_tables:
            for row in (await connection.execute(sqlalchemy.select(table))).mappings():
                found.append((table.name, {name: row[name] for name in row if name not in BY_CHANCE}))
    return found


async def test_a_builders_member_leaves_the_rows_that_signing_up_leaves(community: Community) -> None:
    empty = await rows(community)
    await sign_up(community.services, Wish("Rowan", PASSWORD, guidelines=VERSION, label="Test"))
    signed_up = [row for row in await rows(community) if row not in empty]

    async with community.services.database.transaction() as tx:
        for kind in (RecoveryCode, Session, Account):
            for row in (await tx.session.exec(select(kind))).all():
                await tx.session.delete(row)
    member = await community.member("Rowan", days=0)

    assert [row for row in await rows(community) if row not in empty] == signed_up
    assert len(signed_up) == 10
    assert await find_viewer(community.services, member.token) == member.viewer
    async with community.services.database.reading() as session:
        account = await session.get_one(Account, member.id)
        codes = (await session.exec(select(RecoveryCode.code_hash))).all()
    assert await community.services.passwords.match(PASSWORD, account.password_hash)
    assert len(set(codes)) == 8
