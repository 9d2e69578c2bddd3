"""What client frames may say, and that nothing else gets through."""

import json
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from realtime.commands import (
    CHOICES,
    FRAME_BYTES,
    HIGHEST_SEQ,
    TEXT_CHARACTERS,
    Command,
    Fetch,
    FrameError,
    Join,
    Leave,
    Ping,
    Reason,
    Say,
    WatchDesk,
    parse,
)
from tests.realtime.twins import NONCE, PLACE, say

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters()), inner),
    max_leaves=20,
)
KINDS = st.sampled_from(["join", "leave", "fetch", "say", "watch-desk", "ping", "other"])
NAMES = st.sampled_from(["place", "since", "nonce", "text", "parent", "choice", "extra"])
PLAUSIBLE = st.sampled_from([str(PLACE), str(NONCE), 0, 7, "Hello"]) | JSON


def refusal(frame: str | bytes) -> FrameError:
    """The error that a frame is refused with."""
    with pytest.raises(FrameError) as caught:
        parse(frame)
    return caught.value


@pytest.mark.parametrize(
    ("fields", "command"),
    [
        ({"type": "join", "place": str(PLACE)}, Join(PLACE)),
        ({"type": "join", "place": str(PLACE), "since": None}, Join(PLACE)),
        ({"type": "join", "place": str(PLACE), "since": 12}, Join(PLACE, 12)),
        ({"type": "leave", "place": str(PLACE)}, Leave(PLACE)),
        ({"type": "fetch", "place": str(PLACE), "since": 0}, Fetch(PLACE, 0)),
        ({"type": "fetch", "place": str(PLACE), "since": HIGHEST_SEQ}, Fetch(PLACE, HIGHEST_SEQ)),
        (
            {"type": "say", "place": str(PLACE), "nonce": str(NONCE), "text": "Day 30 🌱"},
            Say(PLACE, NONCE, "Day 30 🌱"),
        ),
        (
            {"type": "say", "place": str(PLACE), "nonce": str(NONCE), "text": "", "parent": str(NONCE)},
            Say(PLACE, NONCE, "", NONCE),
        ),
        (
            {"type": "say", "place": str(PLACE), "nonce": str(NONCE), "text": "Hi", "choice": "masked"},
            Say(PLACE, NONCE, "Hi", choice="masked"),
        ),
        (
            {"type": "say", "place": str(PLACE), "nonce": str(NONCE), "text": "Hi", "choice": None},
            Say(PLACE, NONCE, "Hi"),
        ),
        ({"type": "watch-desk"}, WatchDesk()),
        ({"type": "watch-desk", "place": 7}, WatchDesk()),
        ({"type": "ping"}, Ping()),
        ({"type": "ping", "mood": [{"deep": 1.5}]}, Ping()),
    ],
)
def test_a_well_formed_frame_is_its_command(fields: dict[str, object], command: Command) -> None:
    assert parse(json.dumps(fields)) == command


@pytest.mark.parametrize(
    "frame",
    [
        b'{"type":"ping"}',
        "",
        "ping",
        "[]",
        '"ping"',
        "null",
        '{"type":"ping"',
        '\ufeff{"type":"ping"}',
        '{"type":"ping","type":"ping"}',
        '{"type":"ping","extra":{"a":1,"a":2}}',
        '{"type":"ping","extra":NaN}',
        '{"type":"ping","extra":-Infinity}',
        '{"type":"ping","extra":' + "9" * 5000 + "}",
        "[" * 60_000,
        '{"type":"ping","extra":' + '{"a":' * 10_000,
    ],
)
def test_what_is_not_one_json_object_in_text_is_malformed(frame: str | bytes) -> None:
    assert refusal(frame).reason is Reason.MALFORMED


@pytest.mark.parametrize("kind", ["shout", "JOIN", "", "\ud800", None, 1, ["join"], {}])
def test_a_type_we_do_not_know_is_refused(kind: object) -> None:
    assert refusal(json.dumps({"type": kind})).reason is Reason.UNKNOWN_TYPE
    assert refusal("{}").reason is Reason.UNKNOWN_TYPE


@pytest.mark.parametrize("since", [-1, HIGHEST_SEQ + 1, True, False, 1.0, "1", [], {}])
def test_since_is_a_whole_number_that_a_database_can_hold(since: object) -> None:
    for kind in ("join", "fetch"):
        assert refusal(json.dumps({"type": kind, "place": str(PLACE), "since": since})).reason is Reason.FIELD
    assert refusal(json.dumps({"type": "fetch", "place": str(PLACE)})).reason is Reason.FIELD


