"""When a meeting opens and closes, and how its agenda is read: claims about any moment and any lines."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.meetings.hours import LINGER, LONGEST_STEP, Hours, Step, agenda_of
from forum.meetings.tables import Phase

START = datetime(2026, 11, 22, 19, 0, tzinfo=UTC)
HOURS = Hours(START, START + timedelta(hours=1))


@pytest.mark.parametrize(
    ("phase", "minutes", "host_here", "due"),
    [
        (Phase.LOBBY, -1, True, None),
        (Phase.LOBBY, 0, False, None),
        (Phase.LOBBY, 0, True, Phase.OPEN),
        (Phase.LOBBY, 74, True, Phase.OPEN),
        (Phase.LOBBY, 75, True, Phase.CLOSED),
        (Phase.LOBBY, 75, False, Phase.CLOSED),
        (Phase.OPEN, 0, False, None),
        (Phase.OPEN, 74, True, None),
        (Phase.OPEN, 75, True, Phase.CLOSED),
        (Phase.CLOSED, 0, True, None),
        (Phase.CLOSED, 900, True, None),
    ],
)
def test_it_opens_at_the_start_with_a_host_and_closes_a_quarter_of_an_hour_after_its_end(
    phase: Phase, minutes: int, host_here: bool, due: Phase | None
) -> None:
    assert HOURS.due(phase, START + timedelta(minutes=minutes), host_here=host_here) is due


def test_hosts_make_it_longer() -> None:
    longer = Hours(HOURS.starts_at, HOURS.ends_at, prolonged_minutes=30)

    assert longer.closes_at == HOURS.ends_at + LINGER + timedelta(minutes=30)
    assert longer.due(Phase.OPEN, HOURS.closes_at, host_here=True) is None


def test_an_agenda_is_read_line_by_line() -> None:
    read = agenda_of("5 Arriving\n\n  20   Sharing in turns \nA quiet end\n7\n999 Sleeping")

    assert read == (
        Step(5, "Arriving"),
        Step(20, "Sharing in turns"),
        Step(0, "A quiet end"),
        Step(0, "7"),
        Step(0, "999 Sleeping"),
    )


@given(st.text())
def test_whatever_stands_in_an_agenda_every_line_with_a_sign_is_a_step(text: str) -> None:
    steps = agenda_of(text)

    assert len(steps) == sum(1 for line in text.splitlines() if line.strip())
    assert all(step.words and 0 <= step.minutes <= LONGEST_STEP for step in steps)
