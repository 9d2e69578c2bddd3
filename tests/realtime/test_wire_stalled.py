"""What the wire does, on a real server, with peers who do not read."""

import asyncio
import socket

from starlette.websockets import WebSocket
from websockets.frames import Opcode

from realtime.connection import Bounds, Connection
from realtime.text_frame import text_frame
from realtime.wire import SocketWire
from tests.realtime.harbour import Staller, echo, harbour
from tests.realtime.twins import ignore

MUCH = "x" * 500_000
SOME = "x" * 100_000


async def flood(accepted: WebSocket) -> None:
    """Send more than a stalled peer's buffers hold, then listen."""
    await SocketWire(accepted).send(text_frame(MUCH))
    await echo(accepted)


async def test_a_peer_who_stops_reading_is_dropped_in_bounded_time() -> None:
    async def serve(accepted: WebSocket) -> None:
        connection = Connection(SocketWire(accepted), Bounds(outbox_bytes=2 * len(MUCH), send_seconds=0.05))
        connection.offer(MUCH)
        connection.offer("and more")
        await connection.run(ignore)

    async with harbour(serve) as here:
        with Staller() as peer:
            await peer.connect(here.port)
            await here.empties()

    assert here.served == 1


async def test_a_peer_who_overflows_the_outbox_is_dropped_in_bounded_time() -> None:
    async def serve(accepted: WebSocket) -> None:
        connection = Connection(SocketWire(accepted))
        running = asyncio.create_task(connection.run(ignore))
        while not running.done():
            connection.offer(SOME)
            await asyncio.sleep(0)

    async with harbour(serve) as here:
        with Staller() as peer:
            await peer.connect(here.port)
            await here.empties()

    assert here.served == 1


async def test_a_peer_who_does_not_read_the_close_is_dropped_in_bounded_time() -> None:
    async def serve(accepted: WebSocket) -> None:
        await SocketWire(accepted).send(text_frame(MUCH))

    async with harbour(serve) as here:
        with Staller() as peer:
            await peer.connect(here.port)
            await here.empties()

    assert here.served == 1


async def test_a_stalled_peer_who_answers_no_ping_is_dropped_in_bounded_time() -> None:
    async with harbour(flood, ping_seconds=0.02) as here:
        with Staller() as peer:
            await peer.connect(here.port)
            await here.empties()

    assert here.served == 1


async def test_a_stalled_peer_who_closes_half_is_dropped_in_bounded_time() -> None:
    async with harbour(flood) as here:
        with Staller() as peer:
            await peer.connect(here.port)
            peer.socket.shutdown(socket.SHUT_WR)
            await here.empties()

    assert here.served == 1


async def test_pings_of_a_peer_who_does_not_read_pile_up_no_answers() -> None:
    async with harbour(flood) as here:
        with Staller() as peer:
            await peer.connect(here.port)
            async with asyncio.timeout(2.0):
                while not here.protocols or here.protocols[0].writable.is_set():  # noqa: ASYNC110 - uvicorn tells nobody
                    await asyncio.sleep(0.005)
            transport = here.protocols[0].transport
            before = transport.get_write_buffer_size()
            for _ in range(500):
                await peer.send(Opcode.PING, b"x" * 125)
            await asyncio.sleep(0.05)
            after = transport.get_write_buffer_size()
        await here.empties()

    assert 0 < after <= before
