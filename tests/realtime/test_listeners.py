"""Who listens within a process, and when a topic is deserted."""

from structlog.testing import capture_logs

from realtime.envelope import Envelope, Topic
from realtime.listeners import Listener, Listeners

ROOM, OTHER = Topic("place:1"), Topic("place:2")


def test_a_topic_is_deserted_once_when_its_last_listener_leaves() -> None:
    deserted: list[Topic] = []
    listeners = Listeners(deserted.append)
    first, second = (Listener(listeners, ROOM, lambda _: None) for _ in range(2))
    for listener in (first, second):
        listeners.add(listener)
    listeners.remove(first)
    after_one = list(deserted)
    listeners.remove(second)
    listeners.remove(second)

    assert (after_one, deserted, listeners.topics) == ([], [ROOM], ())


async def test_who_ends_while_an_envelope_is_handed_out_disturbs_nobody() -> None:
    listeners, heard = Listeners(), list[str]()
    first = Listener(listeners, ROOM, lambda _: listeners.remove(first))
    listeners.add(first)
    listeners.add(Listener(listeners, ROOM, lambda envelope: heard.append(envelope.frame)))
    listeners.deliver(Envelope(ROOM, "one"))
    listeners.deliver(Envelope(ROOM, "two"))
    listeners.deliver(Envelope(OTHER, "elsewhere"))

    assert heard == ["one", "two"]


def test_a_failing_listener_is_logged_by_the_type_of_its_failure() -> None:
    def fail(envelope: Envelope) -> None:
        raise RuntimeError(envelope.frame)

    listeners = Listeners()
    listeners.add(Listener(listeners, ROOM, fail))
    with capture_logs() as entries:
        listeners.deliver(Envelope(ROOM, "a secret"))

    assert [entry["error"] for entry in entries] == ["RuntimeError"]
    assert "secret" not in repr(entries)
