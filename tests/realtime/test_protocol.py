"""What our protocol adds to uvicorn's, on a real server."""

import asyncio
import json

from starlette.websockets import WebSocket
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from realtime.connection import Bounds, Connection
from realtime.protocol import HIGH_WATER
from realtime.text_frame import text_frame
from realtime.wire import SocketWire
from tests.realtime.ears import becomes
from tests.realtime.harbour import Staller, echo, harbour
from tests.realtime.twins import ignore

MUCH = "x" * 100_000


async def test_frames_of_both_ways_keep_the_order_in_which_they_were_sent() -> None:
    said = [f"{way} {number}" for number in range(20) for way in ("posted", "sent")]

    async def serve(accepted: WebSocket) -> None:
        wire = SocketWire(accepted)
        for text in said:
            if text.startswith("posted"):
                assert wire.post(text_frame(text))
            else:
                await accepted.send_text(text)
        wire.post(text_frame("last"))
        await wire.close(1000, "")

    async with harbour(serve) as here, connect(here.url) as peer:
        heard = [frame async for frame in peer]
        await here.empties()

    assert heard == [*said, "last"]


async def test_a_slow_reader_who_reads_on_is_told_to_come_back_after_all_it_was_sent() -> None:
    async def serve(accepted: WebSocket) -> None:
        connection = Connection(SocketWire(accepted), Bounds(outbox_bytes=4 * len(MUCH)))
        running = asyncio.create_task(connection.run(ignore))
        while not running.done():
            connection.offer(MUCH)
            await asyncio.sleep(0)

    heard = []
    async with harbour(serve, close_seconds=5.0) as here, connect(here.url, max_queue=1) as peer:
        await becomes(lambda: here.served == 1)
        try:
            while True:
                heard.append(await peer.recv())
        except ConnectionClosed as closed:
            code = closed.rcvd and closed.rcvd.code
        await here.empties()

    assert json.loads(heard[-1])["type"] == "later"
    assert set(heard[:-1]) == {MUCH}
    assert code == 1013


async def test_the_buffer_of_a_peer_who_does_not_read_stays_small() -> None:
    unread: list[int] = []

    async def serve(accepted: WebSocket) -> None:
        wire = SocketWire(accepted)
        await becomes(lambda: not wire.post(text_frame("y" * 1000)))
        unread.append(wire.unread)
        wire.abort()

    async with harbour(serve) as here:
        with Staller() as peer:
            await peer.connect(here.port)
            await here.empties()

    assert HIGH_WATER < unread[0] < 2 * HIGH_WATER


async def test_a_server_that_stops_lets_the_application_take_its_leave() -> None:
    async def serve(accepted: WebSocket) -> None:
        await Connection(SocketWire(accepted)).run(ignore)

    async with harbour(serve) as here, connect(here.url) as peer:
        await becomes(lambda: bool(here.protocols and here.protocols[0].farewell))
        here.protocols[0].shutdown()
        told = json.loads(await peer.recv())
        await peer.wait_closed()
        await here.empties()

    assert told["type"] == "later"
    assert (peer.close_code, peer.close_reason) == (1012, "the server restarts")


async def test_an_application_that_knows_of_no_leave_is_closed_for_it() -> None:
    async with harbour(echo) as here, connect(here.url) as peer:
        here.protocols[0].shutdown()
        await peer.wait_closed()
        await here.empties()

    assert peer.close_code == 1012


async def test_a_peer_who_does_not_read_holds_no_stopping_server_up() -> None:
    async def serve(accepted: WebSocket) -> None:
        wire = SocketWire(accepted)
        await becomes(lambda: not wire.post(text_frame(MUCH)))
        await Connection(wire, Bounds(close_seconds=60.0)).run(ignore)

    async with harbour(serve) as here:
        with Staller() as peer:
            await peer.connect(here.port)
            await becomes(lambda: bool(here.protocols and here.protocols[0].farewell))
            here.protocols[0].shutdown()
            await here.empties()

    assert here.served == 1
