"""Sending again: what stands in a form, a fresh nonce for each, and the words of what was not published."""

from contextlib import suppress
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from starlette.requests import Request
from starlette.responses import Response

from forum.accounts.sessions import Viewer
from forum.errors import ForumError, Invalid, TooManyRequests
from forum.language import Words
from forum.messages.answering import refusal
from forum.messages.questions import Question
from forum.messages.submission import Asked, Choice, Refused, Submission, Target
from forum.messages.tables import Message, State
from forum.services import services_of
from forum.web import words_in

RESENDABLE = frozenset({State.HELD, State.REFUSED, State.REMOVED})


@dataclass(frozen=True, slots=True)
class Kept:
    """What a member had written."""

    title: str = ""
    text: str = ""

    def form(self) -> dict[str, str]:
        """Return it as the fields of a form."""
        return {"title": self.title, "text": self.text}


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form, and what is wrong with it; `retry_after` in seconds, where waiting helps."""

    form: dict[str, str] = field(default_factory=dict)
    errors: dict[str, Words] = field(default_factory=dict)
    status: int = 200
    retry_after: int | None = None
    question: Question | None = None

    @classmethod
    def back(cls, form: dict[str, str], answer: Refused | Asked) -> "Typed":
        """Nothing was sent: the reason stands at the words, or a question above them."""
        if isinstance(answer, Asked):
            return cls(form, status=422, question=Question.of(answer))
        reasons = Question.none_but(answer.message_id) if answer.message_id else None
        return cls(form, {"text": refusal(answer)}, 422, question=reasons)

    @classmethod
    def objected(cls, form: dict[str, str], error: ForumError) -> "Typed":
        """The form comes back with what to mend or to wait for; any other error is raised, words kept."""
        match error:
            case Invalid(fields=fields):
                return cls(form, dict(fields), error.status)
            case TooManyRequests(retry_after=seconds):
                return cls(form, {"text": error.words}, error.status, seconds)
        error.kept = words_in(form)
        raise error

    def on(self, response: Response) -> Response:
        """Return the page with the header that says how long to wait, if one has to."""
        if self.retry_after is not None:
            response.headers["retry-after"] = str(self.retry_after)
        return response


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
    """Return the nonce that the form was made with; ForumError, words kept, when somebody changed it."""
    try:
        return UUID(form.get("nonce", ""))
    except ValueError:
        raise ForumError(kept=words_in(form)) from None


def submission_in(form: dict[str, str], target: Target, author_id: UUID) -> Submission:
    """Return what a form brings: text, nonce, choice; ForumError, words kept, when somebody changed those."""
    nonce = form_nonce(form)
    try:
        choice = Choice(form.get("choice", ""))
    except ValueError:
        raise ForumError(kept=words_in(form)) from None
    return Submission(target, author_id, form.get("text", ""), nonce, choice)


def fresh_nonce() -> str:
    """Return the nonce for a new form."""
    return str(uuid4())
