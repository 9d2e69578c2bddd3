"""The week's grid: other people's clocks, half hours, and the weeks in which the clocks change."""

from datetime import date, timedelta
from uuid import uuid4

from hypothesis import given, settings
from hypothesis import strategies as st

from forum.wellbeing.roster import DAYS, HOURS, Cell, Grid, Promise, Span, Staffing, runs, unstaffed, week_of

MONDAY = date(2026, 11, 23)
FORWARD = date(2026, 3, 23)
"""The week in which Berlin's clocks go forward, on Sunday 29 March at two."""
BACK = date(2026, 10, 19)
"""The week in which they go back, on Sunday 25 October at three."""
BERLIN, LONDON, NEW_YORK, KOLKATA = "Europe/Berlin", "Europe/London", "America/New_York", "Asia/Kolkata"
ALWAYS = [(day, hour) for day in DAYS for hour in HOURS]
SUNDAY = 6


def promised(weekday: int, hour: int, zone: str = BERLIN, handle: str = "Linnet") -> Promise:
    return Promise(uuid4(), handle, weekday, hour, zone)


def with_somebody(grid: Grid) -> dict[tuple[int, int], tuple[str, ...]]:
    """By weekday and hour: who is there, where anybody is."""
    return {(day, hour): grid[hour][day].who for day, hour in ALWAYS if grid[hour][day].who}


def test_an_empty_roster_is_a_week_that_nobody_has() -> None:
    grid = week_of([], MONDAY, BERLIN)

    assert [len(row) for row in grid] == [7] * 24
    assert grid[0][0] == Cell(MONDAY, 0, (), Staffing.NOBODY)
    assert unstaffed(grid) == tuple(Span(MONDAY + timedelta(days=day), 0, 24) for day in DAYS)


def test_an_hour_is_read_by_the_clock_of_whoever_looks() -> None:
    grid = week_of([promised(0, 19, BERLIN)], MONDAY, NEW_YORK)

    assert with_somebody(grid) == {(0, 13): ("Linnet",)}


def test_an_hour_recurs_every_week_also_where_a_week_begins_a_day_earlier() -> None:
    sunday_evening = promised(6, 20, NEW_YORK)

    assert with_somebody(week_of([sunday_evening], MONDAY, BERLIN)) == {(0, 2): ("Linnet",)}


def test_everybody_who_is_there_is_named_once_in_order() -> None:
    grid = week_of(
        [promised(2, 20), promised(2, 20, handle="curlew"), promised(2, 19, LONDON)], MONDAY, BERLIN
    )

    assert with_somebody(grid) == {(2, 20): ("curlew", "Linnet")}


def test_half_an_hour_between_clocks_staffs_two_hours_partly() -> None:
    grid = week_of([promised(0, 20, KOLKATA)], MONDAY, "UTC")

    assert with_somebody(grid) == {(0, 14): ("Linnet",), (0, 15): ("Linnet",)}
    assert {grid[hour][0].staffing for hour in (14, 15)} == {Staffing.PARTLY}
    assert Span(MONDAY, 0, 24) in unstaffed(grid)


def test_two_hours_of_somebody_half_an_hour_away_staff_one_wholly() -> None:
    grid = week_of([promised(0, 20, KOLKATA), promised(0, 21, KOLKATA)], MONDAY, "UTC")

    assert [grid[hour][0].staffing for hour in (14, 15, 16)] == ["partly", "staffed", "partly"]
    assert unstaffed(grid)[:2] == (Span(MONDAY, 0, 15), Span(MONDAY, 16, 24))


def test_seven_in_the_evening_stays_seven_when_the_clocks_change() -> None:
    evening = [promised(SUNDAY, 19)]

    for monday in (FORWARD, BACK, MONDAY):
        assert with_somebody(week_of(evening, monday, BERLIN)) == {(SUNDAY, 19): ("Linnet",)}


