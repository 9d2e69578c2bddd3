"""Every address of the desk is there once."""

from forum.desk.addresses import ROUTES


def test_no_address_is_answered_twice_and_all_are_at_the_desk() -> None:
    told = [(route.path, method) for route in ROUTES for method in route.methods or ()]

    assert len(told) == len(set(told))
    assert all(path == "/desk" or path.startswith("/desk/") for path, _ in told)
