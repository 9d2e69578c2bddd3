"""The floor: a room that does nothing but receive, and write the same bytes to each member in turn."""

import json
import select
import socket
import sys

from realtime.text_frame import text_frame

LET_IN = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"
HEADER, MASK = 4, 4
"""Bytes before the mask of a frame of 126 to 65,535 bytes, and the mask itself (RFC 6455, §5.2)."""
BUFFER = 1 << 16


def words_in(data: bytes) -> list[bytes]:
    """Return the texts of whole, masked frames of that size; the members of the bench send no others."""
    found = []
    while data:
        length = int.from_bytes(data[2:HEADER], "big")
        mask, masked = data[HEADER : HEADER + MASK], data[HEADER + MASK :][:length]
        repeated = (mask * (length // MASK + 1))[:length]
        plain = int.from_bytes(masked, "big") ^ int.from_bytes(repeated, "big")
        found.append(plain.to_bytes(length, "big"))
        data = data[HEADER + MASK + length :]
    return found


def main() -> None:
    """Serve until killed."""
    members: dict[int, socket.socket] = {}
    server, poll = socket.create_server(("127.0.0.1", 0), backlog=4096), select.epoll()
    poll.register(server, select.EPOLLIN)
    sys.stdout.write(json.dumps(server.getsockname()[1]) + "\n")
    sys.stdout.flush()
    while True:
        for number, _ in poll.poll():
            if number == server.fileno():
                member, _address = server.accept()
                member.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                poll.register(member, select.EPOLLIN)
                members[member.fileno()] = member
                continue
            data = members[number].recv(BUFFER)
            if not data:
                poll.unregister(number)
                members.pop(number).close()
            elif data.startswith(b"GET "):
                members[number].sendall(LET_IN)
            else:
                for words in words_in(data):
                    frame = text_frame(words.decode())
                    for member in members.values():
                        member.send(frame)


if __name__ == "__main__":
    main()
