"""Claims about the cursors in addresses: they survive the way there and back, and nothing else passes."""

from datetime import UTC
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.cursor import Cursor
from forum.errors import ForumError

MOMENTS = st.datetimes(timezones=st.just(UTC))


@given(MOMENTS, st.uuids())
def test_a_cursor_survives_its_address(at: object, row_id: object) -> None:
    cursor = Cursor(at, row_id)  # type: ignore[arg-type]
    sent = parse_qs(f"before={cursor}")["before"][0]

    assert Cursor.parse(sent) == cursor


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "x_y",
        "2026-11-22_x",
        "_0198a5e0-7c00-7000-8000-000000000001",
        "2026-11-22_0198a5e0-7c00-7000-8000-000000000001",
        "2026-11-22T10:00_0198a5e0-7c00-7000-8000-000000000001",
        "0001-01-01T00:00+23:00_0198a5e0-7c00-7000-8000-000000000001",
        "9999-12-31T23:59-14:00_0198a5e0-7c00-7000-8000-000000000001",
    ],
)
def test_a_cursor_that_was_tampered_with_is_a_bad_request(text: str) -> None:
    with pytest.raises(ForumError):
        Cursor.parse(text)


@given(st.text())
def test_any_text_is_a_cursor_or_a_bad_request(text: str) -> None:
    try:
        found = Cursor.parse(text)
    except ForumError as error:
        assert error.status == 400  # noqa: PT017 - one of two good ends
    else:
        assert found.at.tzinfo is UTC
