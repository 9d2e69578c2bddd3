"""Nobody here hears twice what was given to them while its fate was unknown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from realtime.echoes import REMEMBERED, Echoes


@given(frame=st.text(st.characters()))
def test_what_is_sealed_opens_as_it_was_for_us_and_for_others(frame: str) -> None:
    ours = Echoes()
    _, sealed = ours.seal(frame)

    assert ours.opened(sealed) == Echoes().opened(sealed) == frame


@given(came_before=st.booleans(), comes_after=st.booleans())
def test_a_failed_publication_is_heard_here_exactly_once(came_before: bool, comes_after: bool) -> None:
    echoes = Echoes()
    number, sealed = echoes.seal("hello")
    heard = [echoes.opened(sealed)] if came_before else []
    if echoes.given_up(number):
        heard.append("hello")
    if comes_after and not came_before:  # Redis tells each once
        heard.append(echoes.opened(sealed))

    assert [one for one in heard if one is not None] == ["hello"]


def test_a_publication_that_succeeded_is_heard_when_it_comes() -> None:
    echoes = Echoes()
    number, sealed = echoes.seal("hello")
    echoes.settled(number)

    assert echoes.opened(sealed) == "hello"


def test_what_is_remembered_is_bounded() -> None:
    echoes = Echoes()
    sealed = []
    for _ in range(REMEMBERED + 1):
        number, wire = echoes.seal("hello")
        echoes.given_up(number)
        sealed.append(wire)

    assert len(echoes._given) == REMEMBERED
    assert echoes._under_way == {}
    assert [echoes.opened(wire) for wire in sealed[-2:]] == [None, None]


@pytest.mark.parametrize("noise", [b"", b"hello", b"a: b", b"a:b:c d", b"\xff \xfe", b"a:1 \xff"])
def test_what_no_backplane_sealed_does_not_open(noise: bytes) -> None:
    with pytest.raises(ValueError, match=r"not an envelope|decode"):
        Echoes().opened(noise)
