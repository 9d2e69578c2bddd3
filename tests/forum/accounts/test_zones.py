"""Claims about the list of time zones: all of them work, and everybody finds a place."""

from zoneinfo import ZoneInfo

from forum.accounts.zones import zones


def test_every_zone_on_the_list_can_be_used_and_stands_there_once() -> None:
    listed = zones()

    assert listed[0] == "UTC"
    assert len(set(listed)) == len(listed)
    assert all(ZoneInfo(name).key == name for name in listed)


def test_every_continent_is_on_the_list_and_abbreviations_are_not() -> None:
    listed = set(zones())

    assert {"Europe/Berlin", "America/New_York", "Asia/Kolkata", "Africa/Lagos", "Pacific/Auckland"} <= listed
    assert listed.isdisjoint({"EST", "CET", "Etc/GMT+5", "posixrules", "localtime", "Factory"})
