"""The frames that wait for one reader, in order, bounded in bytes."""

from collections import deque


class Outbox:
    """Holds at most `most` bytes, the frame being sent and what was sent and is unread included."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._frames: deque[bytes] | None = None
        self._bytes = 0

    def __len__(self) -> int:
        return len(self._frames or ())

    @property
    def roomy(self) -> bool:
        """Whether at least half of it is free."""
        return self._bytes * 2 <= self._most

    def put(self, frame: bytes, unread: int = 0) -> bool:
        """Add a frame; False when it does not fit beside the `unread` bytes, and then nothing was added."""
        if self._bytes + unread + len(frame) > self._most:
            return False
        if self._frames is None:
            # Most connections never wait, and an empty deque has 600 bytes of its own.
            self._frames = deque()
        self._frames.append(frame)
        self._bytes += len(frame)
        return True

    def first(self) -> bytes:
        """Return the frame that is next, and keep it until it is `sent`; IndexError if there is none."""
        if self._frames is None:
            raise IndexError
        return self._frames[0]

    def sent(self) -> None:
        """Let go of the first frame; IndexError if there is none."""
        if self._frames is None:
            raise IndexError
        self._bytes -= len(self._frames.popleft())

    def clear(self) -> None:
        """Let go of all of them."""
        self._frames, self._bytes = None, 0
