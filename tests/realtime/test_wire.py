"""What the wire does on a real server."""

import asyncio
import logging
from typing import Any

import pytest
from starlette.websockets import WebSocket
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosedError
from websockets.frames import Opcode

from realtime.connection import Connection
from realtime.protocol import FRAGMENTS
from realtime.sending import Gone
from realtime.text_frame import text_frame
from realtime.wire import SocketWire
from tests.realtime.harbour import Staller, echo, harbour
from tests.realtime.twins import ignore


async def test_a_wire_carries_text_and_bytes_and_notices_a_clean_close() -> None:
    async with harbour(echo) as here:
        async with connect(here.url) as peer:
            await peer.send("Day 30 🌱")
            await peer.send(b"\x00\x01")
            echoes = [await peer.recv(), await peer.recv()]
        await here.empties()

    assert echoes == ["Day 30 🌱", "2 bytes"]
    assert peer.close_code == 1000
    assert here.served == 1


async def test_a_connection_on_a_socket_wire_closes_with_its_code_and_reason() -> None:
    async def serve(accepted: WebSocket) -> None:
        connection = Connection(SocketWire(accepted))
        connection.offer("one")
        connection.offer("two")
        connection.end(4401, "signed out")
        await connection.run(ignore)

    async with harbour(serve) as here, connect(here.url) as peer:
        heard = [await peer.recv(), await peer.recv()]
        await peer.wait_closed()
        await here.empties()

    assert heard == ["one", "two"]
    assert (peer.close_code, peer.close_reason) == (4401, "signed out")


@pytest.mark.parametrize(
    ("frame", "code"), [(b"x" * 65_537, 1009), (b"half \xff", 1007), ("é".encode()[:1], 1007)]
)
async def test_a_frame_no_one_should_send_closes_the_connection(frame: bytes, code: int) -> None:
    async with harbour(echo) as here, connect(here.url) as peer:
        await peer.send(frame, text=True)
        with pytest.raises(ConnectionClosedError) as caught:
            await peer.recv()
        await here.empties()

    assert caught.value.rcvd is not None
    assert caught.value.rcvd.code == code
    assert here.served == 1


async def test_a_ping_of_a_peer_who_reads_is_answered() -> None:
    async with harbour(echo) as here, connect(here.url) as peer, asyncio.timeout(2.0):
        latency = await (await peer.ping())

    assert latency >= 0


async def test_a_message_in_endless_pieces_is_refused() -> None:
    async with harbour(echo) as here:
        with Staller() as peer:
            await peer.connect(here.port)
            await peer.send(Opcode.TEXT, b"a", fin=False)
            for _ in range(FRAGMENTS):
                await peer.send(Opcode.CONT, b"", fin=False)
            answer = await asyncio.get_running_loop().sock_recv(peer.socket, 100)
            await here.empties()

    assert answer[2:4] == (1008).to_bytes(2, "big")


async def test_no_address_query_or_text_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    for name in (None, "uvicorn", "uvicorn.error"):  # whatever another test has set them to
        caplog.set_level(logging.DEBUG, logger=name)
    async with harbour(echo) as here:
        async with connect(here.url, logger=logging.getLogger("peer")) as peer:
            await peer.send("a secret of mine")
            await peer.recv()
        await here.empties()
    told = [
        entry.getMessage() for entry in caplog.records if entry.name.startswith(("uvicorn", "websockets"))
    ]

    assert told
    assert not [line for line in told if "127.0.0.1" in line or "s3cret" in line or "secret" in line]


async def test_a_server_without_the_extension_is_asked_to_close() -> None:
    sent: list[Any] = []
    inbox = [{"type": "websocket.connect"}]

    async def receive() -> Any:
        return inbox.pop()

    async def send(event: Any) -> None:
        sent.append(event)

    accepted = WebSocket({"type": "websocket", "path": "/", "headers": []}, receive, send)
    await accepted.accept()
    wire = SocketWire(accepted)
    wire.abort()
    wire.abort()
    await asyncio.sleep(0.01)

    assert [(event["type"], event.get("code")) for event in sent] == [
        ("websocket.accept", None),
        ("websocket.close", 1013),
    ]


async def test_a_wire_whose_peer_left_says_so_every_time() -> None:
    outcomes: list[object] = []

    async def serve(accepted: WebSocket) -> None:
        wire = SocketWire(accepted)
        for act in (wire.receive, wire.receive):
            outcomes.extend(await asyncio.gather(act(), return_exceptions=True))
        outcomes.extend(await asyncio.gather(wire.send(text_frame("hello")), return_exceptions=True))
        outcomes.extend(await asyncio.gather(wire.close(1000, ""), return_exceptions=True))

    async with harbour(serve) as here:
        async with connect(here.url):
            pass
        await here.empties()

    assert [type(outcome) for outcome in outcomes] == [Gone] * 4
