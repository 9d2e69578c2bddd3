"""Claims about the people one can reach: each can be dialled or looked up, and nobody stands there twice."""

from urllib.parse import urlsplit

from forum.home.lines import LINES


def test_every_line_names_the_secure_page_of_those_who_run_it() -> None:
    assert all(urlsplit(line.page).scheme == "https" and urlsplit(line.page).hostname for line in LINES)


def test_a_number_is_only_digits_and_stands_in_what_is_said() -> None:
    for line in LINES:
        said = "".join(filter(str.isdigit, line.how.msgid))

        assert line.number.isdigit() or not line.number
        assert said.startswith(line.number)


def test_no_line_stands_there_twice() -> None:
    assert len({(line.country.msgid, line.name) for line in LINES}) == len(LINES)
