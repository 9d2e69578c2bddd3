"""What we said into the common channel, and what of it we have heard: so that nobody here hears it twice."""

import secrets
from collections import deque

REMEMBERED = 1024
"""How many whose fate nobody knew are remembered: more than are under way when Redis falls silent."""


class Echoes:
    """Seals what we publish with a name and a number, by which it is known again when it comes back.

    A publication that failed may still have been heard by Redis. Then its own listeners were given it here
    and now, and must not be given it again when it comes; or it came already, and must not be given here.
    """

    def __init__(self) -> None:
        self._name = secrets.token_hex(8).encode()
        self._last = 0
        self._under_way: dict[int, bool] = {}
        self._given: deque[int] = deque(maxlen=REMEMBERED)

    def seal(self, frame: str) -> tuple[int, bytes]:
        """Return the number of a publication, and what goes over the wire: `<name>:<number> <frame>`."""
        self._last += 1
        self._under_way[self._last] = False
        return self._last, b"%b:%d %b" % (self._name, self._last, frame.encode(errors="surrogatepass"))

    def opened(self, sealed: bytes) -> str | None:
        """Return the frame that came, None where it was given here already; ValueError if it is not ours."""
        seal, space, frame = sealed.partition(b" ")
        name, _, number = seal.partition(b":")
        if not space or not number.isdigit():
            raise ValueError("not an envelope")
        if name == self._name and self._was_given(int(number)):
            return None
        return frame.decode(errors="surrogatepass")

    def settled(self, number: int) -> None:
        """A publication's fate is known; or nobody waits for it any more."""
        self._under_way.pop(number, None)

    def given_up(self, number: int) -> bool:
        """Return whether a publication that failed is to be given to our own listeners here and now."""
        came = self._under_way.pop(number, False)
        if not came:
            self._given.append(number)
        return not came

    def _was_given(self, number: int) -> bool:
        if number in self._under_way:
            self._under_way[number] = True
        return number in self._given
