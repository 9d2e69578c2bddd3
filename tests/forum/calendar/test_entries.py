"""Claims about a date in words: for the reader's clock and language, with their own answer."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from forum.calendar.cards import Card
from forum.calendar.entries import (
    COMING,
    DECLINED,
    MAYBE,
    WAITING,
    Dated,
    Entry,
    Reader,
    own_words,
    stamp_of,
)
from forum.calendar.kinds import Format, Kind, Pathway
from forum.calendar.tables import Coming
from forum.language import Language, Words

START = datetime(2026, 11, 29, 18, 0, tzinfo=UTC)
CARD = Card(
    id=uuid4(),
    title="Sunday tea",
    starts_at=START,
    ends_at=START + timedelta(hours=1),
    kind=Kind.SUPPORT,
    pathway=Pathway.ANYBODY,
    format=Format.ONLINE,
    cancelled=False,
    reply=Coming.YES,
    seated=True,
)
TOKYO = Reader("Asia/Tokyo", Language.load("en"))


@pytest.mark.parametrize(
    ("reply", "seated", "words"),
    [
        (Coming.YES, True, COMING),
        (Coming.YES, False, WAITING),
        (Coming.MAYBE, False, MAYBE),
        (Coming.NO, False, DECLINED),
        (None, False, None),
    ],
)
def test_an_own_answer_is_said_in_words(reply: Coming | None, seated: bool, words: Words | None) -> None:
    assert own_words(reply, seated=seated) == words


def test_an_entry_is_by_the_readers_clock() -> None:
    entry, dated = Entry.of(CARD, TOKYO), Dated.of(CARD, TOKYO)

    assert (entry.clock, entry.hours) == ("3:00\u202fAM", "3:00\u202fAM – 4:00\u202fAM")
    assert dated.when == "Monday, November 30, 2026, 3:00\u202fAM – 4:00\u202fAM"
    assert dated.entry == entry
    assert entry.stamp == stamp_of(START) == "2026-11-29T18:00:00Z"
    assert TOKYO.local(START).isoformat() == "2026-11-30T03:00:00+09:00"


def test_for_everybody_goes_without_saying_and_who_is_coming_is_not_said_of_what_is_off() -> None:
    entry = Entry.of(CARD, TOKYO)
    off = Entry.of(replace(CARD, cancelled=True, pathway=Pathway.FAMILIES), TOKYO)

    assert (entry.pathway, entry.cancelled, entry.own) == ("", "", "You are coming")
    assert (off.pathway, off.cancelled, off.own) == ("Families and friends", "Cancelled", "")
