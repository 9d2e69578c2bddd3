"""Claims about calendar files: two libraries read what was meant, in every zone, and nothing else is told."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from forum.calendar.feeds.ics import Entry, Status, calendar_file
from tests.forum.calendar.feeds.reading import Read, by_icalendar, by_vobject

ZONES = [
    "Europe/Berlin",
    "Europe/London",
    "Europe/Dublin",
    "Europe/Lisbon",
    "Europe/Moscow",
    "America/New_York",
    "America/St_Johns",
    "America/Sao_Paulo",
    "America/Phoenix",
    "America/Santiago",
    "America/Los_Angeles",
    "Africa/Cairo",
    "Africa/Casablanca",
    "Africa/Johannesburg",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Asia/Tokyo",
    "Asia/Jerusalem",
    "Australia/Lord_Howe",
    "Australia/Sydney",
    "Pacific/Auckland",
    "Pacific/Chatham",
    "UTC",
]
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2035, 12, 31), timezones=st.just(UTC)).map(
    lambda one: one.replace(second=0, microsecond=0)
)


def entry(starts_at: datetime, zone: str = "Europe/Berlin", **more: object) -> Entry:
    """Return an entry of ninety minutes."""
    told = {
        "id": uuid4(),
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(minutes=90),
        "zone": zone,
        "sequence": 0,
        "changed_at": datetime(2026, 11, 1, tzinfo=UTC),
        "status": Status.CONFIRMED,
        "title": "Appointment",
    }
    return Entry(**told | more)  # type: ignore[arg-type]


def meant(one: Entry) -> Read:
    return Read(f"{one.id}@calendar.invalid", one.starts_at, one.ends_at, one.sequence, one.status, one.title)


@given(st.lists(st.tuples(MOMENTS, st.sampled_from(ZONES)), min_size=1, max_size=4))
@example([(datetime(2026, 3, 29, 1, 30, tzinfo=UTC), "Europe/Berlin")])
@example([(datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "Europe/Berlin")])
@example([(datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "Europe/Berlin")])
@example([(datetime(2026, 11, 1, 6, 30, tzinfo=UTC), "America/New_York")])
def test_two_libraries_read_the_moments_that_were_meant(told: list[tuple[datetime, str]]) -> None:
    entries = [entry(moment, zone) for moment, zone in told]

    content = calendar_file(entries)

    assert by_icalendar(content) == [meant(one) for one in entries]
    assert by_vobject(content) == [meant(one) for one in entries]


@pytest.mark.parametrize("zone", ZONES)
def test_every_hour_around_every_change_of_the_clocks_is_read_as_it_was_meant(zone: str) -> None:
    changes = [
        datetime(2027, month, 1, tzinfo=UTC) + timedelta(hours=5 * n)
        for month in (3, 4, 9, 10, 11)
        for n in range(30)
    ]
    entries = [entry(moment, zone) for moment in changes]

    content = calendar_file(entries)

    assert [one.starts_at for one in by_vobject(content)] == changes
    assert [one.starts_at for one in by_icalendar(content)] == changes


@given(st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1, max_size=60))
def test_a_title_is_read_as_it_was_written_whatever_signs_are_in_it(title: str) -> None:
    content = calendar_file([entry(datetime(2026, 12, 1, 18, tzinfo=UTC), title=title)])

    assert [one.title for one in by_icalendar(content)] == [title]
    assert [one.title for one in by_vobject(content)] == [title]


def test_lines_end_with_crlf_and_are_folded_at_75_octets() -> None:
    content = calendar_file([entry(datetime(2026, 12, 1, 18, tzinfo=UTC), title="Grüße und 🦷 " * 20)])

    lines = content.split(b"\r\n")
    assert b"\n" not in b"".join(lines)
    assert max(len(line) for line in lines) <= 75


def test_an_entry_tells_the_time_and_a_title_and_a_link_only_where_it_is_wanted() -> None:
    plain = calendar_file([entry(datetime(2026, 12, 1, 18, tzinfo=UTC))]).decode()
    linked = calendar_file([entry(datetime(2026, 12, 1, 18, tzinfo=UTC), url="https://a.example/1")]).decode()

    assert "DESCRIPTION" not in plain
    assert "http" not in plain
    assert "waypost" not in plain.lower()
    assert "URL:https://a.example/1" in linked
    assert "DESCRIPTION:https://a.example/1" in linked


def test_the_same_entries_make_the_same_bytes() -> None:
    one = entry(datetime(2026, 12, 1, 18, tzinfo=UTC), id=UUID(int=7))

    assert calendar_file([one]) == calendar_file([one])


def test_a_change_is_told_by_the_same_id_and_a_higher_sequence() -> None:
    before = entry(datetime(2026, 12, 1, 18, tzinfo=UTC), id=UUID(int=7))
    after = entry(datetime(2026, 12, 2, 18, tzinfo=UTC), id=UUID(int=7), sequence=1, status=Status.CANCELLED)

    [first], [second] = by_vobject(calendar_file([before])), by_vobject(calendar_file([after]))

    assert first.uid == second.uid
    assert (first.sequence, second.sequence) == (0, 1)
    assert second.status == "CANCELLED"


def test_a_file_without_entries_is_a_file() -> None:
    assert by_icalendar(calendar_file([])) == []
    assert calendar_file([]).startswith(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
