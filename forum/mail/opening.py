"""Opens what carries letters, by URL."""

from collections.abc import Callable, Mapping

from forum.mail.letters import Console, Mailer
from forum.mail.smtp import NO_SENDER, open_smtp

UNUSABLE = "MAIL_URL cannot be used. It looks like console:// or smtp://user:password@mail.example.org:587."

OPENERS: Mapping[str, Callable[[str, str], Mailer]] = {
    "console": lambda _url, _sender: Console(),
    "smtp": open_smtp,
    "smtps": open_smtp,
}


def open_mailer(url: str, sender: str) -> Mailer:
    """Open what carries letters; ValueError or OSError, in words that never quote the URL."""
    scheme, separator, _ = url.partition("://")
    if not separator or scheme not in OPENERS:
        raise ValueError(UNUSABLE)
    try:
        return OPENERS[scheme](url, sender)
    except ValueError as error:
        raise ValueError(NO_SENDER if str(error) == NO_SENDER else UNUSABLE) from None
    except OSError:
        raise OSError("MAIL_URL names a file with certificates (ca=) that cannot be read.") from None
