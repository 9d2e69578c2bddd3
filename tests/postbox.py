"""A real mail server for tests: aiosmtpd, which keeps what it takes, or answers what it is told to."""

import asyncio
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP as WIRE
from typing import Any, cast

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

SECONDS = 20.0
LOGIN = ("waypost", "four@quiet/herons")


@dataclass
class Postbox:
    """What arrived; `answers` are said instead of taking a letter, by the verb, the first of them first."""

    letters: list[EmailMessage] = field(default_factory=list)
    envelopes: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    answers: dict[str, list[str]] = field(default_factory=dict)
    hangs_up: bool = False
    """Whether the connection ends where the letter should be answered."""
    port: int = 0
    encrypted: list[bool] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Where it is, as MAIL_URL wants it."""
        return f"smtp://127.0.0.1:{self.port}"

    def _answer(self, verb: str) -> str | None:
        waiting = self.answers.get(verb)
        return waiting.pop(0) if waiting else None

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's own
        self, server: Any, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take a sender, or answer as told."""
        if told := self._answer("MAIL"):
            return told
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's own
        self, server: Any, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take a receiver, or answer as told."""
        if told := self._answer("RCPT"):
            return told
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take a letter, answer as told, or hang up once it is here."""
        if told := self._answer("DATA"):
            return told
        content = cast(bytes, envelope.content)
        self.letters.append(message_from_bytes(content, policy=WIRE))
        self.envelopes.append((str(envelope.mail_from), tuple(envelope.rcpt_tos)))
        self.encrypted.append(session.ssl is not None)
        if self.hangs_up:
            server.transport.abort()
        return "250 Taken"


def _authenticate(_server: Any, _session: Any, _envelope: Any, _mechanism: str, told: Any) -> AuthResult:
    known = isinstance(told, LoginPassword) and (told.login.decode(), told.password.decode()) == LOGIN
    return AuthResult(success=known, handled=known)


@contextmanager
def open_postbox(
    trust: ssl.SSLContext | None = None, wrapped: ssl.SSLContext | None = None
) -> Iterator[Postbox]:
    """Open one on a free port, in a thread of its own; with STARTTLS, or TLS at once, by a certificate."""
    box, opened, done = Postbox(), threading.Event(), asyncio.Event()
    loop = asyncio.new_event_loop()
    serving = threading.Thread(
        target=lambda: loop.run_until_complete(_serve(box, trust, wrapped, opened, done))
    )
    serving.start()
    assert opened.wait(SECONDS)
    try:
        yield box
    finally:
        loop.call_soon_threadsafe(done.set)
        serving.join()
        loop.close()


async def _serve(
    box: Postbox,
    trust: ssl.SSLContext | None,
    wrapped: ssl.SSLContext | None,
    opened: threading.Event,
    done: asyncio.Event,
) -> None:
    guests: list[SMTP] = []

    def greet() -> SMTP:
        guests.append(
            SMTP(
                box,
                hostname="postbox.test",
                tls_context=trust,
                authenticator=_authenticate,
                enable_SMTPUTF8=True,
            )
        )
        return guests[-1]

    server = await asyncio.get_running_loop().create_server(greet, "127.0.0.1", 0, ssl=wrapped)
    box.port = server.sockets[0].getsockname()[1]
    opened.set()
    await done.wait()
    server.close()
    await server.wait_closed()
    until = asyncio.get_running_loop().time() + SECONDS
    while any(guest.transport is not None for guest in guests):
        assert asyncio.get_running_loop().time() < until, "a connection stays open"
        for guest in guests:
            if guest.transport is not None:
                guest.transport.close()
        await asyncio.sleep(0.01)
    serving = asyncio.all_tasks() - {asyncio.current_task()}
    for task in serving:
        task.cancel()
    await asyncio.gather(*serving, return_exceptions=True)
    await asyncio.sleep(0.01)  # what is aborted is closed at the loop's next turn
