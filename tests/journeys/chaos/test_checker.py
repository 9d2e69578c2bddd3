"""Claims about the checker: it is content with what went well, and finds each thing that did not."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest

from tests.journeys.chaos.checker import Rule, violations
from tests.journeys.chaos.record import Answered, Delivered, Log, Stored, Truth

ROOM, OTHER_ROOM = UUID(int=1), UUID(int=2)
Evening = tuple[list[Log], list[Stored], dict[UUID, int]]
ROWAN, WREN = 0, 1


def evening() -> Evening:
    """Two members in a room: four lines, of which the third is held, and a retry that was answered twice."""
    rowan, wren = Log(uuid4(), ROOM, upto=3), Log(uuid4(), ROOM, start=1, upto=3)
    said = [(rowan, "published", 1), (wren, "published", 2), (rowan, "held", None), (wren, "published", 3)]
    stored = [Stored(log.member, uuid4(), ROOM, uuid4(), state, seq) for log, state, seq in said]
    for (log, _, _), one in zip(said, stored, strict=True):
        log.sent.append(one.nonce)
        log.answered.append(Answered(one.nonce, one.state, one.id, one.seq))
    wren.answered.append(wren.answered[0])
    for one in stored:
        for log in (rowan, wren):
            if one.seq is not None and one.seq > log.start:
                log.delivered.append(Delivered(one.seq, one.id))
    for log in (rowan, wren):
        log.heard.update(log.delivered)
    return [rowan, wren], stored, {ROOM: 3, OTHER_ROOM: 0}


def rules_broken(told: Evening) -> set[Rule]:
    logs, stored, last = told
    return {found.rule for found in violations(logs, Truth(stored, last))}


def test_an_evening_on_which_all_went_well_breaks_no_rule() -> None:
    assert rules_broken(evening()) == set()


def forget_a_line(told: Evening) -> None:
    del told[1][0]


def forget_a_held_line(told: Evening) -> None:
    del told[1][2]


def answer_another_seq(told: Evening) -> None:
    first = told[0][ROWAN].answered[0]
    told[0][ROWAN].answered[0] = Answered(first.nonce, first.state, first.id, 3)


def answer_a_retry_as_another_message(told: Evening) -> None:
    wren = told[0][WREN]
    wren.answered[-1] = Answered(wren.answered[-1].nonce, "published", uuid4(), 9)


def never_answer(told: Evening) -> None:
    del told[0][ROWAN].answered[1]


def store_a_retry_again(told: Evening) -> None:
    one = told[1][1]
    told[1].append(Stored(one.author, one.nonce, ROOM, uuid4(), "published", 4))
    told[2][ROOM] = 4


def store_what_nobody_sent(told: Evening) -> None:
    told[1].append(Stored(told[0][ROWAN].member, uuid4(), ROOM, uuid4(), "held", None))


def leave_a_seq_out(told: Evening) -> None:
    told[2][ROOM] = 4


def give_a_seq_twice(told: Evening) -> None:
    one = told[1][2]
    told[1][2] = Stored(one.author, one.nonce, ROOM, one.id, "published", 3)


def deliver_in_another_order(told: Evening) -> None:
    told[0][ROWAN].delivered.reverse()


def deliver_twice(told: Evening) -> None:
    told[0][ROWAN].delivered.append(told[0][ROWAN].delivered[-1])


def deliver_what_was_read_before(told: Evening) -> None:
    told[0][WREN].delivered.insert(0, told[0][ROWAN].delivered[0])


def leave_a_gap(told: Evening) -> None:
    del told[0][WREN].delivered[0]


def stop_before_the_end(told: Evening) -> None:
    del told[0][ROWAN].delivered[-1]


def deliver_a_held_line(told: Evening) -> None:
    told[0][WREN].heard.add(Delivered(3, told[1][2].id))


def deliver_what_is_not_stored(told: Evening) -> None:
    told[0][WREN].heard.add(Delivered(3, uuid4()))


def deliver_under_another_seq(told: Evening) -> None:
    told[0][WREN].heard.add(Delivered(2, told[1][0].id))


def tell_of_a_fault(told: Evening) -> None:
    told[0][WREN].failures.append("error not-found")


@pytest.mark.parametrize(
    ("spoil", "rule"),
    [
        (forget_a_line, Rule.LOST),
        (forget_a_held_line, Rule.LOST),
        (answer_another_seq, Rule.LOST),
        (answer_a_retry_as_another_message, Rule.TWO_ANSWERS),
        (never_answer, Rule.UNANSWERED),
        (store_a_retry_again, Rule.STORED_TWICE),
        (store_what_nobody_sent, Rule.NOT_SENT),
        (leave_a_seq_out, Rule.MISCOUNTED),
        (give_a_seq_twice, Rule.MISCOUNTED),
        (deliver_in_another_order, Rule.OUT_OF_ORDER),
        (deliver_twice, Rule.REPEATED),
        (deliver_what_was_read_before, Rule.REPEATED),
        (leave_a_gap, Rule.GAP),
        (stop_before_the_end, Rule.GAP),
        (deliver_a_held_line, Rule.NOT_PUBLISHED),
        (deliver_what_is_not_stored, Rule.NOT_PUBLISHED),
        (deliver_under_another_seq, Rule.NOT_PUBLISHED),
        (tell_of_a_fault, Rule.FAILED),
    ],
)
def test_each_thing_that_goes_wrong_is_found(spoil: Callable[[Evening], None], rule: Rule) -> None:
    told = evening()
    spoil(told)

    assert rule in rules_broken(told)


def test_every_rule_can_be_broken_and_says_so_in_a_sentence() -> None:
    told = evening()
    deliver_twice(told)
    [first, *_] = violations(told[0], Truth(told[1], told[2]))

    assert str(first).endswith(f"came twice ({told[0][ROWAN].member})")
