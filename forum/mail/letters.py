"""Letters: what is sent, what may go wrong, and the carrier that only writes to the log."""

import hashlib
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as WIRE
from email.utils import localtime
from typing import Protocol

import structlog

LONGEST_LINE = 998
"""Of a header, in octets (RFC 5322, 2.1.1)."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to one address; `key` makes its Message-ID, the same however often it is sent."""

    to: str
    subject: str
    text: str
    key: str
    kind: str
    stop_url: str
    """Where one click ends such letters (RFC 8058)."""
    sender: str = ""
    """The name that stands before the sender's address; none by default."""


class MailError(Exception):
    """A letter did not go, or perhaps it did; never says to whom."""


class TryLater(MailError):
    """It has surely not gone, and may go later: no connection, or an answer 4xx."""


class Refused(MailError):
    """It has not gone, and never will: the server knows no such address, or does not take the letter."""


class Unsure(MailError):
    """The connection ended while the letter was handed over: nobody can know whether it was taken."""


class Mailer(Protocol):
    """Carries letters."""

    @property
    def name(self) -> str:
        """What it is, without a secret."""

    @property
    def delivers(self) -> bool:
        """Whether letters reach anybody."""

    async def send(self, letter: Letter) -> None:
        """Return once the letter was taken; TryLater, Refused or Unsure otherwise."""

    async def check(self) -> None:
        """Return if letters would be taken now; TryLater, which says why without a secret, otherwise."""


@dataclass(frozen=True, slots=True)
class Console:
    """Sends nothing: the log says that a letter of some kind would have gone.

    Its subject is a member's own choice, so not even that is written down.
    """

    name: str = "console"
    delivers: bool = False

    async def send(self, letter: Letter) -> None:
        """Write one line to the log."""
        log.info("mail.console", kind=letter.kind)

    async def check(self) -> None:
        """Return: a log can always be written."""


def written(letter: Letter, sender: str) -> EmailMessage:
    """Return the letter as it goes over the wire: plain text, and one click that ends it (RFC 8058)."""
    message = EmailMessage(policy=WIRE.clone(utf8=not letter.to.isascii()))
    message["From"] = Address(letter.sender, addr_spec=sender)
    message["To"] = letter.to
    message["Subject"] = " ".join(letter.subject.split())
    message["Date"] = localtime()
    digest = hashlib.sha256(letter.key.encode()).hexdigest()[:32]
    message["Message-ID"] = f"<{digest}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message["List-Unsubscribe"] = f"<{letter.stop_url}>"
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(letter.text, cte="quoted-printable")
    # A long address would be folded into encoded words, which no mail program reads as a link (RFC 2369, 2).
    message.policy = message.policy.clone(max_line_length=LONGEST_LINE)
    return message
