"""Signs add up; an excuse takes away; the weightiest says what kind it is."""

import pytest

from moderation.meanings.passage import passage
from moderation.meanings.rubric import Rubric, rubric
from moderation.meanings.vocabulary import vocabulary
from moderation.signs import Strength

NOTED = {
    "@number",
    "@money",
    "@percent",
    "@sign",
    "@link",
    "@phone",
    "@quoted",
    "@question",
    "@opening",
    "@p",
}

SMALL = """
perhaps = 2
sure = 4
unless = ["question"]
[[sign]]
kind = "more"
points = 2
seen = "never"
[[sign]]
kind = "most"
points = 3
seen = "stop ~2 @benzo"
[[sign]]
points = -3
unless = []
seen = "nurse"
"""


@pytest.mark.parametrize(
    ("text", "strength", "kind"),
    [
        ("stop the valium", Strength.PERHAPS, "most"),
        ("stop the valium, never mind", Strength.SURE, "most"),
        ("stop the valium, the nurse says", Strength.NONE, "most"),
        ("stop the valium?", Strength.NONE, ""),
        ("good morning", Strength.NONE, ""),
    ],
)
def test_signs_add_up(text: str, strength: Strength, kind: str) -> None:
    seen = Rubric.read(SMALL).weigh(passage(text))

    assert (seen.strength, seen.kind) == (strength, kind)


def test_an_excuse_is_told() -> None:
    assert Rubric.read(SMALL).weigh(passage("the nurse")).excused


@pytest.mark.parametrize("name", ["claims", "sourcing", "spam"])
def test_every_class_that_a_rubric_names_is_there(name: str) -> None:
    known = vocabulary()
    classes = {one for names in known.words.values() for one in names}
    classes |= {one for phrases in known.phrases.values() for _, names in phrases for one in names}
    classes |= {f"@{made}" for made in known.made} | NOTED
    signs = rubric(name).signs
    steps = [step for sign in signs for pattern in sign.patterns for step in pattern.steps]
    named = {one for step in steps for part in step.parts for one in part.names if one[0] in "@%"}
    named |= {f"@{one}" for sign in signs for one in sign.unless}

    assert {one.replace("%", "@") for one in named} <= classes
