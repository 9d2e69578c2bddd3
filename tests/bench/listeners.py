"""Members who listen in rooms of a whole site: when what was said had come to the last of them."""

import asyncio
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from tests.builders import Member
from tests.forum.live.peers import hello
from tests.realtime.crowd import Reader, masked

TALKERS = 20
"""In each room."""
PATIENCE_SECONDS = 30.0
HOW = ("badly", "well", "a little", "too long", "on the sofa", "with the window open", "like a stone")
WHEN = ("at five", "at six", "before dawn", "by seven", "half the night", "with the birds")
WHERE = ("the meeting", "the library", "choir", "the allotment", "my sister's", "the pool", "the workshop")
MESSAGE, ANSWERED = b'{"type":"message"', b'{"type":"answered"'
SEQ = len('{"type":"message","place":"00000000-0000-0000-0000-000000000000","seq":')


@dataclass(slots=True)
class Said:
    """One message: when it was due, and when and how its author was answered."""

    due: float
    seq: int = 0
    answered: float = 0.0
    state: str = ""


@dataclass(slots=True)
class Room:
    """A room with its members; when each seq came, and to how many it is still to come."""

    place: UUID
    members: list["Listener"] = field(default_factory=list)
    said: dict[str, Said] = field(default_factory=dict)
    left: dict[int, int] = field(default_factory=dict)
    last: dict[int, float] = field(default_factory=dict)

    def came(self, seq: int, now: float) -> None:
        """Note that one of the members has a message."""
        self.left[seq] = left = self.left.get(seq, len(self.members)) - 1
        if not left:
            self.last[seq] = now

    def done(self) -> bool:
        """Whether all that was said is answered, and what was published has come to everybody."""
        answered = all(one.state for one in self.said.values())
        return answered and all(one.seq in self.last for one in self.published())

    def published(self) -> Iterator[Said]:
        """Yield what everybody is to hear."""
        return (one for one in self.said.values() if one.state == "published")


class Listener(Reader):
    """A member's program that notes when messages come."""

    def __init__(self, room: Room, hello: bytes) -> None:
        super().__init__(hello)
        self.room = room
        self.seated = asyncio.Event()
        self._clock = asyncio.get_running_loop().time

    def take(self, payload: bytes) -> None:
        """Note one frame."""
        if payload.startswith(MESSAGE):
            self.room.came(int(payload[SEQ : payload.index(b",", SEQ)]), self._clock())
        elif payload.startswith(ANSWERED):
            told = json.loads(payload)
            said = self.room.said[told["nonce"]]
            said.answered, said.state, said.seq = self._clock(), told["state"], told["seq"] or 0
        elif payload.startswith(b'{"type":"error"'):
            told = json.loads(payload)
            self.room.said[told["nonce"]].state = told["reason"]
        elif not self.seated.is_set() and payload.startswith(b'{"type":"missed"'):
            self.seated.set()

    def say(self, words: str, due: float) -> None:
        """Say something that is due now."""
        nonce = str(uuid4())
        self.room.said[nonce] = Said(due)
        frame = {"type": "say", "place": str(self.room.place), "nonce": nonce, "text": words}
        self.transport.write(masked({**frame, "parent": None, "choice": None}))


async def seated(port: int, place: UUID, members: Sequence[Member]) -> Room:
    """Let members into a room, and return when all are in it."""
    room, loop = Room(place), asyncio.get_running_loop()
    for member in members:
        _, one = await loop.create_connection(
            lambda member=member: Listener(room, hello(member, port)),  # type: ignore[misc]
            "127.0.0.1",
            port,
        )
        await one.open
        one.send({"type": "join", "place": str(place), "since": 0})
        async with asyncio.timeout(PATIENCE_SECONDS):
            await one.seated.wait()
        room.members.append(one)
    return room


async def talk(rooms: Sequence[Room], rate: float, seconds: float) -> float:
    """Have so much said at appointed times, in the rooms in turn; return when everybody has heard all of it.

    The value is how many seconds that took. Who is late is waited for a while.
    """
    loop = asyncio.get_running_loop()
    start = loop.time() + 0.2
    for number in range(int(rate * seconds)):
        room = rooms[number % len(rooms)]
        speaker = room.members[number // len(rooms) % TALKERS]
        due = start + number / rate
        loop.call_at(due, speaker.say, words(number), due)
    await asyncio.sleep(seconds + 0.2)
    until = loop.time() + PATIENCE_SECONDS
    while not all(room.done() for room in rooms) and loop.time() < until:  # noqa: ASYNC110 - a member tells nobody
        await asyncio.sleep(0.01)
    return loop.time() - start


def words(number: int) -> str:
    """Return thirty words that nobody minds, others each time."""
    how, when, where = (
        known[number // step % len(known)] for known, step in ((HOW, 1), (WHEN, 7), (WHERE, 43))
    )
    return (
        f"Day {number} for me. Slept {how} again, the kids were up {when}, but I went to {where}, stayed for "
        "coffee afterwards and came home feeling a bit lighter than before it."
    )
