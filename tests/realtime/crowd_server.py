"""A process that serves one room without a forum: its members say how much is to be told to everybody.

`python -m tests.realtime.crowd_server` prints its port. Saying "<count> <bytes> <at once>" has so many
messages published, so many at a time every few milliseconds; a ping is answered by what the process uses.
"""

import asyncio
import json
import os
import sys
import time
from pathlib import Path
from uuid import uuid4

import uvicorn
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket

from forum.serving import run
from realtime.commands import Command, Say
from realtime.connection import Connection
from realtime.envelope import Envelope, Topic, encode
from realtime.in_process import InProcess
from realtime.protocol import DirectProtocol
from realtime.wire import SocketWire

ROOM = Topic("place:room")
PAUSE_SECONDS = 0.02
PAGE = os.sysconf("SC_PAGE_SIZE")


def used() -> dict[str, object]:
    """Return what this process uses: resident bytes, and seconds of its processor."""
    resident = Path("/proc/self/statm").read_text().split()[1]
    return {"type": "used", "resident": int(resident) * PAGE, "cpu": time.process_time()}


class Room:
    """The application: everybody is in the one room."""

    def __init__(self, direct: bool) -> None:
        self.backplane = InProcess()
        self.direct = direct
        self.seq = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one member."""
        if not self.direct:
            scope["extensions"] = {}
        socket = WebSocket(scope, receive, send)
        await socket.accept()
        connection = Connection(SocketWire(socket))

        async def handle(command: Command) -> None:
            if isinstance(command, Say):
                await self.tell(*map(int, command.text.split()))
            connection.offer(encode(used()))

        listening = await self.backplane.subscribe(ROOM, connection.relay)
        await connection.run(handle)
        await listening.end()

    async def tell(self, count: int, size: int, at_once: int) -> None:
        """Publish so many messages of so many bytes."""
        for _ in range(0, count, at_once):
            for _ in range(at_once):
                self.seq += 1
                frame = {"type": "message", "seq": self.seq, "id": str(uuid4()), "html": "x" * size}
                await self.backplane.publish(Envelope.of(ROOM, frame))
            await asyncio.sleep(PAUSE_SECONDS)


class Telling(uvicorn.Server):
    """Prints its port."""

    async def startup(self, sockets: list[object] | None = None) -> None:  # type: ignore[override]
        """Open it."""
        await super().startup()
        sys.stdout.write(json.dumps(self.servers[0].sockets[0].getsockname()[1]) + "\n")
        sys.stdout.flush()


def main() -> None:
    """Serve until told to stop."""
    room = Room(direct="--plain" not in sys.argv)
    config = uvicorn.Config(
        room,
        host="127.0.0.1",
        port=0,
        ws=DirectProtocol,
        ws_per_message_deflate=False,
        ws_ping_interval=None,
        lifespan="off",
        log_config=None,
        backlog=4096,
        timeout_graceful_shutdown=8,
    )
    run(Telling(config).serve())


if __name__ == "__main__":
    main()
