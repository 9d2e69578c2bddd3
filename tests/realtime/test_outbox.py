"""What an outbox promises: order, and a bound."""

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from realtime.outbox import Outbox

MOST = 40


def test_a_frame_counts_in_bytes_until_it_is_sent() -> None:
    outbox = Outbox(4)

    assert outbox.put(b"four")
    assert outbox.first() == b"four"
    assert not outbox.put(b"a")
    outbox.sent()
    assert outbox.put(b"a")


def test_what_is_unread_elsewhere_takes_room_too() -> None:
    outbox = Outbox(4)

    assert not outbox.put(b"ab", unread=3)
    assert outbox.put(b"ab", unread=2)


def test_what_is_not_there_cannot_be_first_or_sent() -> None:
    outbox = Outbox(4)

    with pytest.raises(IndexError):
        outbox.first()
    with pytest.raises(IndexError):
        outbox.sent()


def test_a_cleared_outbox_holds_nothing() -> None:
    outbox = Outbox(4)
    outbox.put(b"four")
    outbox.clear()

    assert len(outbox) == 0
    assert outbox.put(b"four")


def test_an_outbox_is_roomy_while_half_of_it_is_free() -> None:
    outbox = Outbox(4)
    outbox.put(b"ab")
    half = outbox.roomy
    outbox.put(b"c")

    assert (half, outbox.roomy) == (True, False)


class OutboxMachine(RuleBasedStateMachine):
    """An outbox beside a plain list."""

    def __init__(self) -> None:
        super().__init__()
        self.outbox = Outbox(MOST)
        self.waiting: list[bytes] = []

    @rule(frame=st.binary(max_size=15))
    def put(self, frame: bytes) -> None:
        """It takes a frame exactly when there is room."""
        fits = sum(len(f) for f in [*self.waiting, frame]) <= MOST

        assert self.outbox.put(frame) is fits
        if fits:
            self.waiting.append(frame)

    @precondition(lambda self: self.waiting)
    @rule()
    def send(self) -> None:
        """It gives back the oldest."""
        assert self.outbox.first() == self.waiting.pop(0)
        self.outbox.sent()

    @invariant()
    def counts(self) -> None:
        """It holds what was put and not sent."""
        assert len(self.outbox) == len(self.waiting)


TestOutbox = OutboxMachine.TestCase
TestOutbox.settings = settings(max_examples=50, stateful_step_count=30)
