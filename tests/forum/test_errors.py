"""Claims about broken rules: each has a status, a short key and plain words."""

from collections.abc import Iterator

import pytest

from forum import errors
from forum.errors import ForumError, TooManyRequests, Unavailable
from forum.language import N_


def kinds(parent: type[ForumError] = ForumError) -> Iterator[type[ForumError]]:
    yield parent
    for child in parent.__subclasses__():
        yield from kinds(child)


def test_every_broken_rule_is_the_readers_to_mend_and_says_how_in_a_sentence() -> None:
    for kind in kinds():
        assert 400 <= kind.status < 500 or (kind, kind.status) == (Unavailable, 503), kind
        assert kind.words.msgid.endswith("."), kind


def test_no_two_rules_share_the_key_that_a_program_hears() -> None:
    keys = [kind.reason for kind in kinds()]

    assert len(keys) == len(set(keys))


def test_an_error_repeats_nothing_of_what_was_typed_when_it_is_printed() -> None:
    error = errors.Closed(N_("Closed: %(why)s", why="private"), kept="what I typed")

    assert error.kept == "what I typed"
    assert "typed" not in f"{error} {error!r}"
    assert "private" not in f"{error} {error!r}"


@pytest.mark.parametrize(("wait", "told"), [(0.0, 1), (0.001, 1), (1.2, 2), (59.7, 60), (600.0, 600)])
def test_who_waits_as_long_as_told_waits_long_enough(wait: float, told: int) -> None:
    assert TooManyRequests(wait).retry_after in (told, told + 1)
    assert TooManyRequests(wait).retry_after >= max(wait, 1)


def test_words_of_ones_own_replace_the_general_ones_for_that_error_only() -> None:
    special = errors.NotFound(N_("Something special."))

    assert special.words.msgid == "Something special."
    assert errors.NotFound().words.msgid != "Something special."
