"""Claims about opening mail: by URL, and a mistake is told without quoting a password."""

import pytest

from forum.mail.letters import Console
from forum.mail.opening import open_mailer
from forum.mail.smtp import Smtp


def opened(url: str) -> Smtp:
    mailer = open_mailer(url, "post@example.org")
    assert isinstance(mailer, Smtp)
    return mailer


def test_the_console_needs_no_sender() -> None:
    assert open_mailer("console://", "") == Console()


def test_ports_are_the_usual_ones_unless_told_otherwise() -> None:
    assert opened("smtp://mail.example.org").port == 587
    assert opened("smtps://mail.example.org").port == 465
    assert opened("smtp://mail.example.org:25").name == "mail.example.org:25"


def test_a_password_is_told_only_through_tls_unless_the_server_is_this_machine() -> None:
    assert opened("smtp://waypost:secret@mail.example.org").tls == "required"
    assert opened("smtp://waypost:secret@127.0.0.1").tls == "offered"
    assert opened("smtp://mail.example.org").tls == "offered"
    assert opened("smtp://waypost:secret@mail.example.org?tls=none").tls == "none"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "mail.example.org",
        "pigeon://secret@loft",
        "smtp://",
        "smtp://u:secret@mail.example.org:99999",
        "smtp://u:secret@mail.example.org?tls=perhaps",
        "smtp://u:secret@mail.example.org?seconds=-1",
        "smtp://u:secret@mail.example.org?seconds=31",
        "smtp://u:secret@mail.example.org?seconds=nan",
        "smtp://u:secret@mail.example.org?seconds=soon",
        "smtp://u:secret@mail.example.org?colour=red",
        "smtp://u:secret@[::1",
    ],
)
def test_an_address_of_no_use_is_told_without_quoting_it(url: str) -> None:
    with pytest.raises(ValueError, match="MAIL_URL cannot be used") as told:
        open_mailer(url, "post@example.org")

    assert "secret" not in str(told.value)


@pytest.mark.parametrize(
    "sender", ["", "post", "@example.org", "post@", "a b@example.org", "a@b.org\r\nX: y"]
)
def test_mail_needs_an_address_to_come_from(sender: str) -> None:
    with pytest.raises(ValueError, match="WAYPOST_MAIL_FROM"):
        open_mailer("smtp://mail.example.org", sender)


def test_a_file_of_certificates_that_is_not_there_is_told() -> None:
    with pytest.raises(OSError, match="MAIL_URL names a file"):
        open_mailer("smtp://mail.example.org?ca=/no/such/file", "post@example.org")
