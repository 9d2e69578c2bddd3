"""What became of a submission, in words for its author."""

from collections.abc import Mapping

from forum.language import N_, Words
from forum.messages.explanations import explain
from forum.messages.submission import Answer, Asked, Held, Published, Refused
from forum.reach.lines import Line, country_of, lines_for
from forum.web import Flash

PUBLISHED = N_("It is published.")
HELD = N_(
    "Your message is waiting for a person. It is kept as you wrote it, and you are told what becomes of it."
)
ASKED = N_("This is not sent yet. Look at it once more, and choose.")
REFUSED = N_("This was not published. Your words are kept here; change them and send them again.")

CARE = N_(
    "Thank you for saying it. You did nothing wrong, and you do not have to be alone with it. "
    "These people can be reached now."
)
LIFE = N_("If a life is in danger now, call the emergency number of the country you are in.")
CARE_TOPICS = ("suicide", "overdose", "withdrawal", "domestic-violence", "drugs-alcohol")
MOST_LINES = 5

SENT: Mapping[str, Flash] = {
    "held": Flash("amber", (HELD,)),
    "edit-held": Flash(
        "amber", (N_("Your edit is waiting for a person. Until then, others see the message as it was."),)
    ),
    "withdrawn": Flash("info", (N_("It is withdrawn. The words are gone."),)),
    "reported": Flash("info", (N_("Thank you. A moderator looks at it. Nobody is told who reported it."),)),
}

CARED: Mapping[str, tuple[Words, ...]] = {"care": (CARE, LIFE), "held-care": (HELD, CARE, LIFE)}


def sentences(answer: Answer) -> tuple[Words, ...]:
    """Return what happened, why, and what next."""
    match answer:
        case Published(cared=True):
            return (PUBLISHED, CARE, LIFE)
        case Published():
            return (PUBLISHED,)
        case Held(findings=findings):
            return (HELD, *explain(findings))
        case Asked(findings=findings):
            return (ASKED, *explain(findings))
        case Refused(findings=findings):
            return (REFUSED, *explain(findings))


def refusal(answer: Refused) -> Words:
    """Return the first reason of a refusal, to stand at the field."""
    return explain(answer.findings)[0]


def sent_key(answer: Published | Held) -> str:
    """Return what `?sent=` says of an answer on the next page; nothing where there is nothing to say."""
    held = "held" if isinstance(answer, Held) else ""
    return "-".join(filter(None, (held, "care" if answer.cared else "")))


def after_sending(url: str, answer: Published | Held) -> str:
    """Return where a form leads: the url, with what became of the words where there is something to say.

    People to reach stand at the top, so after care the page opens there, whatever place the url names.
    """
    key = sent_key(answer)
    path, mark, place = url.partition("#")
    if not key:
        return url
    return f"{path}{'&' if '?' in path else '?'}sent={key}" + ("" if answer.cared else mark + place)


def sent_flash(key: str, time_zone: str = "UTC") -> Flash | None:
    """Return the line for `?sent=key` in an address, if there is one; after care, with people to reach."""
    if key in CARED:
        return Flash("info", CARED[key], near(time_zone))
    return SENT.get(key)


def near(time_zone: str) -> tuple[Line, ...]:
    """Return a few people to reach from where a member is, as far as their time zone tells."""
    return lines_for(country_of(time_zone), CARE_TOPICS)[:MOST_LINES]
