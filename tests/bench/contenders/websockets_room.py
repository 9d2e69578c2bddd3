"""The library `websockets` alone, with its own `broadcast`, on the event loop that we use too."""

import asyncio
import json
import sys

import uvloop
from websockets.asyncio.server import ServerConnection, broadcast, serve

members: set[ServerConnection] = set()


async def room(member: ServerConnection) -> None:
    """Serve one member."""
    members.add(member)
    try:
        async for words in member:
            broadcast(members, words)
    finally:
        members.discard(member)


async def main() -> None:
    """Serve until killed."""
    async with serve(room, "127.0.0.1", 0, compression=None, ping_interval=None, backlog=4096) as server:
        sys.stdout.write(json.dumps(next(iter(server.sockets)).getsockname()[1]) + "\n")
        sys.stdout.flush()
        await asyncio.get_running_loop().create_future()


if __name__ == "__main__":
    uvloop.run(main())
