"""What a text frame promises: what the wire library itself would write, and reads."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.frames import Frame, Opcode

from realtime.text_frame import text_frame, text_in


@pytest.mark.parametrize("length", [0, 125, 126, 65_535, 65_536])
def test_a_frame_is_what_the_wire_library_writes(length: int) -> None:
    text = "x" * length

    assert text_frame(text) == Frame(Opcode.TEXT, text.encode()).serialize(mask=False)


@given(st.text(max_size=200))
def test_the_text_of_a_frame_is_what_was_framed(text: str) -> None:
    assert text_in(text_frame(text)) == text


@pytest.mark.parametrize("length", [125, 126, 65_536])
def test_a_frame_of_any_length_is_read_back(length: int) -> None:
    assert text_in(text_frame("x" * length)) == "x" * length


def test_half_a_character_never_reaches_a_peer() -> None:
    assert text_in(text_frame("half \ud800")) == "half ?"
