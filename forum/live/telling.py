"""What a live connection is told: what became of a line, and what it has missed."""

from dataclasses import dataclass

from forum.broadcasts import item_of
from forum.language import N_
from forum.messages.answering import near, sentences
from forum.messages.questions import Question
from forum.messages.reading import Missed
from forum.messages.submission import Answer, Asked, Held, Published, Refused
from forum.rendering import Renderer
from forum.spaces.tables import Place
from realtime import frames

MISSED_BYTES = 96 * 1024
"""One page of what was missed stays well below the outbox's bound."""
SEEN, MASKED = N_("We saw: {words}"), N_("Without it, others would read: {words}")
INSTEAD = N_("Instead of “{said}”: {instead}")


def told_of(renderer: Renderer, answer: Answer, time_zone: str) -> frames.Answer:
    """Return what became of a line, as its author is told; who may be in danger reads whom they can reach."""
    words = tuple(renderer.say(sentence) for sentence in sentences(answer))
    if isinstance(answer, Published | Held) and answer.cared:
        words += tuple(f"{line.name}: {renderer.say(line.how)}" for line in near(time_zone))
    match answer:
        case Asked():
            question = Question.of(answer)
            asked = (*words, *_asked(renderer, question))
            return frames.Answer("asked", words=asked, choices=tuple(question.choices))
        case Published(message_id=message_id, seq=seq):
            return frames.Answer("published", message_id, seq, words=words if answer.cared else ())
        case Held(message_id=message_id):
            return frames.Answer("held", message_id, words=words)
        case Refused(message_id=message_id):
            return frames.Answer("refused", message_id, words=words)


def _asked(renderer: Renderer, question: Question) -> list[str]:
    say = renderer.say
    told = [say(INSTEAD).format(said=one.said, instead=one.instead) for one in question.suggestions]
    if question.seen:
        told.append(say(SEEN).format(words=", ".join(question.seen)))
    if question.masked:
        told.append(say(MASKED).format(words=question.masked))
    return told


@dataclass(frozen=True, slots=True)
class Page:
    """What one frame tells of what was missed: everything up to the seq `upto`; perhaps there is more."""

    items: tuple[frames.Item, ...]
    upto: int
    more: bool


def page_of(renderer: Renderer, kind: str, missed: Missed) -> Page:
    """Return one page of what was missed in a place of this kind, cut where it would fill the outbox."""
    items: list[frames.Item] = []
    room_left = MISSED_BYTES
    for seq, shown in missed.items:
        item = item_of(renderer, kind, seq, shown)
        room_left -= len(item.html.encode())
        if room_left < 0 and items:
            return Page(tuple(items), items[-1].seq, True)
        items.append(item)
    return Page(tuple(items), missed.upto, missed.more)


def missed_by(renderer: Renderer, place: Place, since: int, missed: Missed) -> frames.Payload:
    """Return the frame that tells one reader what they missed."""
    page = page_of(renderer, place.kind, missed)
    return frames.missed(place.id, page.items, (since, page.upto), page.more)
