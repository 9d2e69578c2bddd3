"""One websocket frame that carries text, as RFC 6455 (§5.2) writes it: whole, not masked, not compressed."""

WHOLE_TEXT = 0x81
"""FIN, and the opcode of text."""
SHORT, MIDDLE = 125, 0xFFFF
"""The longest payloads whose length stands in 7 and in 16 bits, in bytes."""


def text_frame(text: str) -> bytes:
    """Return the frame that a server sends; half a character, which UTF-8 cannot hold, becomes `?`."""
    payload = text.encode(errors="replace")
    length = len(payload)
    if length <= SHORT:
        return bytes((WHOLE_TEXT, length)) + payload
    if length <= MIDDLE:
        return bytes((WHOLE_TEXT, SHORT + 1)) + length.to_bytes(2, "big") + payload
    return bytes((WHOLE_TEXT, SHORT + 2)) + length.to_bytes(8, "big") + payload


def text_in(frame: bytes) -> str:
    """Return the text of a frame that `text_frame` made."""
    return frame[{SHORT + 1: 4, SHORT + 2: 10}.get(frame[1], 2) :].decode()
