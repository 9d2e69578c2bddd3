"""A fault proxy: passes bytes on between members and a site, until it is told to harm a connection."""

import asyncio
import contextlib
import socket
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from enum import StrEnum

AT_ONCE = 4096
SLOW_BYTES, SLOW_SECONDS = 256, 0.05
"""A slow reader takes about 5 KB a second: less than a busy room says."""

FORGOTTEN_SECONDS = 30.0
"""After which both ends of a half-open connection have given it up."""


class Fault(StrEnum):
    """What can happen to a connection."""

    DROP = "drop"
    """It is closed at both ends."""
    RESET = "reset"
    """It is reset at both ends: what was under way is lost."""
    HALF_OPEN = "half-open"
    """Nothing passes any more, and nobody is told."""
    DELAY = "delay"
    """Everything comes late, in both directions."""
    SLOW = "slow"
    """The member reads hardly anything."""


@dataclass(eq=False, slots=True)
class Link:
    """One connection through the proxy."""

    member: asyncio.StreamWriter
    site: asyncio.StreamWriter
    delay: float = 0.0
    slow: bool = False
    passes: asyncio.Event = field(default_factory=asyncio.Event)

    def harm(self, fault: Fault, delay: float = 0.5) -> None:
        """Let the fault happen; `delay` is in seconds."""
        match fault:
            case Fault.DROP:
                self.close()
            case Fault.RESET:
                for end in (self.member, self.site):
                    reset(end)
            case Fault.HALF_OPEN:
                self.passes.clear()
            case Fault.DELAY:
                self.delay = delay
            case Fault.SLOW:
                self.slow = True

    def close(self) -> None:
        """Close both ends."""
        self.member.close()
        self.site.close()


def reset(end: asyncio.StreamWriter) -> None:
    """End a connection with a reset: closing a socket that does not linger sends one (RFC 9293, 3.10.4)."""
    raw = end.get_extra_info("socket")
    with contextlib.suppress(OSError):
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    end.transport.abort()


@dataclass(eq=False, slots=True)
class Proxy:
    """Listens on a port of its own, for a site on another one."""

    site_port: int
    port: int = 0
    links: set[Link] = field(default_factory=set)
    tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def accept(self, reader: asyncio.StreamReader, member: asyncio.StreamWriter) -> None:
        """Serve one connection until either end is through with it."""
        task = asyncio.create_task(self._serve(reader, member))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def aclose(self) -> None:
        """End every connection."""
        for task in list(self.tasks):
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        await asyncio.sleep(0)  # transports close at the loop's next turn

    async def _serve(self, reader: asyncio.StreamReader, member: asyncio.StreamWriter) -> None:
        try:
            answers, site = await asyncio.open_connection("127.0.0.1", self.site_port, limit=AT_ONCE)
        except BaseException as error:
            member.transport.abort()  # whoever is cancelled here would leave it open
            if isinstance(error, OSError):
                return
            raise
        link = Link(member, site)
        link.passes.set()
        self.links.add(link)
        try:
            await self._both_ways(link, reader, answers)
        finally:
            self.links.discard(link)
            link.member.close()
            link.site.transport.abort()

    async def _both_ways(
        self, link: Link, reader: asyncio.StreamReader, answers: asyncio.StreamReader
    ) -> None:
        ways = [
            asyncio.create_task(_pass(link, reader, link.site)),
            asyncio.create_task(_pass(link, answers, link.member)),
        ]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
            # Of a half-open connection no end hears that the other is gone.
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(link.passes.wait(), FORGOTTEN_SECONDS)
        finally:
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)


async def _pass(link: Link, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while data := await source.read(SLOW_BYTES if link.slow else AT_ONCE):
            await asyncio.sleep(link.delay)
            if link.slow and sink is link.member:
                await asyncio.sleep(SLOW_SECONDS)
            await link.passes.wait()
            sink.write(data)
            await sink.drain()


@asynccontextmanager
async def proxying(site_port: int) -> AsyncIterator[Proxy]:
    """A proxy on a free port of this machine."""
    proxy = Proxy(site_port)
    server = await asyncio.start_server(proxy.accept, "127.0.0.1", 0, limit=AT_ONCE)
    proxy.port = server.sockets[0].getsockname()[1]
    try:
        yield proxy
    finally:
        server.close()
        await proxy.aclose()
