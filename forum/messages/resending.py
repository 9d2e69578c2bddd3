"""Sending again: a fresh nonce for each form, and the words of what was not published."""

from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID, uuid4

from starlette.requests import Request

from forum.accounts.sessions import Viewer
from forum.errors import ForumError
from forum.messages.tables import Message, State
from forum.services import services_of

RESENDABLE = frozenset({State.HELD, State.REFUSED, State.REMOVED})


@dataclass(frozen=True, slots=True)
class Kept:
    """What a member had written."""

    title: str = ""
    text: str = ""

    def form(self) -> dict[str, str]:
        """Return it as the fields of a form."""
        return {"title": self.title, "text": self.text}


async def kept_words(request: Request, viewer: Viewer | None) -> Kept:
    """Return the words that `?again=<message id>` asks for: one's own, if they are still kept."""
    message_id = optional_id(request.query_params.get("again"))
    if viewer is None or message_id is None:
        return Kept()
    async with services_of(request).database.reading() as session:
        message = await session.get(Message, message_id)
    if message is None or message.author_id != viewer.id or message.state not in RESENDABLE:
        return Kept()
    return Kept(message.title, message.text)


def optional_id(text: str | None) -> UUID | None:
    """Return the id in an address, or None when there is none or it is not one."""
    with suppress(ValueError):
        return UUID(text) if text else None
    return None


def form_nonce(form: dict[str, str]) -> UUID:
    """Return the nonce that the form was made with; ForumError when somebody changed it."""
    try:
        return UUID(form.get("nonce", ""))
    except ValueError:
        raise ForumError from None


def fresh_nonce() -> str:
    """Return the nonce for a new form."""
    return str(uuid4())
