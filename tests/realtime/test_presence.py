"""How the roll is kept."""

from uuid import UUID

from realtime.envelope import Topic
from realtime.presence import Presence, Roll

ROOM, OTHER = Topic("place:1"), Topic("place:2")
ROBIN = Presence("a", UUID(int=1), "Robin")
ROBIN_ON_THE_PHONE = Presence("b", UUID(int=1), "Robin")
SAM = Presence("c", UUID(int=2), None, facilitator=True)


def test_the_roll_keeps_the_order_of_arrival_however_often_one_renews() -> None:
    roll = Roll()
    for now, presence in enumerate((ROBIN, SAM, ROBIN_ON_THE_PHONE, ROBIN)):
        roll.arrive(ROOM, presence, float(now), 60.0)

    assert roll.present(ROOM, 4.0) == (ROBIN, SAM, ROBIN_ON_THE_PHONE)
    assert roll.present(OTHER, 4.0) == ()


def test_whoever_is_not_renewed_is_gone_when_their_time_is_over() -> None:
    roll = Roll()
    roll.arrive(ROOM, ROBIN, 0.0, 60.0)
    roll.arrive(ROOM, SAM, 0.0, 30.0)

    assert roll.present(ROOM, 29.9) == (ROBIN, SAM)
    assert roll.present(ROOM, 30.0) == (ROBIN,)


def test_whoever_returns_after_their_time_stands_last() -> None:
    roll = Roll()
    roll.arrive(ROOM, ROBIN, 0.0, 10.0)
    roll.arrive(ROOM, SAM, 0.0, 60.0)
    roll.arrive(ROOM, ROBIN, 20.0, 10.0)

    assert roll.present(ROOM, 20.0) == (SAM, ROBIN)


def test_renewing_takes_the_newer_name() -> None:
    roll = Roll()
    hidden = Presence("a", UUID(int=1), None)
    roll.arrive(ROOM, ROBIN, 0.0, 60.0)
    roll.arrive(ROOM, hidden, 1.0, 60.0)

    assert roll.present(ROOM, 1.0) == (hidden,)


def test_departing_strikes_one_connection_of_one_topic() -> None:
    roll = Roll()
    for topic in (ROOM, OTHER):
        roll.arrive(topic, ROBIN, 0.0, 60.0)
        roll.arrive(topic, ROBIN_ON_THE_PHONE, 0.0, 60.0)
    roll.depart(ROOM, "a")
    roll.depart(ROOM, "nobody")

    assert roll.present(ROOM, 1.0) == (ROBIN_ON_THE_PHONE,)
    assert len(roll) == 3


def test_an_empty_roll_keeps_nothing() -> None:
    roll = Roll()
    roll.arrive(ROOM, ROBIN, 0.0, 1.0)
    roll.arrive(ROOM, SAM, 5.0, 60.0)
    roll.depart(ROOM, "c")

    assert len(roll) == 0


def test_everyone_is_told_with_the_time_they_have_left() -> None:
    roll = Roll()
    roll.arrive(ROOM, ROBIN, now=0.0, seconds=60.0)
    roll.arrive(OTHER, ROBIN, now=0.0, seconds=10.0)

    assert roll.everyone(now=20.0) == ((ROOM, ROBIN, 40.0),)
