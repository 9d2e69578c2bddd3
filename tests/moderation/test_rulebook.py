"""What becomes of a finding: the rulebook's outcome, or a space's choice, and never less than the floor."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.rulebook import Rule, Rulebook, rule_of
from moderation.verdict import Finding, Lane, Outcome

FILE = """
version = "9"
[rules.spam]
usual = "hold"
lowest = "publish"
highest = "refuse"
[rules.own-details]
usual = "nudge"
lowest = "nudge"
highest = "mask"
"""
BOOK = Rulebook.read(FILE)
SHIPPED = Rulebook.load()
ALWAYS_READ_FIRST = ("others-details", "threat", "sourcing", "care-method")
"""What no choice can let through before a person has read it."""

OUTCOMES = st.sampled_from(Outcome)
RULES = st.lists(OUTCOMES, min_size=3, max_size=3).map(sorted).map(lambda three: Rule(three[1], *three[::2]))
CHOICES = st.dictionaries(st.sampled_from([*SHIPPED.rules, "unscored", "words", "empty"]), OUTCOMES)


def found(rule: str, outcome: Outcome = Outcome.HOLD) -> Finding:
    """Return a finding as the stage of a rule, or the scorer, would give it."""
    if rule == "threat":
        return Finding("toxicity", outcome, "threat 0.90", label="threat", score=0.9)
    return Finding(rule, outcome, "something")


def test_the_rulebook_that_ships_is_whole() -> None:
    assert SHIPPED.version
    assert set(ALWAYS_READ_FIRST) <= SHIPPED.rules.keys()


def test_the_rulebook_says_what_becomes_of_a_finding_whatever_its_stage_asked_for() -> None:
    decided = BOOK.decided(found("spam", Outcome.REFUSE))

    assert (decided.outcome, decided.policy) == (Outcome.HOLD, "9")


def test_a_spaces_choice_is_used() -> None:
    decided = BOOK.decided(found("spam"), {"spam": Outcome.PUBLISH, "own-details": Outcome.MASK})

    assert decided.outcome is Outcome.PUBLISH


@pytest.mark.parametrize(
    ("chosen", "used"), [(Outcome.PUBLISH, Outcome.NUDGE), (Outcome.REFUSE, Outcome.MASK)]
)
def test_a_choice_outside_the_bounds_becomes_the_nearest_within(chosen: Outcome, used: Outcome) -> None:
    decided = BOOK.decided(found("own-details"), {"own-details": chosen})

    assert decided.outcome is used
    assert not BOOK.rules["own-details"].allows(chosen)


@pytest.mark.parametrize("outcome", Outcome)
def test_what_the_rulebook_does_not_name_keeps_its_own_outcome(outcome: Outcome) -> None:
    finding = Finding("unscored", outcome, "the scorer failed", Lane.FAULT)

    assert BOOK.decided(finding, {"unscored": Outcome.PUBLISH}) is finding


def test_a_threat_is_a_rule_of_its_own() -> None:
    insult = Finding("toxicity", Outcome.HOLD, "insult 0.90", label="insult", score=0.9)
    gentle = {"toxicity": Outcome.NUDGE, "threat": Outcome.NUDGE}

    assert (rule_of(found("threat")), rule_of(insult)) == ("threat", "toxicity")
    assert SHIPPED.decided(found("threat"), gentle).outcome is Outcome.HOLD
    assert SHIPPED.decided(insult, gentle).outcome is Outcome.NUDGE


@given(st.sampled_from(sorted(SHIPPED.rules)), OUTCOMES, CHOICES)
def test_whatever_is_chosen_no_outcome_leaves_the_bounds_of_its_rule(
    name: str, asked: Outcome, choices: dict[str, Outcome]
) -> None:
    rule = SHIPPED.rules[name]

    decided = SHIPPED.decided(found(name, asked), choices)

    assert rule.lowest <= decided.outcome <= rule.highest


@pytest.mark.parametrize("name", ALWAYS_READ_FIRST)
@given(asked=OUTCOMES, choices=CHOICES)
def test_whatever_is_chosen_a_person_reads_what_puts_others_at_risk_first(
    name: str, asked: Outcome, choices: dict[str, Outcome]
) -> None:
    assert SHIPPED.decided(found(name, asked), choices).outcome >= Outcome.HOLD


@given(OUTCOMES, CHOICES)
def test_whatever_is_chosen_nobodys_own_details_are_shown_unasked(
    asked: Outcome, choices: dict[str, Outcome]
) -> None:
    assert SHIPPED.decided(found("own-details", asked), choices).outcome > Outcome.PUBLISH


@given(CHOICES)
def test_whatever_is_chosen_nobody_is_refused_for_being_in_danger(choices: dict[str, Outcome]) -> None:
    assert SHIPPED.decided(found("care"), choices).outcome <= Outcome.HOLD
    assert SHIPPED.decided(found("care-method"), choices).outcome <= Outcome.HOLD


@given(RULES, st.none() | OUTCOMES)
def test_a_rule_gives_what_it_allows_and_what_it_allows_it_gives(rule: Rule, chosen: Outcome | None) -> None:
    given = rule.outcome(chosen)

    assert rule.allows(given)
    assert given is chosen or chosen is None or not rule.allows(chosen)
    assert rule.outcome(None) is rule.usual


@given(RULES, OUTCOMES, OUTCOMES)
def test_an_administrators_bounds_never_widen_a_rule(rule: Rule, lowest: Outcome, highest: Outcome) -> None:
    narrowed = rule.within(lowest, highest)

    assert rule.lowest <= narrowed.lowest <= narrowed.usual <= narrowed.highest <= rule.highest


@given(RULES, OUTCOMES, OUTCOMES, OUTCOMES)
def test_within_an_administrators_bounds_no_choice_gets_past_the_rulebook(
    rule: Rule, lowest: Outcome, highest: Outcome, chosen: Outcome
) -> None:
    assert rule.allows(rule.within(lowest, highest).outcome(chosen))


def test_an_administrators_bounds_narrow_what_can_be_chosen() -> None:
    narrowed = BOOK.rules["spam"].within(Outcome.NUDGE, Outcome.MASK)

    assert narrowed == Rule(Outcome.MASK, Outcome.NUDGE, Outcome.MASK)


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ("version = ", "cannot be read"),
        (FILE.replace('version = "9"', ""), "no version"),
        (FILE.replace('"9"', "9"), "no version"),
        ('version = "9"', "no rules"),
        (FILE.replace('usual = "nudge"\n', ""), r"usual, lowest and highest in \[rules.own-details\]"),
        (FILE + 'why = "so"', r"in \[rules.own-details\], and nothing else"),
        (
            FILE.replace("nudge", "nod"),
            r"no outcome in \[rules.own-details\]; it can be: publish, nudge, mask",
        ),
        (FILE.replace('"nudge"', "3"), "no outcome"),
        (FILE.replace('usual = "nudge"', 'usual = "hold"'), r"outside .* in \[rules.own-details\]"),
        (FILE.replace('highest = "mask"', 'highest = "publish"'), "outside"),
        (FILE.replace('usual = "hold"', 'usual = "mask"'), r"mask in \[rules.spam\]"),
        ('version = "9"\nrules.spam = "hold"', r"in \[rules.spam\]"),
    ],
)
def test_a_rulebook_that_makes_no_sense_is_refused_in_words(file: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        Rulebook.read(file)
