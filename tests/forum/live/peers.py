"""A member's program at the other end of a websocket."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any
from uuid import UUID, uuid4

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.builders import (
    Member,
)

SOON = 10.0
"""Seconds after which a frame that does not come is a failure; nothing ever waits for so long."""


class Peer:
    """A member's program at the other end."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.heard: list[dict[str, Any]] = []

    async def send(self, **frame: Any) -> None:
        """Send one frame."""
        await self.socket.send(json.dumps(frame, default=str))

    async def next(self) -> dict[str, Any]:
        """Return the next frame, whatever it is."""
        async with asyncio.timeout(SOON):
            frame: dict[str, Any] = json.loads(await self.socket.recv())
        self.heard.append(frame)
        return frame

    async def until(self, kind: str, **fields: Any) -> dict[str, Any]:
        """Return the next frame of the kind, with these fields if any are given."""
        while True:
            frame = await self.next()
            if frame["type"] == kind and all(frame[name] == value for name, value in fields.items()):
                return frame

    async def join(self, place_id: UUID, since: int | None = None) -> dict[str, Any]:
        """Enter a room."""
        await self.send(type="join", place=place_id, since=since)
        return await self.until("joined")

    async def say(self, place_id: UUID, text: str, nonce: UUID | None = None, choice: str = "") -> str:
        """Say something; the value is the nonce."""
        nonce = nonce or uuid4()
        await self.send(
            type="say", place=place_id, nonce=nonce, text=text, parent=None, choice=choice or None
        )
        return str(nonce)

    async def told(self, place_id: UUID, text: str, choice: str = "") -> dict[str, Any]:
        """Say something; return what became of it."""
        return await self.until("answered", nonce=await self.say(place_id, text, choice=choice))

    async def told_not(self, place_id: UUID, text: str) -> dict[str, Any]:
        """Say something that cannot be said here; return the reason."""
        return await self.until("error", nonce=await self.say(place_id, text))

    async def closing(self) -> int:
        """Wait for the close; return its code."""
        with suppress(ConnectionClosed):
            while True:
                await self.next()
        assert self.socket.close_code is not None
        return self.socket.close_code

    def changes(self) -> list[int]:
        """Return the seq of everything that was told of places, in the order told."""
        told = [frame.get("items", [frame]) for frame in self.heard if frame["type"] in ("message", "missed")]
        return [item["seq"] for items in told for item in items]

    async def hears(self, seq: int) -> None:
        """Wait until a change with this seq was told, however it was."""
        while seq not in self.changes():
            await self.next()

    def said(self) -> list[tuple[int, str]]:
        """Return the seq and id of every message that was heard."""
        return [(frame["seq"], frame["id"]) for frame in self.heard if frame["type"] == "message"]


def hello(member: Member, port: int) -> bytes:
    """Return a handshake of the member's program."""
    return (
        f"GET /live HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        f"Cookie: waypost-session={member.token}\r\n\r\n"
    ).encode()


@asynccontextmanager
async def listening(host: str, member: Member, **how: Any) -> AsyncIterator[Peer]:
    """Connect as a member."""
    headers = {"cookie": f"waypost-session={member.token}"}
    async with connect(f"ws://{host}/live", additional_headers=headers, **how) as socket:
        peer = Peer(socket)
        assert (await peer.next())["type"] == "welcome"
        yield peer
