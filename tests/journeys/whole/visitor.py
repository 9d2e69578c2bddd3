"""A visitor: pages and forms over HTTP, as a browser without scripts sends them, and a websocket beside."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx2
from websockets.asyncio.client import connect

from tests.builders import PASSWORD
from tests.forum.live.peers import Peer
from tests.journeys.whole.forms import Form, forms_in

SOON_SECONDS = 10.0
BROKEN = 500
LINK = re.compile(r'<a [^>]*href="([^"]+)"[^>]*>(.*?)</a>', re.DOTALL)
TAG = re.compile("<[^>]+>")


@dataclass
class Visitor:
    """Somebody with a browser of their own, who may reach any of the site's processes."""

    handle: str
    ports: tuple[int, ...]
    cookies: httpx2.Cookies = field(default_factory=httpx2.Cookies)
    page: str = ""
    at: str = ""
    """The path of the page that is open."""

    async def open(self, path: str, *, by: int = 0) -> str:
        """Open a page, by the process of that number; return what it says."""
        return await self._ask("GET", f"http://127.0.0.1:{self._port(by)}{path}")

    async def send(self, to: str, /, *, by: int = 0, **fields: str) -> str:
        """Fill in the form of this page that goes to an address (or to one that begins so), and send it.

        AssertionError where there is no such form, or it has no such field.
        """
        form = self._form(to, fields)
        chosen = {name: _chosen(form, name, value) for name, value in fields.items()}
        target = f"http://127.0.0.1:{self._port(by)}{form.action or self.at}"
        return await self._ask("POST", target, {**form.values, **chosen})

    def link(self, words: str) -> str:
        """Return where the first link that says these words leads."""
        for address, inside in LINK.findall(self.page):
            if words in TAG.sub("", inside):
                return str(address)
        raise AssertionError(f"no link says {words!r} at {self.at}")

    async def sign_up(self, *, by: int = 0) -> None:
        """Sign up."""
        await self.open("/sign-up", by=by)
        await self.send("/sign-up", by=by, handle=self.handle, password=PASSWORD, accept="1")
        assert "recovery" in self.page.casefold()

    @asynccontextmanager
    async def live(self, *, by: int = 0) -> AsyncIterator[Peer]:
        """Open a socket with one of the processes."""
        headers = {"cookie": f"waypost-session={self.cookies['waypost-session']}"}
        async with connect(f"ws://127.0.0.1:{self._port(by)}/live", additional_headers=headers) as socket:
            peer = Peer(socket)
            assert (await peer.next())["type"] == "welcome"
            yield peer

    def _port(self, by: int) -> int:
        return self.ports[by % len(self.ports)]

    def _form(self, action: str, fields: dict[str, str]) -> Form:
        found = [form for form in forms_in(self.page) if (form.action or self.at).startswith(action)]
        fitting = [form for form in found if set(fields) <= form.names | set(form.values)]
        assert fitting, f"no form at {self.at} goes to {action} with {sorted(fields)}"
        return fitting[0]

    async def _ask(self, method: str, url: str, form: dict[str, str] | None = None) -> str:
        how: dict[str, Any] = {"follow_redirects": True, "timeout": SOON_SECONDS, "verify": False}
        async with httpx2.AsyncClient(cookies=self.cookies, **how) as client:
            answer = await client.request(method, url, data=form)
            self.cookies = client.cookies
        assert answer.status_code < BROKEN, f"{answer.request.url.path}: {answer.status_code}"
        self.page, self.at = answer.text, answer.url.path
        return self.page


def _chosen(form: Form, name: str, value: str) -> str:
    """Return the value of the option with these words, where there are options."""
    return next((kept for words, kept in form.choices.get(name, []) if words == value), value)


async def soon(peer: Peer, kind: str, **fields: Any) -> dict[str, Any]:
    """Return the next frame of a kind, with these fields."""
    async with asyncio.timeout(SOON_SECONDS):
        return await peer.until(kind, **fields)
