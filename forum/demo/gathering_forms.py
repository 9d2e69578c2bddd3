"""What a manager of the demo types into the form of a gathering."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from forum.calendar.patterns import Repeats
from forum.calendar.rule_days import WEEKDAYS
from forum.demo.gatherings_story import WEEK, GatheringStory, When


def form_of(story: GatheringStory, starts: Sequence[datetime]) -> dict[str, str]:
    """Return the form of those dates of a story that begin then, one after the other."""
    first = starts[0].astimezone(ZoneInfo(story.when.zone))
    ticks = {
        "is_public": story.public,
        "takes_questions": story.questions,
        "votes_on_questions": story.questions,
    }
    return {
        "title": story.title,
        "text": story.text,
        "kind": story.kind,
        "pathway": story.pathway,
        "format": story.where.format,
        "for_whom": "",
        "partner": story.partner,
        "area": story.where.area,
        "venue": story.where.venue,
        "zone": story.when.zone,
        "date": f"{first:%Y-%m-%d}",
        "time": f"{first:%H:%M}",
        "minutes": str(story.when.minutes),
        **_repeats(story.when, first, len(starts)),
        "hosts": story.hosts[0],
        "facilitators": ", ".join(story.hosts[1:]),
        "capacity": str(story.crowd.capacity or ""),
        "closes": "0",
        "slots": "\n".join(f"{needed} {name}" for name, needed in story.slots),
        "agenda": story.agenda,
        "turn_minutes": "3",
        "transcript": story.transcript,
        **{name: "on" for name, ticked in ticks.items() if ticked},
    }


def _repeats(when: When, first: datetime, times: int) -> dict[str, str]:
    if times == 1:
        return {"repeats": Repeats.ONCE}
    return {
        "repeats": Repeats.WEEKS,
        "every": str(when.every // WEEK),
        f"on_{WEEKDAYS[first.weekday()]}": "on",
        "ends": "count",
        "count": str(times),
    }
