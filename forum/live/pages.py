"""The websocket at /live: who may open one, and how many."""

from collections.abc import Mapping
from math import ceil

import structlog
from starlette.responses import PlainTextResponse
from starlette.routing import WebSocketRoute
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect
from uvicorn.protocols.utils import ClientDisconnected

from forum.accounts.sessions import recognise
from forum.errors import Unavailable
from forum.language import N_, Words
from forum.live.listening import Listener, away_for
from forum.live.shared import live_of
from forum.logs import places
from forum.middleware import is_own_origin
from forum.outages import reaching
from forum.services import services_of
from realtime import frames
from realtime.backplane import Allowance
from realtime.commands import Reason
from realtime.connection import TOO_FAST, Connection
from realtime.envelope import encode
from realtime.wire import SocketWire

log = structlog.get_logger()

SOCKETS = Allowance(60, 60)
"""Connections that one member may open in a minute: a bad network reconnects a lot, a broken script more."""
OBJECTIONS: Mapping[str, Words] = {
    Reason.MALFORMED: N_("That could not be read. Reload the page, then try again."),
    Reason.UNKNOWN_TYPE: N_("That could not be read. Reload the page, then try again."),
    Reason.FIELD: N_("Something in that could not be read. Check it, then send it again."),
    Reason.TOO_LONG: N_("It is longer than fits here. Make it shorter, or send it in parts."),
    TOO_FAST: N_("That was a lot in a short time. Wait a little, then try again."),
}
"""What a member reads when a frame could not be understood."""


async def live(socket: WebSocket) -> None:
    """WS /live: signed-in members only; frames are described in docs/live-protocol.md."""
    services = services_of(socket)
    origin = socket.headers.get("origin")
    # Browsers always send Origin here, and nothing but us checks it; other programs carry no ambient cookies.
    if origin is not None and not is_own_origin(services.settings, origin, socket.headers.get("host", "")):
        await socket.send_denial_response(PlainTextResponse("cross-site", 403))
        return
    try:
        with reaching():
            viewer = await recognise(socket)
    except Unavailable:
        await socket.accept()
        await _ask_to_come_back(socket, away_for(), "come back in a moment")
        return
    await socket.accept()
    if viewer is None:
        await socket.close(frames.SIGNED_OUT, "signed out")
        return
    wait = await services.backplane.spend(f"socket:{viewer.id}", SOCKETS)
    if wait:
        await _ask_to_come_back(socket, ceil(wait), "too many connections")
        return
    connection = Connection(
        SocketWire(socket), say=lambda reason, _: services.renderer.say(OBJECTIONS[reason])
    )
    listener = Listener(services, viewer, connection, lambda: recognise(socket))
    await listener.run(live_of(socket))


async def _ask_to_come_back(socket: WebSocket, seconds: int, reason: str) -> None:
    await socket.send_text(encode(frames.later(seconds)))
    await socket.close(frames.TRY_AGAIN_LATER, reason)


class Door:
    """`live` as an application: starlette would put three more frames around a function, for hours (2 kB)."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one websocket; of a fault the log gets the places in the code, and the server closes it."""
        try:
            await live(WebSocket(scope, receive, send))
        except ClientDisconnected:
            raise  # before they were let in: uvicorn knows, and takes no notice
        except WebSocketDisconnect:
            return
        except Exception as error:
            log.error("crash", error=type(error).__name__, at=places(error))
            raise


ROUTES = [WebSocketRoute("/live", Door(), name="live")]
