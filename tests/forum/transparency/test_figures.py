"""What is published of a month."""

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.transparency.figures import TABLES, figures, headline, times
from forum.transparency.months import Month
from forum.transparency.tally import Seen, tally
from forum.transparency.told import LEAST
from forum.transparency.words import REASONS, RULES
from tests.forum.transparency.logs import Said, an_evening, appeal, ruling, undone

MONTH = Month(2026, 10)
SAID = st.builds(
    Said,
    st.sampled_from(["held", "edit", "reported", "care", "handle", "unheard-of"]),
    st.sampled_from(["released", "edit-refused", "refused", "kept", "escalated", "renamed"]),
    st.sampled_from(["", *REASONS]),
    st.sampled_from(sorted(RULES)),
    st.sampled_from(["machine", "person"]),
    st.sampled_from(["", "warn", "pause"]),
    st.integers(0, 90_000),
)


def test_a_month_is_told_in_every_table() -> None:
    shown = figures(tally(MONTH, an_evening()))

    assert shown.headline.total == 70
    assert dict(shown.tables["kind"].rows) == {"held": 60, "reported": 10}
    assert dict(shown.tables["found-by"].rows) == {"machine": 60, "person": 10}
    assert dict(shown.tables["outcome"].rows) == {"released": 40, "refused": 20, "kept": 10}
    assert dict(shown.tables["reason"].rows) == {"none": 50, "kindness": 12, "privacy": 8}
    assert dict(shown.tables["measure"].rows) == {"none": 62, "warn": 8}
    assert (shown.appeals, dict(shown.tables["appeals"].rows)) == (12, {"upheld": 5, "declined": 7})


def test_the_machine_was_wrong_where_a_person_published_what_it_held() -> None:
    shown = figures(tally(MONTH, an_evening()))

    assert shown.held == 60
    assert shown.error_rate == pytest.approx(40 / 60)


@pytest.mark.parametrize(
    "said",
    [Said(rule="asked-for"), Said("care"), Said("reported", found_by="person"), Said(found_by="person")],
)
def test_what_the_machine_did_not_hold_on_its_own_is_no_error_of_it(said: Said) -> None:
    shown = figures(tally(MONTH, [*an_evening(), *(ruling(said) for _ in range(6))]))

    assert shown.held in (60, None)


def test_a_rate_about_fewer_than_five_is_not_told() -> None:
    few = [ruling() for _ in range(4)] + [
        ruling(Said("reported", "kept", found_by="person")) for _ in range(20)
    ]

    shown = figures(tally(MONTH, few))

    assert (shown.held, shown.error_rate) == (None, None)


def test_times_are_told_of_five_and_nine_in_ten_of_ten() -> None:
    assert (times([1, 2, 3, 4]).half, times([1, 2, 3, 4, 5]).half) == (None, 3)
    assert (times(range(9)).most, times(range(10)).most) == (None, 8)


def test_times_by_kind_are_told_only_where_the_kind_is() -> None:
    care = [ruling(Said("care", "seen", rule="care")) for _ in range(3)]

    shown = figures(tally(MONTH, [*an_evening(), *care]))

    assert set(shown.times) == {kind for kind, _ in shown.tables["kind"].rows}
    assert "care" not in shown.times


def test_of_a_running_month_only_a_round_number_is_told() -> None:
    shown = figures(tally(MONTH, [*an_evening(), ruling(), ruling()]), running=True)

    assert (shown.headline.total, shown.tables, shown.times) == (70, {}, {})


@pytest.mark.parametrize(("count", "told"), [(0, 0), (1, None), (4, None), (5, 5)])
def test_few_decisions_are_told_as_fewer_than_five(count: int, told: int | None) -> None:
    counted = tally(MONTH, [ruling() for _ in range(count)] + [appeal() for _ in range(count)])

    shown = figures(counted)

    assert (headline(counted).total, shown.appeals) == (told, told)
    assert (headline(counted).times.half is None) == (told != 5)


@given(st.lists(SAID, max_size=60), st.integers(0, 9), st.integers(0, 9))
@settings(max_examples=60)
def test_every_table_adds_up_to_the_decisions_and_no_number_is_small(
    said: list[Said], upheld: int, declined: int
) -> None:
    rulings = [ruling(one, subject=f"message:{number}") for number, one in enumerate(said)]
    taken_back = [undone(f"message:{number}") for number in range(0, len(said), 7)]
    answers = [appeal("upheld")] * upheld + [appeal("declined")] * declined
    counted = tally(MONTH, [*rulings, *taken_back, *answers])
    total = counted.decisions.total()

    shown = figures(counted)

    for name in TABLES:
        assert _sum(shown.tables[name].rows) + shown.tables[name].others == (total if total >= LEAST else 0)
    numbers = [
        count for table in shown.tables.values() for count in (*dict(table.rows).values(), table.others)
    ]
    numbers += [shown.headline.total or 0, shown.appeals or 0, shown.held or 0]
    assert all(number == 0 or number >= LEAST for number in numbers)


def _sum(rows: tuple[tuple[str, int], ...]) -> int:
    return sum(count for _, count in rows)


IDS = st.uuids().map(str)


@given(st.lists(st.tuples(IDS, IDS, st.dictionaries(st.sampled_from(["kind", "rule", "reason"]), IDS))))
@settings(max_examples=60)
def test_nothing_that_the_log_says_of_anybody_is_a_category(
    entries: list[tuple[str, str, Mapping[str, str]]],
) -> None:
    log = [
        Seen(MONTH.start, "ruling", f"account:{one}", f'{{"outcome": "{another}", "kind": "{one}"}}')
        for one, another, _ in entries
    ]

    shown = figures(tally(MONTH, log))

    known = {name for table in TABLES.values() for name in table.words} | {"other"}
    assert {category for table in shown.tables.values() for category, _ in table.rows} <= known
    assert set(shown.times) <= known
