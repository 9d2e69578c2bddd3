"""Opening a websocket: from our own pages only, signed in, not too often; and frames that nobody can read."""

import asyncio
import json
import logging
import struct
from socket import SO_LINGER, SOL_SOCKET
from typing import Any
from uuid import uuid4

import pytest
import websockets
from starlette.requests import HTTPConnection
from structlog.testing import capture_logs
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from forum.accounts.sessions import Viewer, end_session, recognise
from forum.live import pages
from realtime import frames
from realtime.backplane import Allowance
from tests.builders import (
    Community,
    serving,
)
from tests.forum.live.peers import Peer, hello, listening


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1"])
async def test_a_page_of_another_site_is_refused(community: Community, origin: str) -> None:
    rowan = await community.member()

    async with serving(community.services) as host:
        with pytest.raises(InvalidStatus) as caught:
            async with listening(host, rowan, origin=origin):
                pass

    assert caught.value.response.status_code == 403


async def test_a_page_of_this_site_is_welcome(community: Community) -> None:
    rowan = await community.member()

    async with (
        serving(community.services) as host,
        listening(host, rowan, origin=websockets.Origin(f"http://{host}")) as peer,
    ):
        await peer.send(type="ping")
        answer = await peer.next()

    assert answer == {"type": "pong"}


async def test_somebody_signed_out_is_sent_away(community: Community) -> None:
    rowan = await community.member()
    await end_session(community.services, rowan.viewer, rowan.viewer.session_id)

    async with serving(community.services) as host:
        headers = {"cookie": f"waypost-session={rowan.token}"}
        for sent in (headers, {"cookie": "waypost-session=guessed"}, {}):
            async with connect(f"ws://{host}/live", additional_headers=sent) as socket:
                assert await Peer(socket).closing() == frames.SIGNED_OUT


async def test_too_many_connections_are_told_when_to_come_back(
    community: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "SOCKETS", Allowance(1, 60))
    rowan = await community.member()

    async with serving(community.services) as host, listening(host, rowan):
        headers = {"cookie": f"waypost-session={rowan.token}"}
        async with connect(f"ws://{host}/live", additional_headers=headers) as second:
            peer = Peer(second)
            told = await peer.next()

            assert told["type"] == "later"
            assert 0 < told["seconds"] <= 61
            assert await peer.closing() == frames.TRY_AGAIN_LATER


async def test_a_bad_frame_is_answered_and_the_connection_lives(community: Community) -> None:
    rowan, nonce = await community.member(), str(uuid4())
    bad = [
        "not json",
        "[]",
        '{"type": "dance"}',
        json.dumps({"type": "say", "place": "nowhere", "nonce": nonce, "text": "Hi"}),
        json.dumps({"type": "say", "place": str(uuid4()), "nonce": nonce, "text": 7}),
        json.dumps({"type": "join", "place": str(uuid4()), "since": -1}),
    ]

    async with serving(community.services) as host, listening(host, rowan) as peer:
        told = []
        for frame in bad:
            await peer.socket.send(frame)
            told.append(await peer.next())
        await peer.send(type="ping")
        last = await peer.next()

    assert all(frame["type"] == "error" and frame["words"] for frame in told)
    assert told[3]["nonce"] == told[4]["nonce"] == nonce
    assert last == {"type": "pong"}


async def test_a_program_that_only_sends_nonsense_is_sent_away(community: Community) -> None:
    rowan = await community.member()

    async with serving(community.services) as host, listening(host, rowan) as peer:
        for _ in range(10):
            await peer.socket.send("nonsense")
        code = await peer.closing()

    assert code == frames.TOO_MANY_MALFORMED


@pytest.mark.parametrize("how", ["reset", "closed"])
async def test_who_leaves_before_they_are_let_in_is_no_fault_of_anybodys(
    community: Community, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, how: str
) -> None:
    rowan, came, left = await community.member(), asyncio.Event(), asyncio.Event()

    async def slowly(connection: HTTPConnection[Any]) -> Viewer | None:
        came.set()
        await left.wait()
        return await recognise(connection)

    monkeypatch.setattr(pages, "recognise", slowly)
    async with serving(community.services) as host:
        with capture_logs() as lines, caplog.at_level(logging.WARNING):
            name, _, port = host.partition(":")
            _, writer = await asyncio.open_connection(name, port)
            writer.write(hello(rowan, int(port)))
            await came.wait()
            if how == "reset":
                writer.get_extra_info("socket").setsockopt(SOL_SOCKET, SO_LINGER, struct.pack("ii", 1, 0))
                writer.transport.abort()
            else:
                writer.close()
            await asyncio.sleep(0.05)
            left.set()
            monkeypatch.undo()
            async with listening(host, rowan) as peer:
                await peer.send(type="ping")
                answer = await peer.next()

    assert answer == {"type": "pong"}
    assert [line for line in lines if line["log_level"] in ("warning", "error")] == []
    assert caplog.records == []
