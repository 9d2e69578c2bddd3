"""What is only spoken about."""

from moderation.danger.mention import is_mention


def test_training_books_and_the_dead_are_spoken_about() -> None:
    assert is_mention(" the training on suicide is on monday ")
    assert is_mention(" if somebody overdoses call for help ")
    assert not is_mention(" i want to die ")
