"""Claims about comparing policies: what becomes of a message, which rule is behind it, and no word of it."""

from uuid import uuid4

import pytest

from forum.comparing import Compared, Comparison, Fate, fate_of, lines
from moderation.markup import render
from moderation.verdict import Finding, Lane, Outcome, Verdict, weigh

CALM = weigh((), render("Zeppelin."), text="Zeppelin.")


def found(rule: str, outcome: Outcome, lane: Lane = Lane.CONDUCT, label: str | None = None) -> Finding:
    return Finding(rule, outcome, "zeppelin", lane, label=label)


def verdict(*findings: Finding) -> Verdict:
    return weigh(findings, render("Zeppelin."), text="Zeppelin.")


def compared(before: Verdict, after: Verdict, *, ruled: bool | None = None) -> Comparison:
    told = Comparison("one", "two", "lexicon", {})
    told.add(Compared(uuid4(), before, after, ruled))
    return told


@pytest.mark.parametrize(
    ("outcome", "fate", "in_danger"),
    [
        (Outcome.PUBLISH, Fate.PUBLISHED, Fate.PUBLISHED),
        (Outcome.NUDGE, Fate.ASKED, Fate.PUBLISHED),
        (Outcome.MASK, Fate.ASKED, Fate.HELD),
        (Outcome.HOLD, Fate.HELD, Fate.HELD),
        (Outcome.REFUSE, Fate.REFUSED, Fate.REFUSED),
    ],
)
def test_every_outcome_has_its_fate_and_nobody_in_danger_is_asked(
    outcome: Outcome, fate: Fate, in_danger: Fate
) -> None:
    said, care = found("spam", outcome), found("care", Outcome.PUBLISH, Lane.CARE)

    assert fate_of(verdict(said)) is fate
    assert fate_of(verdict(said, care)) is in_danger


def test_the_rules_of_the_graver_verdict_are_behind_a_change() -> None:
    grave = verdict(
        found("spam", Outcome.HOLD),
        found("language", Outcome.NUDGE),
        found("toxicity", Outcome.HOLD, label="threat"),
    )

    caught, let_go = compared(CALM, grave), compared(grave, CALM)

    assert caught.rules == {Fate.HELD: {"spam": 1, "threat": 1}}
    assert let_go.rules == {Fate.PUBLISHED: {"spam": 1, "threat": 1}}


@pytest.mark.parametrize(
    ("outcome", "ruled", "agrees"),
    [
        (Outcome.PUBLISH, True, True),
        (Outcome.NUDGE, True, True),
        (Outcome.MASK, True, False),
        (Outcome.HOLD, True, False),
        (Outcome.PUBLISH, False, False),
        (Outcome.MASK, False, True),
        (Outcome.REFUSE, False, True),
    ],
)
def test_a_policy_agrees_where_it_shows_what_a_moderator_let_others_read(
    outcome: Outcome, ruled: bool, agrees: bool
) -> None:
    told = compared(verdict(found("spam", outcome)), CALM, ruled=ruled)

    assert (told.ruled, told.agreed_before, told.agreed_after) == (1, agrees, ruled)


def test_a_message_that_could_not_be_judged_proves_nothing() -> None:
    failed = verdict(found("unscored", Outcome.HOLD, Lane.FAULT))

    told = compared(CALM, failed, ruled=False)

    assert (told.messages, told.failed, told.ruled, told.newly.total()) == (1, 1, 0, 0)


def test_what_is_told_gives_numbers_and_ids_and_no_word_of_a_message() -> None:
    told = compared(CALM, verdict(found("spam", Outcome.HOLD)), ruled=False)
    [name] = told.ids[Fate.HELD] if told.ids else []

    printed, values = list(lines(told)), told.as_json()

    assert "newly held             1  spam 1" in printed
    assert f"  {name}" in printed
    assert printed[-2:] == ["they let others read, or keeps what they did not: in force 0,", "draft 1."]
    assert values["newly"] == {
        "held": {"messages": 1, "rules": {"spam": 1}},
        "published": {"messages": 0, "rules": {}},
        "asked": {"messages": 0, "rules": {}},
        "refused": {"messages": 0, "rules": {}},
    }
    assert values["ids"] == {"held": [str(name)], "published": [], "asked": [], "refused": []}
    assert "zeppelin" not in f"{printed}{values}{told}".lower()


def test_a_draft_without_a_version_of_its_own_is_told() -> None:
    told = Comparison("one", "one", "lexicon")

    assert "Both have the same version: give the draft one of its own before it is used." in list(lines(told))
    assert "Moderators ruled on none of them." in list(lines(told))
    assert "ids" not in told.as_json()
