"""What was so before a ruling comes back as it was kept."""

from datetime import UTC, datetime
from uuid import uuid4

from forum.review.before import Before


def test_what_is_kept_comes_back_as_it_was() -> None:
    before = Before(
        state="held",
        left_at=3,
        masked_from=uuid4(),
        replaced=uuid4(),
        stage="new",
        reports=(uuid4(), uuid4()),
        alerts=(uuid4(),),
        suspended_until=datetime(2026, 11, 22, 18, 30, tzinfo=UTC),
        removal=uuid4(),
        handle="Rowan",
    )

    assert Before.read(before.written()) == before


def test_a_ruling_from_before_anything_was_kept_has_nothing_to_put_back() -> None:
    assert Before.read("") == Before()
    assert Before().written() == "{}"
