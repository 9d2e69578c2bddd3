"""SMTP: letters are handed to a mail server, with TLS wherever it has some."""

import contextlib
import ssl
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

import aiosmtplib
from aiosmtplib import SMTPException, SMTPResponseException

from forum.mail.letters import Letter, Mailer, MailError, Refused, TryLater, Unsure, written

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
PORTS = {"smtp": 587, "smtps": 465}
NOT_IN_AN_ADDRESS = frozenset('<>()[],;:\\" \t\r\n')
"""What only quoted names may hold (RFC 5321, 4.1.2), which nobody has: it could be read as another one."""
TLS = ("required", "offered", "none")
MOST_SECONDS = 30.0
"""For each step: all of them together take less than a worker has for a letter (`outbox.CLAIM`)."""
NO_SENDER = "WAYPOST_MAIL_FROM must be the address that letters come from."
PERMANENT = 500
"""From this code on a server says that it never will (RFC 5321, 4.2.1)."""


@dataclass(frozen=True, slots=True)
class Smtp:
    """Hands letters to a mail server, over a connection each."""

    host: str
    port: int
    sender: str
    login: tuple[str, str] | None
    tls: str
    """`required`, `offered` or `none`; `wrapped` where the connection begins with it (smtps)."""
    trust: ssl.SSLContext
    seconds: float
    delivers: bool = True

    @property
    def name(self) -> str:
        """The server's host and port."""
        return f"{self.host}:{self.port}"

    async def send(self, letter: Letter) -> None:
        """Hand it over: MAIL, RCPT, DATA (RFC 5321, 3.3)."""
        client = await self._connected()
        try:
            await self._address(client, letter.to)
            await _hand_over(client, written(letter, self.sender).as_bytes())
        finally:
            await _leave(client)

    async def check(self) -> None:
        """Connect, with TLS and login as for a letter, and leave."""
        await _leave(await self._connected())

    async def _connected(self) -> aiosmtplib.SMTP:
        user, password = self.login or (None, None)
        client = aiosmtplib.SMTP(
            hostname=self.host,
            port=self.port,
            username=user,
            password=password,
            timeout=self.seconds,
            use_tls=self.tls == "wrapped",
            start_tls={"required": True, "offered": None}.get(self.tls, False),
            tls_context=self.trust,
        )
        try:
            await client.connect()
        except (SMTPException, OSError, ValueError) as error:
            client.close()
            raise TryLater(type(error).__name__) from None
        return client

    async def _address(self, client: aiosmtplib.SMTP, to: str) -> None:
        if NOT_IN_AN_ADDRESS.intersection(to):
            raise Refused("address")
        international = not to.isascii()
        if international and not client.supports_extension("smtputf8"):
            raise Refused("SMTPUTF8")
        options, encoding = (["SMTPUTF8"], "utf-8") if international else ([], "ascii")
        try:
            await client.mail(self.sender, options=options, encoding=encoding)
        except (SMTPException, OSError) as error:  # whatever is wrong here is ours, not the receiver's
            raise TryLater(type(error).__name__) from None
        try:
            await client.rcpt(to, encoding=encoding)
        except SMTPResponseException as error:
            raise _sorted(error) from None
        except (SMTPException, OSError) as error:
            raise TryLater(type(error).__name__) from None


async def _hand_over(client: aiosmtplib.SMTP, message: bytes) -> None:
    try:
        await client.data(message)
    except SMTPResponseException as error:
        raise _sorted(error) from None
    except (SMTPException, OSError) as error:
        raise Unsure(type(error).__name__) from None


def _sorted(error: SMTPResponseException) -> MailError:
    told = f"{type(error).__name__} {error.code}"
    return Refused(told) if error.code >= PERMANENT else TryLater(told)


async def _leave(client: aiosmtplib.SMTP) -> None:
    with contextlib.suppress(SMTPException, OSError):
        await client.quit()
    client.close()


def open_smtp(url: str, sender: str) -> Mailer:
    """Return the carrier for `smtp://user:password@host:port?tls=&ca=&seconds=`; ValueError or OSError."""
    parts = urlsplit(url)
    told = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    name, at, domain = sender.rpartition("@")
    if not (name and at and domain) or not sender.isprintable() or " " in sender:
        raise ValueError(NO_SENDER)
    host, login = parts.hostname or "", (unquote(parts.username or ""), unquote(parts.password or ""))
    # A password must not be told to whoever pretends to be a server without TLS.
    usual = "required" if login[0] and host not in LOOPBACK else "offered"
    tls = "wrapped" if parts.scheme == "smtps" else told.pop("tls", usual)
    trust = ssl.create_default_context(cafile=told.pop("ca", None))
    seconds = float(told.pop("seconds", "20"))
    if not host or told or tls not in (*TLS, "wrapped") or not 0 < seconds <= MOST_SECONDS:
        raise ValueError
    port = parts.port or PORTS[parts.scheme]
    return Smtp(host, port, sender, login if login[0] else None, tls, trust, seconds)
