"""Claims about facts: what happened does not change any more, and the list of them is whole."""

import inspect
from dataclasses import FrozenInstanceError, fields, is_dataclass
from typing import get_args
from uuid import uuid4

import pytest

from forum import facts
from forum.facts import Fact, NoticesChanged


def test_a_fact_cannot_be_changed_after_it_was_recorded() -> None:
    fact = NoticesChanged(uuid4(), 3)

    with pytest.raises(FrozenInstanceError):
        fact.unread = 4  # type: ignore[misc]


def test_everything_that_can_happen_is_in_the_union_that_reactions_match_over() -> None:
    made_here = {
        kind for _, kind in inspect.getmembers(facts, is_dataclass) if kind.__module__ == facts.__name__
    }

    assert made_here == set(get_args(Fact))


def test_a_fact_carries_ids_and_judged_html_but_never_a_members_raw_text() -> None:
    names = {field.name for kind in get_args(Fact) for field in fields(kind)}

    assert names.isdisjoint({"text", "title", "handle", "email", "password", "token"})
