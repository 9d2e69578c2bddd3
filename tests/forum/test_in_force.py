"""Claims about what is in force: what ships counts until the team says otherwise, and lists are joined."""

from forum.guidelines import GUIDELINES, VERSION
from forum.in_force import InForce, both
from moderation.draft import Policy


def test_what_ships_counts_until_the_team_says_otherwise() -> None:
    held = InForce()

    assert [one.slug for one in held.guidelines] == [one.slug for one in GUIDELINES]
    assert (held.policy, held.words, held.accept) == (0, Policy(), VERSION)


def test_the_operators_list_and_the_teams_count_together_and_numbers_stay() -> None:
    operator = Policy(("slot machine", "pills"), ("casino",), frozenset({"116123"}))
    team = Policy(("casino", "lottery"), ("pills",))

    assert both(operator, Policy()) is operator
    assert both(operator, team) == Policy(
        ("slot machine", "lottery"), ("casino", "pills"), frozenset({"116123"})
    )
