"""The frames that wait for one reader, in order, bounded in bytes."""

from collections import deque


class Outbox:
    """Holds at most `most` bytes of UTF-8, the frame being sent included."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._frames: deque[tuple[str, int]] = deque()
        self._bytes = 0

    def __len__(self) -> int:
        return len(self._frames)

    @property
    def roomy(self) -> bool:
        """Whether at least half of it is free."""
        return self._bytes * 2 <= self._most

    def put(self, frame: str) -> bool:
        """Add a frame; False when it does not fit, and then nothing was added."""
        size = len(frame.encode(errors="surrogatepass"))
        if self._bytes + size > self._most:
            return False
        self._frames.append((frame, size))
        self._bytes += size
        return True

    def first(self) -> str:
        """Return the frame that is next, and keep it until it is `sent`."""
        return self._frames[0][0]

    def sent(self) -> None:
        """Let go of the first frame."""
        self._bytes -= self._frames.popleft()[1]
