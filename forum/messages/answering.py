"""What became of a submission, in words for its author."""

from collections.abc import Mapping

from forum.language import N_, Words
from forum.messages.explanations import explain
from forum.messages.submission import Answer, Held, Published, Refused
from forum.web import Flash

PUBLISHED = N_("It is published.")
HELD = N_(
    "Your message is waiting for a person. It is kept as you wrote it, and you are told what becomes of it."
)
REFUSED = N_("This was not published. Your words are kept here; change them and send them again.")

SENT: Mapping[str, Flash] = {
    "held": Flash("amber", (HELD,)),
    "edit-held": Flash(
        "amber", (N_("Your edit is waiting for a person. Until then, others see the message as it was."),)
    ),
    "withdrawn": Flash("info", (N_("It is withdrawn. The words are gone."),)),
    "reported": Flash("info", (N_("Thank you. A moderator looks at it. Nobody is told who reported it."),)),
}


def sentences(answer: Answer) -> tuple[Words, ...]:
    """Return what happened, why, and what next."""
    match answer:
        case Published():
            return (PUBLISHED,)
        case Held(findings=findings):
            return (HELD, *explain(findings))
        case Refused(findings=findings):
            return (REFUSED, *explain(findings))


def refusal(answer: Refused) -> Words:
    """Return the first reason of a refusal, to stand at the field."""
    return explain(answer.findings)[0]


def sent_flash(key: str) -> Flash | None:
    """Return the line for `?sent=key` in an address, if there is one."""
    return SENT.get(key)
