"""Broken rules, each with the status and the plain words that a person gets."""

from collections.abc import Mapping

from forum.language import N_, Words


class ForumError(Exception):
    """A rule was broken; `status` is its HTTP status, `words` what the person reads.

    `reason` is the short key that a websocket client gets; `kept` is what the person
    had typed, handed back so that nothing is lost.
    """

    status = 400
    reason = "bad-request"
    words = N_("Something in that request could not be read. Go back and try again.")

    def __init__(self, words: Words | None = None, *, kept: str = "") -> None:
        super().__init__(self.reason)
        if words is not None:
            self.words = words
        self.kept = kept


class Invalid(ForumError):
    """A form has fields to mend; `fields` says for each, in plain words, what."""

    status = 422
    reason = "invalid"
    words = N_("Something in the form needs another look. Nothing you typed is lost.")

    def __init__(self, fields: Mapping[str, Words]) -> None:
        super().__init__()
        self.fields = fields


class NotSignedIn(ForumError):
    """Only members may do this, and nobody is signed in (any more)."""

    status = 403
    reason = "signed-out"
    words = N_("You are signed out. Sign in and try again.")


class FormExpired(ForumError):
    """The form's token is missing or belongs to another session."""

    status = 403
    reason = "form-expired"
    words = N_(
        "This form was open for too long or came from another page, or you were signed out. Nothing was sent."
    )


class Forbidden(ForumError):
    """The member can see this, but may not do it."""

    status = 403
    reason = "forbidden"
    words = N_("You cannot do this here.")


class NotAccepted(ForumError):
    """The guidelines have changed, and the member has not agreed to them yet; reading stays free."""

    status = 403
    reason = "accept-first"
    words = N_(
        "The guidelines have changed. Read them and agree, then send it again. Your words are kept here."
    )


class NotFound(ForumError):
    """It does not exist, or not for this reader: the two are never told apart."""

    status = 404
    reason = "not-found"
    words = N_("There is nothing here, or it is not open to you.")


class Conflict(ForumError):
    """Somebody else was faster; what this decision was based on has changed."""

    status = 409
    reason = "conflict"
    words = N_("This has changed since you opened it. Look at it again, then decide.")


class Closed(ForumError):
    """The thread is closed, or the room is paused."""

    status = 409
    reason = "closed"
    words = N_("This place is closed for now. Your words were not sent.")


class WaitingForFacilitator(Closed):
    """The room is open only while a facilitator is in it."""

    reason = "waiting-for-facilitator"
    words = N_("This room opens when a facilitator is here. Your words were not sent.")


class TooLarge(ForumError):
    """The request is bigger than any form of ours."""

    status = 413
    reason = "too-large"
    words = N_("That is more than can be sent at once. Go back and send it in smaller parts.")


class TooManyRequests(ForumError):
    """A rate limit is spent; `retry_after` is the number of seconds to wait, at least 1."""

    status = 429
    reason = "too-many"
    words = N_("That was a lot in a short time. Wait a little, then try again.")

    def __init__(self, retry_after: float, words: Words | None = None, *, kept: str = "") -> None:
        super().__init__(words, kept=kept)
        self.retry_after = max(1, round(retry_after + 0.5))


class Unavailable(ForumError):
    """The database cannot be reached or written just now; `retry_after` in seconds."""

    status = 503
    reason = "unavailable"
    words = N_("We cannot reach what we keep here just now. It is not your fault, and nothing is lost.")
    retry_after = 10
