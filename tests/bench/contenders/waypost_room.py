"""Ours: the carrier without the forum."""

import json
import sys

import uvicorn
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket

from forum.serving import run
from realtime.commands import Command, Say
from realtime.connection import Bounds, Connection
from realtime.envelope import Envelope, Topic
from realtime.in_process import InProcess
from realtime.protocol import DirectProtocol
from realtime.wire import SocketWire

ROOM = Topic("place:room")
UNHURRIED = Bounds(burst=1_000_000)
"""How fast members may speak is not what is measured."""
backplane = InProcess()


async def room(scope: Scope, receive: Receive, send: Send) -> None:
    """Serve one member."""
    socket = WebSocket(scope, receive, send)
    await socket.accept()
    connection = Connection(SocketWire(socket), UNHURRIED)

    async def handle(command: Command) -> None:
        if isinstance(command, Say):
            await backplane.publish(Envelope(ROOM, command.text))

    listening = await backplane.subscribe(ROOM, connection.relay)
    await connection.run(handle)
    await listening.end()


class Telling(uvicorn.Server):
    """Prints its port."""

    async def startup(self, sockets: list[object] | None = None) -> None:  # type: ignore[override]
        """Open it."""
        await super().startup()
        sys.stdout.write(json.dumps(self.servers[0].sockets[0].getsockname()[1]) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
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
    )
    run(Telling(config).serve())
