"""When measures end, and what is lifted with a ruling."""

from datetime import UTC, datetime, timedelta

import pytest

from forum.accounts.tables import Account
from forum.review.before import Before
from forum.review.measures import UNTIL_LIFTED, Measured, impose, lift, longest
from forum.review.tables import Ruling
from tests.builders import Community

NOW = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("measure", "hours", "until"),
    [
        ("", None, None),
        ("warn", None, None),
        ("pause", 1, NOW + timedelta(hours=1)),
        ("pause", 720, NOW + timedelta(days=30)),
        ("suspend", None, UNTIL_LIFTED),
        ("removal", None, None),
        ("removal", 2, NOW + timedelta(hours=2)),
    ],
)
def test_when_a_measure_ends(measure: str, hours: int | None, until: datetime | None) -> None:
    assert Measured(measure, hours, None, NOW).until == until


def test_the_longest_of_none_is_none() -> None:
    assert longest([]) is None
    assert longest([None, NOW, UNTIL_LIFTED]) == UNTIL_LIFTED


async def test_a_suspension_from_before_any_ruling_comes_back(community: Community) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet")
    async with community.services.database.transaction() as tx:
        account = await tx.session.get_one(Account, rowan.id)
        account.suspended_until = NOW + timedelta(hours=3)
        kept = Before(suspended_until=account.suspended_until).written()
        await impose(tx, rowan.id, Measured("suspend", None, None, NOW))
        ruling = Ruling(
            account_id=rowan.id,
            moderator_id=linnet.id,
            outcome="refused",
            reason="kindness",
            measure="suspend",
            until=UNTIL_LIFTED,
            before=kept,
            made_at=NOW,
            undone_at=NOW,
        )
        tx.session.add(ruling)
        await tx.session.flush()
        imposed = account.suspended_until

        await lift(tx, ruling, NOW)

    assert (imposed, account.suspended_until) == (UNTIL_LIFTED, NOW + timedelta(hours=3))
