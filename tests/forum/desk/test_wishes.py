"""What is asked for, to an address and back."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl
from uuid import uuid4

from forum.desk.wishes import Wish

NOW = datetime(2026, 11, 22, 18, tzinfo=UTC)


def test_a_wish_survives_its_address() -> None:
    space = uuid4()
    wish = Wish(str(space), "held", "new", "4")

    again = Wish.of(dict(parse_qsl(wish.query().removeprefix("?"))))

    assert again == wish
    assert (again.filters(NOW).space_id, again.filters(NOW).older_than) == (space, NOW - timedelta(hours=4))


def test_nonsense_asks_for_everything() -> None:
    wish = Wish.of({"space": "x", "kind": "\x00", "stage": "9", "older": "-1"})

    assert wish == Wish()
    assert wish.query() == ""
    assert wish.query(told="done", done="") == "?told=done"
