"""What the tables of the audit log refuse by themselves."""

import pytest
from sqlalchemy.exc import IntegrityError

from forum.audit.tables import AuditEntry
from tests.builders import Community


@pytest.mark.parametrize(("seq", "hashed"), [(1, "b" * 64), (2, "a" * 64)])
async def test_no_two_entries_have_one_number_or_one_hash(
    community: Community, seq: int, hashed: str
) -> None:
    def entry(seq: int, hashed: str) -> AuditEntry:
        told = {"act": "role", "subject": "policy", "details": "{}", "previous": ""}
        return AuditEntry(seq=seq, hash=hashed, at=community.clock(), actor_id=None, **told)

    async with community.services.database.transaction() as tx:
        tx.session.add(entry(1, "a" * 64))

    with pytest.raises(IntegrityError):
        async with community.services.database.transaction() as tx:
            tx.session.add(entry(seq, hashed))
