"""What comes to the door."""

from uuid import uuid4

from forum.messages.submission import Reply, Submission


def test_two_sends_are_two_messages_unless_somebody_says_otherwise() -> None:
    target, author = Reply(uuid4()), uuid4()

    assert Submission(target, author, "Hello").nonce != Submission(target, author, "Hello").nonce
