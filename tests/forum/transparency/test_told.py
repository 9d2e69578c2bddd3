"""What a published table tells of one category."""

from forum.transparency.told import Told


def test_a_count_of_none_is_told_only_where_nothing_is_hidden() -> None:
    assert Told((("a", 20),)).count("b") == 0
    assert Told((("a", 20),), others=9).count("b") is None
    assert Told((("a", 20),), others=9).count("a") == 20
