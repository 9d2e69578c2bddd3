"""What an author is told: what happened, why, and what next."""

from uuid import uuid4

from forum.messages.answering import HELD, PUBLISHED, REFUSED, refusal, sent_flash, sentences
from forum.messages.submission import Held, Published, Refused
from moderation.verdict import Finding, Outcome

EMPTY = Finding("empty", Outcome.REFUSE, "there is no text")
UNKIND = Finding("toxicity", Outcome.HOLD, "insult", label="insult", score=0.9, model="lexicon")


def test_published_needs_no_reason() -> None:
    told = sentences(Published(uuid4(), uuid4(), 1))

    assert told == (PUBLISHED,)


def test_held_and_refused_say_why_in_plain_words() -> None:
    held = sentences(Held(uuid4(), uuid4(), (UNKIND,)))
    refused = sentences(Refused(None, (EMPTY,)))

    assert held[0] == HELD
    assert "a person looks at it first" in str(held[1])
    assert refused[0] == REFUSED
    assert refused[1] == refusal(Refused(None, (EMPTY,)))


def test_no_author_reads_a_score_or_the_name_of_a_model() -> None:
    told = " ".join(map(str, sentences(Held(uuid4(), uuid4(), (UNKIND,)))))

    assert "0.9" not in told
    assert "lexicon" not in told


def test_only_known_keys_in_an_address_say_something() -> None:
    assert sent_flash("held") is not None
    assert sent_flash("<script>") is None
    assert sent_flash("") is None
