"""What envelopes promise."""

import json

import pytest

from realtime.envelope import Envelope, Topic, encode

DESK = Topic("desk")


def test_an_envelope_holds_one_compact_frame_with_its_type_first() -> None:
    envelope = Envelope.of(DESK, {"type": "notices", "unread": 2})

    assert envelope == Envelope(DESK, '{"type":"notices","unread":2}')


def test_letters_of_every_script_travel_as_themselves() -> None:
    frame = encode({"html": "<p>Zoë, 你好 🌱</p>"})

    assert frame == '{"html":"<p>Zoë, 你好 🌱</p>"}'
    assert json.loads(frame) == {"html": "<p>Zoë, 你好 🌱</p>"}


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "half \ud800"])
def test_what_no_websocket_can_carry_is_a_value_error(value: object) -> None:
    with pytest.raises(ValueError, match=r"surrogate|JSON"):
        encode({"html": value})


def test_the_error_for_a_lone_surrogate_does_not_quote_the_text() -> None:
    with pytest.raises(ValueError, match="surrogate") as caught:
        encode({"html": "my secret \ud800"})

    assert "secret" not in repr(caught.value)
    assert caught.value.__suppress_context__
