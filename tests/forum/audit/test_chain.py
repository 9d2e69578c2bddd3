"""Claims about the chain: what two entries beside each other show, and how it is said."""

from datetime import UTC, datetime

import pytest

from forum.audit.chain import Fault, Kind, Link, fault_in, faults_at_end, faults_before, holds
from forum.audit.recording import seal
from forum.audit.tables import AuditEntry

AT = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)


def entry(seq: int, previous: str = "", **changed: str) -> AuditEntry:
    """Return an entry as it would be written, and then change some of its fields."""
    one = AuditEntry(
        seq=seq, at=AT, act="role", subject="account:7", details="{}", previous=previous, hash=""
    )
    one.hash = seal(one)
    for name, value in changed.items():
        setattr(one, name, value)
    return one


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (Fault(Kind.CHANGED, 17, 17), "entry 17 was changed"),
        (Fault(Kind.MISSING, 18, 18), "entry 18 is missing"),
        (Fault(Kind.MISSING, 18, 20), "entries 18 to 20 are missing"),
        (Fault(Kind.MOVED, 3, 3, 8), "entry 3 was moved: it was entry 8"),
        (Fault(Kind.PAST_END, 21, 22), "entries 21 to 22 stand after the end of the log"),
    ],
)
def test_a_fault_is_said_in_plain_words_with_its_place(fault: Fault, words: str) -> None:
    assert str(fault) == words


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_of_fault_can_be_said(kind: Kind) -> None:
    assert "7" in str(Fault(kind, 7, 7))
    assert "7" in str(Fault(kind, 7, 9))


def test_entries_that_follow_each_other_show_nothing() -> None:
    first = entry(1)
    second = entry(2, first.hash)

    assert holds(first)
    assert holds(second)
    assert list(faults_before(Link(), first)) == []
    assert list(faults_before(Link().then(first, holds=True), second)) == []
    assert list(faults_at_end(Link(2, second.hash), Link(2, second.hash))) == []


def test_an_entry_that_was_rewritten_with_its_hash_shows_at_the_next_one() -> None:
    was, now = entry(1), entry(1, subject="account:8")
    now.hash = seal(now)

    assert holds(now)
    assert list(faults_before(Link(1, now.hash), entry(2, was.hash))) == [Fault(Kind.CHANGED, 1, 1)]


def test_an_entry_that_does_not_hold_says_nothing_of_the_one_before_it() -> None:
    second = entry(2, entry(1).hash, subject="account:8")

    assert not holds(second)
    assert list(faults_before(Link(1, entry(1).hash), second)) == []
    assert fault_in(second, None) == Fault(Kind.CHANGED, 2, 2)


def test_a_first_entry_that_follows_something_was_changed() -> None:
    assert list(faults_before(Link(), entry(1, "f" * 64))) == [Fault(Kind.CHANGED, 1, 1)]


@pytest.mark.parametrize(("stands", "was", "earlier"), [(9, 4, 3), (3, 4, None), (5, 4, 9), (6, 1, None)])
def test_an_entry_in_another_place_is_known_by_what_it_follows_or_as_a_neighbour(
    stands: int, was: int, earlier: int | None
) -> None:
    moved = entry(was)
    moved.seq = stands

    assert fault_in(moved, earlier) == Fault(Kind.MOVED, stands, stands, was)


def test_what_stands_before_the_first_entry_was_never_part_of_the_log() -> None:
    stranger = entry(0, subject="account:8")

    assert fault_in(stranger, None) == Fault(Kind.FOREIGN, 0, 0)
    assert Link().then(stranger, holds=False) == Link()


def test_the_end_that_is_noted_is_held_against_the_last_entry() -> None:
    last = Link(20, "a")

    assert list(faults_at_end(last, Link(22, "c"))) == [Fault(Kind.MISSING, 21, 22)]
    assert list(faults_at_end(last, Link(20, "b"))) == [Fault(Kind.OTHER_END, 20, 20)]
    assert list(faults_at_end(last, None)) == [Fault(Kind.NO_END, 20, 20)]
    assert list(faults_at_end(Link(), None)) == []


def test_what_no_entry_could_ever_hold_does_not_hold() -> None:
    one = entry(1)
    one.details = b"\xff"  # type: ignore[assignment]

    assert not holds(one)
