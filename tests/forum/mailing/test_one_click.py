"""Claims about one click: what mail programs send is heard, and nothing else is taken for it."""

import pytest
from starlette.requests import Request

from forum.mailing.one_click import is_one_click

PARTS = b'--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n'


def request_with(body: bytes) -> Request:
    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": body, "more_body": False}

    return Request({"type": "http", "method": "POST", "headers": []}, receive)


@pytest.mark.parametrize("body", [b"List-Unsubscribe=One-Click", b"List-Unsubscribe=One-Click&a=b", PARTS])
async def test_a_plain_form_and_one_in_parts_are_heard(body: bytes) -> None:
    assert await is_one_click(request_with(body))


@pytest.mark.parametrize("body", [b"", b"form_token=x", b"X-List-Unsubscribe=One-Click", b"a=One-Click"])
async def test_nothing_else_is_taken_for_it(body: bytes) -> None:
    assert not await is_one_click(request_with(body))
