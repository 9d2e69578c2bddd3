"""Claims about terms: what the form says is one of what there is, and all else is named at its field."""

import pytest

from forum.calendar.kinds import Format, ForWhom, Kind
from forum.calendar.terms import terms_in
from forum.errors import Invalid
from tests.forum.calendar.gatherings import FORM


def bad(**form: str) -> set[str]:
    with pytest.raises(Invalid) as refused:
        terms_in(FORM | form)
    return set(refused.value.fields)


def test_a_form_says_what_for_whom_and_how_many() -> None:
    terms = terms_in(FORM | {"capacity": " 12 ", "closes": "60", "is_public": "on", "for_whom": "mentors"})

    assert (terms.kind, terms.format, terms.for_whom) == (Kind.SUPPORT, Format.ONLINE, ForWhom.MENTORS)
    assert (terms.capacity, terms.closes_minutes, terms.is_public) == (12, 60, True)
    assert not terms.in_person
    assert terms_in(FORM).capacity is None


def test_what_there_is_not_is_named_at_its_field() -> None:
    assert bad(kind="rave", pathway="x", for_whom="x", transcript="x") == {
        "kind",
        "pathway",
        "for_whom",
        "transcript",
    }
    assert bad(capacity="0", closes="-1", turn_minutes="61") == {"capacity", "closes", "turn_minutes"}
    assert bad(capacity="9" * 5000) == {"capacity"}
    assert bad(capacity="١٢") == {"capacity"}
    assert bad(format="somewhere") == {"format"}


def test_an_outing_has_a_place() -> None:
    assert bad(kind="outing") == {"format"}
    assert terms_in(FORM | {"kind": "outing", "format": "both"}).in_person
