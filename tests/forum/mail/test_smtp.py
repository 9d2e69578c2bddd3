"""Claims about SMTP, with a real server: what goes, what may go later, what never will, what nobody knows."""

import asyncio
import ssl
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest

from forum.mail.letters import Refused, TryLater, Unsure
from forum.mail.opening import open_mailer
from tests.forum.mail.test_letters import LETTER
from tests.postbox import LOGIN, Postbox, open_postbox

SENDER = "post@example.org"
CERTIFICATE = Path(__file__).parent / "localhost.pem"
"""Of a server at 127.0.0.1, signed by itself, for a hundred years."""
PASSWORD = ":".join(quote(one, safe="") for one in LOGIN)


@pytest.fixture
def sealed() -> Iterator[Postbox]:
    """A mail server that offers STARTTLS, and takes passwords only then."""
    trust = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    trust.load_cert_chain(CERTIFICATE)
    with open_postbox(trust) as opened:
        yield opened


async def test_a_letter_arrives_at_its_address_and_nowhere_else(box: Postbox) -> None:
    await open_mailer(box.url, SENDER).send(LETTER)

    assert box.envelopes == [(SENDER, (LETTER.to,))]
    assert box.letters[0]["Subject"] == "Appointment"


async def test_an_address_with_letters_beyond_ascii_is_reached_where_the_server_can(box: Postbox) -> None:
    await open_mailer(box.url, SENDER).send(replace(LETTER, to="grüße@heather.example"))

    assert box.envelopes == [(SENDER, ("grüße@heather.example",))]


@pytest.mark.parametrize(
    ("verb", "answer", "expected"),
    [
        ("MAIL", "451 Busy", TryLater),
        ("MAIL", "550 Who are you", TryLater),
        ("RCPT", "450 Try again", TryLater),
        ("RCPT", "550 No such user", Refused),
        ("DATA", "452 Full", TryLater),
        ("DATA", "554 Not this", Refused),
    ],
)
async def test_each_answer_says_whether_to_try_again(
    box: Postbox, verb: str, answer: str, expected: type[Exception]
) -> None:
    box.answers[verb] = [answer]
    mailer = open_mailer(box.url, SENDER)

    with pytest.raises(expected) as told:
        await mailer.send(LETTER)

    assert LETTER.to not in str(told.value)
    await mailer.send(LETTER)
    assert len(box.letters) == 1


async def test_an_address_that_breaks_the_protocol_is_refused(box: Postbox) -> None:
    with pytest.raises(Refused):
        await open_mailer(box.url, SENDER).send(replace(LETTER, to="a@b.example> <c@d.example"))

    assert box.letters == []


async def test_where_the_connection_ends_with_the_letter_nobody_can_know(box: Postbox) -> None:
    box.hangs_up = True

    with pytest.raises(Unsure):
        await open_mailer(box.url, SENDER).send(LETTER)

    assert len(box.letters) == 1


async def test_a_server_that_is_away_is_tried_later() -> None:
    mailer = open_mailer("smtp://127.0.0.1:9", SENDER)

    with pytest.raises(TryLater):
        await mailer.send(LETTER)
    with pytest.raises(TryLater):
        await mailer.check()


async def test_a_server_that_says_nothing_is_left_after_a_while() -> None:
    gone = asyncio.Event()

    async def hang(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            await reader.read()
            writer.close()
            await writer.wait_closed()
        gone.set()

    async with await asyncio.start_server(hang, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]

        with pytest.raises(TryLater):
            await open_mailer(f"smtp://127.0.0.1:{port}?seconds=0.2", SENDER).send(LETTER)

        await gone.wait()


async def test_starttls_is_used_where_it_is_offered_and_the_password_goes_through_it(sealed: Postbox) -> None:
    mailer = open_mailer(f"smtp://{PASSWORD}@127.0.0.1:{sealed.port}?ca={CERTIFICATE}", SENDER)

    await mailer.check()
    await mailer.send(LETTER)

    assert sealed.encrypted == [True]
    assert "quiet" not in repr(mailer.name)


async def test_a_certificate_that_nobody_trusts_ends_the_connection(sealed: Postbox) -> None:
    with pytest.raises(TryLater):
        await open_mailer(sealed.url, SENDER).send(LETTER)

    assert sealed.letters == []


async def test_a_wrong_password_is_no_fault_of_the_address(sealed: Postbox) -> None:
    mailer = open_mailer(f"smtp://waypost:wrong@127.0.0.1:{sealed.port}?ca={CERTIFICATE}", SENDER)

    with pytest.raises(TryLater):
        await mailer.send(LETTER)


async def test_where_tls_is_required_nothing_goes_without(box: Postbox) -> None:
    with pytest.raises(TryLater):
        await open_mailer(f"{box.url}?tls=required", SENDER).send(LETTER)

    assert box.letters == []


async def test_smtps_begins_with_tls() -> None:
    trust = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    trust.load_cert_chain(CERTIFICATE)
    with open_postbox(wrapped=trust) as box:
        await open_mailer(f"smtps://127.0.0.1:{box.port}?ca={CERTIFICATE}", SENDER).send(LETTER)

    assert len(box.letters) == 1
