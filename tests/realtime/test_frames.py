"""The shape of every frame that a browser hears."""

import json
from typing import Any

from realtime import frames
from realtime.envelope import encode
from realtime.frames import Answer, DeskChange, Here, Item, MeetingState, RoomState, Speaking
from tests.realtime.twins import NONCE, PLACE

ITEM = Item(7, NONCE, "robin", "<article>Hello</article>")
ITEM_FIELDS = {"seq": 7, "id": str(NONCE), "author": "robin", "html": "<article>Hello</article>"}


def test_a_welcome_tells_the_version_and_the_limits() -> None:
    assert frames.welcome(1, {"text": 10_000}) == {
        "type": "welcome",
        "version": 1,
        "limits": {"text": 10_000},
    }


def test_joined_tells_how_the_room_is_and_who_is_here() -> None:
    assert frames.joined(PLACE, 12, RoomState(slow_seconds=30), Here(3, ("Robin",))) == {
        "type": "joined",
        "place": str(PLACE),
        "seq": 12,
        "state": {"paused": False, "slow_seconds": 30, "waiting_for_facilitator": False},
        "here": {"count": 3, "names": ["Robin"]},
    }


def test_a_message_and_a_missed_message_have_the_same_fields() -> None:
    assert frames.message(PLACE, ITEM) == {"type": "message", "place": str(PLACE), **ITEM_FIELDS}
    assert frames.missed(PLACE, [ITEM], (3, 7), more=True) == {
        "type": "missed",
        "place": str(PLACE),
        "since": 3,
        "items": [ITEM_FIELDS],
        "upto": 7,
        "more": True,
    }


def test_an_answer_returns_the_nonce_and_the_words_for_the_author() -> None:
    answer = Answer("held", id=PLACE, words=("A moderator will read this soon.",))

    assert frames.answered(NONCE, answer) == {
        "type": "answered",
        "nonce": str(NONCE),
        "state": "held",
        "id": str(PLACE),
        "seq": None,
        "words": ["A moderator will read this soon."],
        "choices": [],
    }


def test_an_author_who_is_asked_hears_what_they_can_choose_and_no_id() -> None:
    told = frames.answered(NONCE, Answer("asked", words=("Look once more.",), choices=("masked", "ask")))

    assert (told["state"], told["id"], told["seq"]) == ("asked", None, None)
    assert (told["words"], told["choices"]) == (["Look once more."], ["masked", "ask"])


def test_an_error_returns_the_nonce_when_there_was_one() -> None:
    assert frames.error("paused", "The room is paused.", NONCE, 30) == {
        "type": "error",
        "reason": "paused",
        "words": "The room is paused.",
        "nonce": str(NONCE),
        "retry_after": 30,
    }
    assert frames.error("malformed", "Hm?")["nonce"] is None


def test_presence_and_room_are_flat() -> None:
    assert frames.presence(PLACE, Here(1)) == {
        "type": "presence",
        "place": str(PLACE),
        "count": 1,
        "names": [],
    }
    assert frames.room(PLACE, RoomState(paused=True)) == {
        "type": "room",
        "place": str(PLACE),
        "paused": True,
        "slow_seconds": 0,
        "waiting_for_facilitator": False,
    }


def test_the_small_frames_say_one_thing_each() -> None:
    assert frames.notices(2) == {"type": "notices", "unread": 2}
    assert frames.pong() == {"type": "pong"}
    assert frames.later(5) == {"type": "later", "seconds": 5}


def test_the_desk_tells_what_changed_and_never_any_words() -> None:
    assert frames.watching(7) == {"type": "watching", "waiting": 7}
    assert frames.desk(DeskChange(PLACE, "care", 0, "claimed", "Linnet", "2026-11-22T18:05:00+00:00")) == {
        "type": "desk",
        "item": str(PLACE),
        "kind": "care",
        "lane": 0,
        "what": "claimed",
        "who": "Linnet",
        "until": "2026-11-22T18:05:00+00:00",
    }
    assert frames.desk(DeskChange(PLACE, "held", 1, "new")) == {
        "type": "desk",
        "item": str(PLACE),
        "kind": "held",
        "lane": 1,
        "what": "new",
        "who": None,
        "until": None,
    }


def test_markup_that_is_more_than_a_string_is_sent_as_a_string() -> None:
    class Markup(str):
        """As the judge's html is."""

    html = frames.message(PLACE, Item(1, NONCE, None, Markup("<p>Hi</p>")))["html"]

    assert type(html) is str


def test_a_meeting_is_flat_but_for_who_shares_and_what_was_asked() -> None:
    shares = Speaking("t", "m", "Robin", "2026-11-22T19:03:00.000+00:00", 4, {"heard": 2})
    moments: dict[str, Any] = {"starts_at": "s", "closes_at": "c", "step_ends_at": None}
    state = MeetingState(
        3, "open", transcript="drop", step=1, sharing=shares, hands=(("n", "Wren"),), questions=(), **moments
    )

    told = json.loads(encode(frames.meeting(PLACE, state)))

    assert told["type"] == "meeting"
    assert (told["version"], told["phase"], told["now"], told["step"]) == (3, "open", None, 1)
    assert told["sharing"]["reactions"] == {"heard": 2}
    assert told["hands"] == [["n", "Wren"]]
    assert frames.muted(PLACE, muted=True) == {"type": "muted", "place": str(PLACE), "muted": True}


def test_every_frame_can_be_encoded() -> None:
    payload = frames.missed(PLACE, [ITEM], (3, 7), more=False)

    assert json.loads(encode(payload)) == payload
