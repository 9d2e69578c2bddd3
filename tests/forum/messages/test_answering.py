"""What an author is told: what happened, why, and what next."""

from uuid import uuid4

from forum.messages.answering import (
    ASKED,
    CARE,
    HELD,
    LIFE,
    MOST_LINES,
    PUBLISHED,
    REFUSED,
    after_sending,
    near,
    refusal,
    sent_flash,
    sent_key,
    sentences,
)
from forum.messages.explanations import WHY, explain
from forum.messages.submission import Asked, Held, Published, Refused
from moderation.verdict import Finding, Lane, Outcome

EMPTY = Finding("empty", Outcome.REFUSE, "there is no text")
DANGER = Finding("care", Outcome.PUBLISH, "overdose-own", Lane.CARE)
UNKIND = Finding("toxicity", Outcome.HOLD, "insult", label="insult", score=0.9, model="lexicon")


def test_published_needs_no_reason() -> None:
    told = sentences(Published(uuid4(), uuid4(), 1))

    assert told == (PUBLISHED,)


def test_held_and_refused_say_why_in_plain_words() -> None:
    held = sentences(Held(uuid4(), uuid4(), (UNKIND,)))
    refused = sentences(Refused(None, (EMPTY,)))

    assert held[0] == HELD
    assert held[1:] == explain((UNKIND,))
    assert "unkind" in held[1].msgid
    assert refused[0] == REFUSED
    assert refused[1] == refusal(Refused(None, (EMPTY,)))


def test_no_author_reads_a_score_or_the_name_of_a_model() -> None:
    told = " ".join(map(str, sentences(Held(uuid4(), uuid4(), (UNKIND,)))))

    assert "0.9" not in told
    assert "lexicon" not in told


def test_only_known_keys_in_an_address_say_something() -> None:
    assert sent_flash("held") is not None
    assert sent_flash("<script>") is None
    assert sent_flash("medicare") is None
    assert sent_flash("") is None


def test_a_question_says_that_nothing_was_sent_and_why() -> None:
    told = sentences(Asked((Finding("language", Outcome.NUDGE, "a term"),), "words"))

    assert told == (ASKED, WHY["language"])


def test_who_may_be_in_danger_is_thanked_and_not_told_off() -> None:
    assert sentences(Published(uuid4(), uuid4(), 1, cared=True)) == (PUBLISHED, CARE, LIFE)


def test_the_next_page_is_told_whether_it_waits_and_whether_somebody_may_be_in_danger() -> None:
    answers: list[Published | Held] = [
        Published(uuid4(), uuid4(), 1),
        Published(uuid4(), uuid4(), 1, cared=True),
        Held(uuid4(), uuid4(), (UNKIND,)),
        Held(uuid4(), uuid4(), (UNKIND, DANGER)),
    ]

    assert [sent_key(answer) for answer in answers] == ["", "care", "held", "held-care"]


def test_after_care_a_few_people_to_reach_are_named_by_the_members_time_zone() -> None:
    here, there, held = (
        sent_flash("care", "Europe/London"),
        sent_flash("care"),
        sent_flash("held-care", "Europe/London"),
    )

    assert here is not None
    assert there is not None
    assert held is not None
    assert (here.words, held.words) == ((CARE, LIFE), (HELD, CARE, LIFE))
    assert here.lines == held.lines == near("Europe/London")
    assert "gb-samaritans" in {line.key for line in here.lines}
    assert "gb-samaritans" not in {line.key for line in there.lines}
    assert 0 < len(there.lines) <= len(here.lines) <= MOST_LINES


def test_after_care_the_page_opens_at_the_top_where_people_to_reach_stand() -> None:
    calm, cared = (Published(uuid4(), uuid4(), 1, cared=one) for one in (False, True))

    assert after_sending("/rooms/1#end", calm) == "/rooms/1#end"
    assert after_sending("/rooms/1#end", cared) == "/rooms/1?sent=care"
    assert after_sending("/threads/1?at=2#m-2", cared) == "/threads/1?at=2&sent=care"
    assert after_sending("/rooms/1#end", Held(uuid4(), uuid4(), ())) == "/rooms/1?sent=held#end"
