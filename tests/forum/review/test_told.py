"""What an author is told of a decision follows from what is known of it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from forum.messages.tables import Message, State
from forum.review import reason_words as said
from forum.review.decided import APPEAL_DAYS, stands_against
from forum.review.tables import Appeal, Ruling
from forum.review.told import Known, appealed, found, imposed, is_told, means, was_told, who_decided, why
from moderation.markup import render
from moderation.verdict import Finding, Outcome

NOW = datetime(2026, 11, 22, 20, tzinfo=UTC)
LINKS = (Finding("links", Outcome.HOLD, "3 links"),)


def message(state: State, text: str = "Good evening.", refused_at: datetime | None = None) -> Message:
    return Message(
        place_id=uuid4(),
        author_id=uuid4(),
        nonce=uuid4(),
        text=text,
        html=render(text),
        state=state,
        created_at=NOW,
        refused_at=refused_at,
    )


def ruling(about: Message, outcome: str, measure: str = "") -> Ruling:
    return Ruling(
        item_id=uuid4(),
        message_id=about.id,
        account_id=about.author_id,
        moderator_id=uuid4(),
        outcome=outcome,
        reason="kindness",
        measure=measure,
        until=NOW + timedelta(hours=1),
        found_by="person",
        made_at=NOW,
    )


def known(about: Message, *rulings: Ruling, findings: tuple[Finding, ...] = ()) -> Known:
    return Known(about, rulings, findings, stands_against(about, list(rulings)), None)


def test_of_what_waits_nobody_has_decided() -> None:
    waiting = known(message(State.HELD), findings=LINKS)

    assert is_told(waiting)
    assert (found(waiting), who_decided(waiting)) == (said.FOUND_BY["machine"], said.NOBODY_YET)
    assert appealed(waiting, NOW) is None
    assert why(waiting)


def test_a_machine_that_refused_is_named_as_one_that_decided() -> None:
    refused = known(message(State.REFUSED, refused_at=NOW), findings=LINKS)

    assert (refused.outcome, who_decided(refused)) == ("machine", said.BY_MACHINE)


def test_a_takedown_names_its_guideline_and_that_people_found_it_and_decided() -> None:
    gone = message(State.REMOVED, refused_at=NOW)
    told = known(gone, ruling(gone, "taken-down"))

    assert len(why(told)) == 1
    assert (found(told), who_decided(told)) == (said.FOUND_BY["person"], said.BY_PERSON)
    assert means(told) == said.MEANS["taken-down"]


def test_a_report_that_came_to_nothing_is_not_told_unless_there_is_a_measure() -> None:
    stays = message(State.PUBLISHED)
    kept, warned = ruling(stays, "kept"), ruling(stays, "kept", "warn")

    assert (was_told(kept), is_told(known(stays, kept))) == (False, False)
    assert (was_told(warned), is_told(known(stays, warned))) == (True, True)


def test_a_measure_says_until_when_unless_it_has_no_end_of_its_own() -> None:
    stays = message(State.PUBLISHED)
    paused, suspended = (known(stays, ruling(stays, "kept", measure)) for measure in ("pause", "suspend"))

    assert [one.until for one in (*imposed(paused), *imposed(suspended))] == [NOW + timedelta(hours=1), None]


def test_one_can_appeal_for_six_months_and_then_reads_that_it_is_late() -> None:
    gone = message(State.REMOVED, refused_at=NOW)
    told = known(gone, ruling(gone, "taken-down"))
    last = NOW + timedelta(days=APPEAL_DAYS)

    states = [one.state for one in (appealed(told, last), appealed(told, last + timedelta(seconds=1))) if one]

    assert states == ["open", "late"]


def test_an_appeal_that_was_made_is_told_of_the_decision_that_it_is_about_only() -> None:
    gone = message(State.REMOVED, refused_at=NOW)
    decision = ruling(gone, "taken-down")

    def appeal(ruling_id: UUID) -> Appeal:
        return Appeal(
            about_id=gone.id,
            ruling_id=ruling_id,
            account_id=gone.author_id,
            item_id=uuid4(),
            letter_id=uuid4(),
            made_at=NOW,
        )

    about_it, about_another = (
        appealed(replace(known(gone, decision), appeal=appeal(id)), NOW) for id in (decision.id, uuid4())
    )

    assert about_it
    assert about_another
    assert (about_it.state, about_another.state) == ("pending", "open")


def test_when_the_words_are_gone_it_is_said() -> None:
    gone = message(State.REMOVED, text="", refused_at=NOW)

    assert means(known(gone, ruling(gone, "taken-down")))[-1] == said.WORDS_GONE
