"""What travels: a topic, and one text frame that was encoded once for everyone who hears it."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NewType, Self

from realtime.text_frame import text_frame

Topic = NewType("Topic", str)
"""Who hears an envelope: `place:<uuid>`, `account:<uuid>` or `desk`."""


def encode(payload: Mapping[str, object]) -> str:
    """Return the compact JSON text frame of a payload.

    Raises ValueError for what no websocket can carry: NaN, infinities and lone surrogates. The error never
    quotes the payload.
    """
    frame = json.dumps(payload, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    try:
        frame.encode()
    except UnicodeEncodeError:
        raise ValueError("a lone surrogate cannot be sent") from None
    return frame


@dataclass(frozen=True, slots=True)
class Envelope:
    """One text frame on its way to everyone who listens to a topic."""

    topic: Topic
    frame: str
    wire: bytes = field(init=False, repr=False, compare=False)
    """The whole websocket frame: the very bytes that every peer of this process is sent."""

    def __post_init__(self) -> None:
        """Frame the text, once."""
        object.__setattr__(self, "wire", text_frame(self.frame))

    @classmethod
    def of(cls, topic: Topic, payload: Mapping[str, object]) -> Self:
        """Encode a payload, once; raises ValueError as `encode` does."""
        return cls(topic, encode(payload))


CATCH_UP = Topic("catch-up")
"""Told by a backplane to listeners of its own process, never across: what was published may have been missed.

It is told whenever what ties processes together holds again after it broke, not where or what was missed.
"""
CAUGHT_UP = Envelope.of(CATCH_UP, {"type": "catch-up"})

Deliver = Callable[[Envelope], None]
"""Takes an envelope at once and never blocks."""
