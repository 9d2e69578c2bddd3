"""A process that says back what it hears, by our protocol: what the wire's conformance is examined on.

`python -m tests.realtime.echo_server` prints its port. Messages may have 32 MiB, as examiners have some of
16; the site itself allows 64 KiB. With `--theirs` the server speaks uvicorn's own protocol, for comparison.
"""

import sys

import uvicorn
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket

from forum.serving import run
from realtime.protocol import DirectProtocol
from realtime.sending import Gone
from realtime.text_frame import text_frame
from realtime.wire import SocketWire
from tests.realtime.crowd_server import Telling

MOST_BYTES = 32 * 2**20


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    """Say back texts by the direct way, and bytes by the ordinary one."""
    socket = WebSocket(scope, receive, send)
    await socket.accept()
    wire = SocketWire(socket)
    try:
        while True:
            heard = await wire.receive()
            if isinstance(heard, str):
                await wire.send(text_frame(heard))
            else:
                await socket.send_bytes(heard)
    except Gone:
        return


def main() -> None:
    """Serve until told to stop."""
    config = uvicorn.Config(
        echo,
        host="127.0.0.1",
        port=0,
        ws="websockets-sansio" if "--theirs" in sys.argv else DirectProtocol,
        ws_max_size=MOST_BYTES,
        ws_per_message_deflate=False,
        lifespan="off",
        log_config=None,
    )
    run(Telling(config).serve())


if __name__ == "__main__":
    main()
