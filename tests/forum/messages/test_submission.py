"""What comes to the door."""

from uuid import uuid4

from forum.messages.submission import Asked, Held, Reply, Submission, cares
from moderation.verdict import Finding, Lane, Outcome

CARE = Finding("care", Outcome.PUBLISH, "overdose-own", Lane.CARE)
UNKIND = Finding("toxicity", Outcome.HOLD, "insult")


def test_two_sends_are_two_messages_unless_somebody_says_otherwise() -> None:
    target, author = Reply(uuid4()), uuid4()

    assert Submission(target, author, "Hello").nonce != Submission(target, author, "Hello").nonce


def test_somebody_may_be_in_danger_when_any_finding_says_so() -> None:
    assert cares((UNKIND, CARE))
    assert not cares((UNKIND,))
    assert [Held(uuid4(), uuid4(), found).cared for found in ((CARE,), (UNKIND,))] == [True, False]


def test_what_a_member_wrote_shows_in_no_repr() -> None:
    shown = repr([Submission(Reply(uuid4()), uuid4(), "heron"), Asked((), "heron", "heron")])

    assert "heron" not in shown
