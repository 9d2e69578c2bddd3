"""The checker: reads what members wrote down beside what the database has, and tells what is not right."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from uuid import UUID

from tests.journeys.chaos.record import Answered, Log, Stored, Truth

PUBLISHED = "published"


class Rule(StrEnum):
    """What must hold, named by how it is broken."""

    LOST = "was acknowledged, and is not stored so"
    UNANSWERED = "was sent, and never answered"
    TWO_ANSWERS = "was answered in two ways"
    STORED_TWICE = "is stored twice"
    NOT_SENT = "is stored, and nobody sent it"
    MISCOUNTED = "does not count its published messages from 1, each once"
    OUT_OF_ORDER = "came after a later one"
    REPEATED = "came twice"
    GAP = "never came"
    NOT_PUBLISHED = "came, and is not published"
    FAILED = "was told of a fault"


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule that was broken, by whose log, and where: a seq, an id or a nonce."""

    rule: Rule
    whose: UUID
    what: object

    def __str__(self) -> str:
        """Return it as a sentence."""
        return f"{self.what} {self.rule.value} ({self.whose})"


def violations(logs: Iterable[Log], truth: Truth) -> Iterator[Violation]:
    """Yield everything that is not right; nothing, where what was promised was kept.

    The rooms are those that every log began in at its `start`; no message of theirs was edited or taken down.
    """
    logs = list(logs)
    yield from _of_the_store(logs, truth)
    by_nonce = {(one.author, one.nonce): one for one in truth.messages}
    published = {(one.room, one.id): one.seq for one in truth.messages if one.state == PUBLISHED}
    for log in logs:
        yield from (Violation(Rule.FAILED, log.member, words) for words in log.failures)
        yield from _of_answers(log, by_nonce)
        yield from _of_reading(log, truth)
        for one in sorted(log.heard.union(log.delivered), key=lambda heard: heard.seq):
            if published.get((log.room, one.id)) != one.seq:
                yield Violation(Rule.NOT_PUBLISHED, log.member, one.id)


def _of_the_store(logs: list[Log], truth: Truth) -> Iterator[Violation]:
    sent = {(log.member, nonce) for log in logs for nonce in log.sent}
    counted = Counter((one.author, one.nonce) for one in truth.messages)
    for (author, nonce), times in counted.items():
        if times > 1:
            yield Violation(Rule.STORED_TWICE, author, nonce)
        if (author, nonce) not in sent:
            yield Violation(Rule.NOT_SENT, author, nonce)
    for room, last in truth.last_seq.items():
        seqs = [one.seq for one in truth.messages if one.room == room and one.state == PUBLISHED]
        if sorted(seqs, key=lambda seq: seq or 0) != list(range(1, last + 1)):
            yield Violation(Rule.MISCOUNTED, room, room)


def _of_answers(log: Log, by_nonce: dict[tuple[UUID, UUID], Stored]) -> Iterator[Violation]:
    told = dict[UUID, Answered]()
    for answer in log.answered:
        if told.setdefault(answer.nonce, answer) != answer:
            yield Violation(Rule.TWO_ANSWERS, log.member, answer.nonce)
        stored = by_nonce.get((log.member, answer.nonce))
        if stored is None or Answered(stored.nonce, stored.state, stored.id, stored.seq) != answer:
            yield Violation(Rule.LOST, log.member, answer.nonce)
    yield from (Violation(Rule.UNANSWERED, log.member, nonce) for nonce in log.sent if nonce not in told)


def _of_reading(log: Log, truth: Truth) -> Iterator[Violation]:
    seqs = [one.seq for one in log.delivered]
    yield from (Violation(Rule.OUT_OF_ORDER, log.member, two) for one, two in pairwise(seqs) if two < one)
    ids = Counter(one.id for one in log.delivered)
    yield from (Violation(Rule.REPEATED, log.member, one) for one, times in ids.items() if times > 1)
    owed = range(log.start + 1, truth.last_seq[log.room] + 1)
    yield from (Violation(Rule.GAP, log.member, seq) for seq in owed if seq not in set(seqs))
    yield from (Violation(Rule.REPEATED, log.member, seq) for seq in set(seqs) if seq <= log.start)
