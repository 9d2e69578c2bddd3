"""Where a page of the queue ends, and what of the queue is asked for."""

from datetime import UTC, datetime
from urllib.parse import unquote
from uuid import uuid4

import pytest

from forum.errors import ForumError
from forum.review.filters import Last
from forum.review.items import AFTER, URGENT


@pytest.mark.parametrize("lane", [URGENT, AFTER])
@pytest.mark.parametrize("severity", range(5))
def test_where_a_page_ends_comes_back_from_an_address(lane: int, severity: int) -> None:
    last = Last(lane, severity, datetime(2026, 11, 22, 18, 0, tzinfo=UTC), uuid4())

    assert Last.parse(unquote(str(last))) == last


@pytest.mark.parametrize(
    "text",
    ["", "_", "__", "2_0_x", "0_5_x", "yesterday", "0_0_yesterday", "-1_0_", "00_0_", "0_-1_", "0_٣_x"],
)
def test_an_address_that_was_tampered_with_is_no_place_in_the_queue(text: str) -> None:
    with pytest.raises(ForumError):
        Last.parse(text)
