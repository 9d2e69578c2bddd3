"""Claims about letters: plain, discreet, ended by one click, and the same however often they are sent."""

from dataclasses import replace
from email import message_from_bytes
from email.policy import default

import pytest
from structlog.testing import capture_logs

from forum.mail.letters import Console, Letter, written

LETTER = Letter(
    to="rowan@heather.example",
    subject="Appointment",
    text="Thursday, 18:00\nhttps://forum.example.org/gatherings/1 – see you there",
    key="reminder:1",
    kind="reminder",
    stop_url="https://forum.example.org/reminders/stop/abc",
)


async def test_the_console_tells_the_kind_of_letter_and_nothing_that_a_member_wrote() -> None:
    with capture_logs() as told:
        await Console().send(LETTER)

    assert told == [{"event": "mail.console", "kind": "reminder", "log_level": "info"}]


def test_a_letter_can_be_ended_with_one_click_as_rfc_8058_has_it() -> None:
    message = written(LETTER, "post@example.org")

    assert message["List-Unsubscribe"] == f"<{LETTER.stop_url}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_the_link_that_ends_letters_goes_over_the_wire_as_it_is_however_long() -> None:
    stop = f"https://forum.example.org/reminders/stop/{'x' * 200}"

    sent = written(replace(LETTER, stop_url=stop), "post@example.org").as_bytes()

    assert f"List-Unsubscribe: <{stop}>\r\n".encode() in sent
    assert max(map(len, sent.partition(b"\r\n\r\n")[2].split(b"\r\n"))) <= 76


def test_a_letter_says_who_it_is_from_only_where_it_was_told_to() -> None:
    assert written(LETTER, "post@example.org")["From"] == "post@example.org"
    assert written(replace(LETTER, sender="Heather House"), "post@example.org")["From"] == (
        "Heather House <post@example.org>"
    )


def test_the_same_key_makes_the_same_message_id_and_another_key_another() -> None:
    one, again = written(LETTER, "post@example.org"), written(replace(LETTER, text="x"), "post@example.org")
    other = written(replace(LETTER, key="reminder:2"), "post@example.org")

    assert one["Message-ID"] == again["Message-ID"] != other["Message-ID"]
    assert one["Message-ID"].endswith("@example.org>")
    assert "reminder" not in one["Message-ID"]


def test_a_letter_comes_back_from_the_wire_as_it_was_written() -> None:
    read = message_from_bytes(written(LETTER, "post@example.org").as_bytes(), policy=default)

    assert read.get_content().splitlines() == LETTER.text.splitlines()
    assert read.get_content_type() == "text/plain"
    assert (read["Subject"], read["To"]) == ("Appointment", "rowan@heather.example")


@pytest.mark.parametrize("subject", ["Dentist\r\nBcc: all@example.org", "Dentist\nX: y", "Zahnärztin 🦷"])
def test_no_subject_makes_a_header_of_its_own(subject: str) -> None:
    read = message_from_bytes(
        written(replace(LETTER, subject=subject), "post@example.org").as_bytes(), policy=default
    )

    assert read["Bcc"] is None
    assert read["X"] is None
    assert read["Subject"] == " ".join(subject.split())