@pytest.mark.parametrize(
    "place",
    [
        None,
        1,
        "",
        "x" * 36,
        str(PLACE).upper(),
        PLACE.hex,
        f"{{{PLACE}}}",
        f"urn:uuid:{PLACE}",
        f" {PLACE}",
        "0198a5e0-7c00-7000-8000-00000000_0_1",
        "٠198a5e0-7c00-7000-8000-000000000001",
    ],
)
def test_an_identifier_is_written_in_its_one_canonical_form(place: object) -> None:
    assert refusal(json.dumps({"type": "leave", "place": place})).reason is Reason.FIELD


@pytest.mark.parametrize("missing", ["place", "nonce", "text"])
def test_saying_something_needs_a_place_a_nonce_and_a_text(missing: str) -> None:
    fields = json.loads(say("Hello"))
    del fields[missing]

    assert refusal(json.dumps(fields)).reason is Reason.FIELD


@pytest.mark.parametrize("text", [None, 1, ["a"], "\ud800", "a\udc00b", "\udc00\ud800"])
def test_a_text_is_whole_characters(text: object) -> None:
    frame = json.dumps({"type": "say", "place": str(PLACE), "nonce": str(NONCE), "text": text})

    assert refusal(frame).reason is Reason.FIELD


@pytest.mark.parametrize("choice", CHOICES)
def test_a_choice_is_one_of_those_that_answer_a_question(choice: str) -> None:
    said = parse(json.dumps(json.loads(say("Hello")) | {"choice": choice}))

    assert isinstance(said, Say)
    assert said.choice == choice


@pytest.mark.parametrize("choice", ["", "publish", "MASKED", 1, True, ["ask"], {}])
def test_any_other_choice_is_refused(choice: object) -> None:
    frame = json.dumps(json.loads(say("Hello")) | {"choice": choice})

    assert (refusal(frame).reason, refusal(frame).nonce) == (Reason.FIELD, NONCE)


def test_a_surrogate_pair_in_json_is_one_character() -> None:
    assert parse(say("🌱")) == Say(PLACE, NONCE, "🌱")
    assert "\\ud83c\\udf31" in say("🌱")


def test_the_longest_text_counts_characters_of_any_script() -> None:
    longest = json.dumps(json.loads(say("🌱" * TEXT_CHARACTERS)), ensure_ascii=False)

    assert isinstance(parse(longest), Say)
    assert refusal(say("a" * (TEXT_CHARACTERS + 1))).reason is Reason.TOO_LONG


def test_the_longest_frame_counts_bytes() -> None:
    padding = FRAME_BYTES - len('{"type":"ping","x":""}')

    assert parse(f'{{"type":"ping","x":"{"a" * padding}"}}') == Ping()
    assert refusal(f'{{"type":"ping","x":"{"a" * (padding + 1)}"}}').reason is Reason.TOO_LONG
    assert refusal(f'{{"type":"ping","x":"{"é" * (padding // 2 + 1)}"}}').reason is Reason.TOO_LONG


def test_an_error_carries_the_nonce_so_that_the_client_can_match_it() -> None:
    too_long, unknown = refusal(say("a" * (TEXT_CHARACTERS + 1))), refusal(f'{{"nonce":"{NONCE}"}}')

    assert (too_long.nonce, unknown.nonce) == (NONCE, NONCE)
    assert refusal('{"type":"say","nonce":"mine"}').nonce is None
    assert refusal("not json").nonce is None


def test_an_error_speaks_to_people_and_never_quotes_the_frame() -> None:
    error = refusal('{"type":"my-secret"}')

    assert error.words == "We do not know this kind of request."
    assert "my-secret" not in repr(error)


@given(st.text(st.characters()) | st.binary())
def test_arbitrary_frames_raise_nothing_but_frame_errors(frame: str | bytes) -> None:
    with pytest.raises(FrameError):
        parse(frame)


@given(JSON)
def test_arbitrary_json_raises_nothing_but_frame_errors(value: object) -> None:
    with pytest.raises(FrameError):
        parse(json.dumps(value))


@given(KINDS, st.dictionaries(NAMES, PLAUSIBLE))
def test_what_is_understood_is_fit_for_everything_downstream(kind: str, fields: dict[str, object]) -> None:
    try:
        command = parse(json.dumps({"type": kind, **fields}))
    except FrameError as error:
        assert error.nonce is None or str(error.nonce) == fields["nonce"]  # noqa: PT017 - one of two good ends
        return

    if isinstance(command, Say):
        assert len(command.text.encode()) >= len(command.text)
    if isinstance(command, Join | Leave | Fetch | Say):
        assert isinstance(command.place, UUID)
