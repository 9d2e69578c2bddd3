"""What is hard, what is covered for whom, and what the line above the cover says."""

from dataclasses import dataclass

import pytest
from jinja2 import Environment, FileSystemLoader

from forum.messages.explanations import WHY
from forum.rendering import TEMPLATES
from forum.review.reporting import REASONS
from forum.wellbeing.covering import HEAVY, ORDINARY, WARNINGS, Cover, is_covered, is_hard, warning


@dataclass
class Waiting:
    lane: int = 1
    severity: int = 0


def test_danger_is_hard_and_so_is_severity_three() -> None:
    assert is_hard(Waiting(lane=0, severity=0))
    assert is_hard(Waiting(severity=3))
    assert is_hard(Waiting(severity=4))
    assert not is_hard(Waiting(severity=2))


@pytest.mark.parametrize(
    ("cover", "mild", "hard"),
    [(Cover.HARD, False, True), (Cover.ALL, True, True), (Cover.NONE, False, False)],
)
def test_a_moderator_chooses_what_is_covered(cover: Cover, mild: bool, hard: bool) -> None:
    assert is_covered(Waiting(severity=1), cover) is mild
    assert is_covered(Waiting(severity=4), cover.value) is hard


def test_a_choice_that_is_not_known_covers_what_is_hard() -> None:
    assert is_covered(Waiting(lane=0), "x")


def test_the_warning_names_the_kind_and_never_quotes() -> None:
    assert warning(Waiting(lane=0), "care") == WARNINGS["care"]
    assert warning(Waiting(severity=4), "something-new") == HEAVY
    assert warning(Waiting(severity=1), "links") == ORDINARY


def test_every_warning_is_for_a_rule_or_a_reason_that_there_is() -> None:
    assert WARNINGS.keys() <= {*WHY, *REASONS, "threat"}


def test_covered_words_lie_behind_a_line_that_can_be_opened_without_scripts() -> None:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, extensions=["jinja2.ext.i18n"]
    )
    environment.install_null_translations()  # type: ignore[attr-defined]
    page = environment.from_string(
        '{% from "wellbeing/cover.html" import covered with context %}'
        '{% call covered(yes, "Somebody may be in danger") %}The words{% endcall %}'
    )

    shown, plain = page.render(yes=True), page.render(yes=False)

    assert shown.index("<summary>") < shown.index("Somebody may be in danger") < shown.index("The words")
    assert "<details" not in plain
    assert "The words" in plain
