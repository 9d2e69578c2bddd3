"""What a live connection is told: what became of a line, and what it has missed."""

from uuid import UUID

from forum.language import N_
from forum.messages.answering import near, sentences
from forum.messages.questions import Question
from forum.messages.reading import Missed
from forum.messages.submission import Answer, Asked, Held, Published, Refused
from forum.rendering import Renderer
from forum.shown import Shown
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


def missed_by(renderer: Renderer, place_id: UUID, missed: Missed) -> frames.Payload:
    """Return one page of what was missed, cut where it would grow too long for the outbox."""
    items: list[frames.Item] = []
    room_left = MISSED_BYTES
    for seq, shown in missed.items:
        item = _item(renderer, seq, shown)
        room_left -= len(item.html.encode())
        if room_left < 0 and items:
            break
        items.append(item)
    whole = len(items) == len(missed.items)
    upto = missed.upto if whole else items[-1].seq
    return frames.missed(place_id, items, upto, missed.more or not whole)


def _item(renderer: Renderer, seq: int, shown: Shown) -> frames.Item:
    html = renderer.render("rooms/line.html", {"message": shown, "viewer": None})
    return frames.Item(seq, shown.id, str(shown.author.id), html)