def test_an_hour_that_the_clocks_skip_is_there_for_nobody_and_missing_to_nobody() -> None:
    grid = week_of([promised(*at) for at in ALWAYS], FORWARD, BERLIN)

    assert grid[2][SUNDAY] == Cell(date(2026, 3, 29), 2, (), Staffing.SKIPPED)
    assert unstaffed(grid) == ()


def test_around_a_skipped_hour_what_nobody_has_is_one_span() -> None:
    grid = week_of([promised(*at) for at in ALWAYS if at not in [(SUNDAY, 1), (SUNDAY, 3)]], FORWARD, BERLIN)

    assert unstaffed(grid) == (Span(date(2026, 3, 29), 1, 4),)


def test_an_hour_that_comes_twice_is_promised_twice_by_whoever_lives_there() -> None:
    grid = week_of([promised(SUNDAY, 2)], BACK, BERLIN)

    assert grid[2][SUNDAY].staffing is Staffing.STAFFED


def test_an_hour_that_comes_twice_is_staffed_from_elsewhere_when_both_are() -> None:
    first, second = promised(SUNDAY, 1, "Africa/Lagos"), promised(SUNDAY, 2, "Africa/Lagos")

    assert week_of([first], BACK, BERLIN)[2][SUNDAY].staffing is Staffing.PARTLY
    assert week_of([second], BACK, BERLIN)[2][SUNDAY].staffing is Staffing.PARTLY
    assert week_of([first, second], BACK, BERLIN)[2][SUNDAY].staffing is Staffing.STAFFED


def test_between_two_changes_of_the_clocks_an_hour_moves_for_whoever_is_elsewhere() -> None:
    """America goes forward three weeks before Europe does."""
    evening = [promised(3, 19, NEW_YORK)]

    assert with_somebody(week_of(evening, date(2026, 3, 2), LONDON)) == {(4, 0): ("Linnet",)}
    assert with_somebody(week_of(evening, date(2026, 3, 9), LONDON)) == {(3, 23): ("Linnet",)}
    assert with_somebody(week_of(evening, date(2026, 3, 30), LONDON)) == {(4, 0): ("Linnet",)}


def test_a_clock_that_changes_by_half_an_hour_is_followed() -> None:
    grid = week_of([promised(SUNDAY, 1, "Australia/Lord_Howe")], date(2026, 3, 30), "Australia/Lord_Howe")

    assert grid[1][SUNDAY].staffing is Staffing.STAFFED


zone_names = st.sampled_from([BERLIN, LONDON, NEW_YORK, KOLKATA, "UTC", "Asia/Kathmandu", "Pacific/Apia"])
weeks = st.sampled_from([MONDAY, FORWARD, BACK, date(2026, 3, 9), date(2026, 11, 2), date(2026, 12, 28)])
at_some_time = st.tuples(st.sampled_from(DAYS), st.sampled_from(HOURS))


@settings(max_examples=25)
@given(st.lists(at_some_time, max_size=12), zone_names, weeks)
def test_ones_own_hours_are_where_one_put_them(at: list[tuple[int, int]], zone: str, monday: date) -> None:
    grid = week_of([promised(day, hour, zone) for day, hour in at], monday, zone)

    there = {one for one in set(at) if grid[one[1]][one[0]].staffing is not Staffing.SKIPPED}
    assert set(with_somebody(grid)) == there


@settings(max_examples=25)
@given(st.lists(at_some_time, max_size=40), zone_names, zone_names, weeks)
def test_every_hour_is_staffed_skipped_or_told_as_unstaffed(
    at: list[tuple[int, int]], theirs: str, mine: str, monday: date
) -> None:
    grid = week_of([promised(day, hour, theirs) for day, hour in at], monday, mine)

    told = {(span.day, hour) for span in unstaffed(grid) for hour in range(span.start, span.end)}
    for cell in (cell for row in grid for cell in row):
        if cell.staffing is not Staffing.SKIPPED:
            assert ((cell.day, cell.hour) in told) is (cell.staffing is not Staffing.STAFFED)


def test_hours_in_a_row_are_one_run() -> None:
    assert runs([22, 19, 20, 23, 20]) == [(19, 21), (22, 24)]
    assert runs([]) == []
