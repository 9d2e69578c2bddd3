"""A web server on this machine that publishes one file, as faithfully as it is told."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


@dataclass(slots=True)
class Published:
    """A file, its address, the bytes of an answer before it breaks off, and the ranges asked for."""

    content: bytes
    address: str = ""
    breaks_off_after: int | None = None
    knows_ranges: bool = True
    asked: list[str | None] = field(default_factory=list)


@contextmanager
def published(content: bytes, name: str) -> Iterator[Published]:
    """Serve the content under a name on a free port, until the end of the block."""
    file = Published(content)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Answer, file))
    file.address = f"http://127.0.0.1:{server.server_port}/{name}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield file
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Answer(BaseHTTPRequestHandler):
    """One answer of that server."""

    def __init__(self, file: Published, *connection: object) -> None:
        """Answer the connection with the file."""
        self._file = file
        super().__init__(*connection)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """Send the file, or what is asked of it."""
        wanted = self.headers["Range"]
        self._file.asked.append(wanted)
        content = self._file.content
        start = int(wanted.removeprefix("bytes=").removesuffix("-")) if wanted else 0
        if start and self._file.knows_ranges:
            if start >= len(content):
                self.send_error(416)
                return
            self.send_response(206)
            self.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
            content = content[start:]
        else:
            self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content[: self._file.breaks_off_after])

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""
