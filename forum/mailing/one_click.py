"""One click in a mail program: what is sent to the address in List-Unsubscribe."""

import re

from starlette.requests import Request

ONE_CLICK = re.compile(rb'(?:^|&)List-Unsubscribe=One-Click(?:&|$)|name="?List-Unsubscribe"?\s+One-Click\s')


async def is_one_click(request: Request) -> bool:
    """Return whether a mail program sent this (RFC 8058, 3.2): as a plain form, or in parts.

    It has no cookie and no form token: the address, which only the letter held, says who it is about.
    """
    return bool(ONE_CLICK.search(await request.body()))
