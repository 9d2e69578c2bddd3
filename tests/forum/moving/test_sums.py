"""Claims about sums: equal for the same rows, and different for anything else."""

from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.moving.sums import Sum, encoded, hash_of
from moderation.markup import render

VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.text(),
    st.uuids(),
    st.datetimes(timezones=st.just(UTC)),
)
NAIVE = datetime(2026, 1, 1)  # noqa: DTZ001 - what is refused
ROWS = st.lists(st.tuples(VALUES, VALUES), max_size=6)


def kinds(row: tuple[object, ...]) -> tuple[object, ...]:
    """Return a row so that what Python thinks equal, such as 1 and True, is not."""
    return tuple((type(value), value) for value in row)


@given(st.permutations([(1, "a"), (2, "b"), (3, "c"), (3, "c")]))
def test_the_order_of_rows_does_not_matter(rows: list[tuple[int, str]]) -> None:
    assert Sum().plus(rows) == Sum().plus(rows[:2]).plus(rows[2:]) == Sum().plus(sorted(rows))


@given(st.tuples(VALUES, VALUES), st.tuples(VALUES, VALUES))
def test_two_rows_have_one_hash_only_if_they_are_the_same(
    one: tuple[object, ...], other: tuple[object, ...]
) -> None:
    assert (hash_of(one) == hash_of(other)) is (kinds(one) == kinds(other))


@given(ROWS, st.tuples(VALUES, VALUES))
def test_a_row_that_is_there_twice_or_not_at_all_changes_the_sum(
    rows: list[tuple[object, ...]], row: tuple[object, ...]
) -> None:
    once = Sum().plus([*rows, row])

    assert len({Sum().plus(rows), once, once.plus([row])}) == 3


@pytest.mark.parametrize(
    ("one", "other"),
    [("ab", "a"), (1, True), (0, False), (None, ""), (None, False), (1, 1.0), ("1", 1), ("é", "e\u0301")],
)
def test_values_that_are_nearly_the_same_are_told_apart(one: object, other: object) -> None:
    assert hash_of((one,)) != hash_of((other,))
    assert hash_of(("a", "bc")) != hash_of(("ab", "c"))


def test_what_databases_give_back_differently_is_the_same() -> None:
    noon = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)

    assert encoded(noon) == encoded(noon.astimezone(timezone(timedelta(hours=5, minutes=45))))
    assert encoded(-0.0) == encoded(0.0)
    assert encoded(render("calm")) == encoded(str(render("calm")))
    assert encoded(UUID(int=7)) == encoded(UUID("00000000-0000-0000-0000-000000000007"))


@pytest.mark.parametrize(("value", "error"), [(b"", TypeError), ([], TypeError), (NAIVE, ValueError)])
def test_what_no_column_holds_is_refused(value: object, error: type[Exception]) -> None:
    with pytest.raises(error):
        encoded(value)


def test_a_sum_is_written_as_its_count_and_64_digits() -> None:
    assert Sum(3, 255).as_text() == "3:" + "ff".rjust(64, "0")
