"""The words of streets."""

from moderation.details.streets import FAMOUS, NO_NAMES, OTHER_TYPES, SURE_TYPES


def test_a_word_is_sure_or_not_and_no_name_is_a_type() -> None:
    assert not SURE_TYPES & OTHER_TYPES
    assert not (SURE_TYPES | FAMOUS) & NO_NAMES
