"""Words of danger used as a weapon: a threat, and no cry for help."""

import pytest

from moderation.draft import Draft
from moderation.signs import Sign, Strength
from moderation.stages.care import care
from moderation.stages.death_wishes import wished_dead
from moderation.verdict import Lane, Outcome

CERTAIN = {"care": Sign("care", 0.99, Strength.CERTAIN, "a model")}


def test_whoever_wishes_another_dead_waits_for_a_moderator_and_is_offered_no_helpline() -> None:
    draft = Draft("Go kill yourself. Nobody here cares.", signs=CERTAIN)

    found = wished_dead(draft)

    assert found is not None
    assert (found.rule, found.outcome, found.lane) == ("threat", Outcome.HOLD, Lane.CONDUCT)
    assert [draft.words[span.start : span.end] for span in found.spans] == ["Go kill yourself"]
    assert care(draft) is None


def test_whoever_tells_of_it_and_is_in_danger_is_heard() -> None:
    draft = Draft('They wrote "kys" under my post. I want to die.', signs=CERTAIN)

    assert wished_dead(draft) is None
    assert care(draft) is not None


def test_whoever_wishes_another_dead_and_themselves_too_is_heard_as_well() -> None:
    draft = Draft("I hope you die. I want to die too.", signs=CERTAIN)

    assert wished_dead(draft) is not None
    assert care(draft) is not None


@pytest.mark.parametrize("text", ["The voice in my head: kill yourself.", "My brain: just die already, you"])
def test_what_a_voice_in_ones_own_head_says_is_heard_as_danger_too(text: str) -> None:
    assert care(Draft(text, signs=CERTAIN)) is not None


def test_ordinary_talk_wishes_nobody_dead() -> None:
    assert wished_dead(Draft("I hope you sleep well")) is None
