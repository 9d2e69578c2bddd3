"""What has happened at the demo's desk, and what waits there now. All of it is made up."""

from dataclasses import dataclass

from forum.demo.story import DAY, HOUR, ROOMS, RoomStory, Said

SECOND = "Teasel"
"""The other moderator: buddies with the first."""
OLD_ROOM = RoomStory("one-day", "Awake at night", "For those who are awake at night. One line is enough.")
REPORTED_HANDLE = ("RefillsCheap", "Maren", "dealing")
"""Whose handle is reported, by whom, and why."""
EDITED = (
    ROOMS[0].said[2].who,
    "Rough afternoon. I rang somebody instead. And you upstairs with the loud music: you are stupid idiots.",
)
"""Who changes their line in the first room, and to what: it waits."""


@dataclass(frozen=True, slots=True)
class Night:
    """A line of a night: `fine` if a moderator sees nothing in it, otherwise the guideline they see."""

    text: str
    fine: bool = True
    guideline: str = ""


PENDING = Said(
    "Rowan",
    2 * DAY,
    "You should stop taking your methadone for the weekend, it made my holidays so much easier.",
)
PENDING_PLEA = (
    "I did not mean that anybody should copy it. I wanted to say how tired I am of planning every trip "
    "around the clinic. Could somebody read it again? I am happy to put it in other words."
)
UPHELD = Said(
    "Maren",
    6 * DAY,
    "You stupid, ugly illness, I hate you. Give me my son back, you pathetic liar.",
)
UPHELD_PLEA = "I was speaking to the illness, not to anybody here. My son reads with me, and he laughed."
UPHELD_ANSWER = (
    "You are right, and we are sorry. You were speaking to an illness, and we read it as an insult. "
    "Your line can be read again."
)
UNDONE = Said(
    "SlowTuesday",
    4 * DAY,
    "What a disgusting, stupid idiot I was to that nurse. I wrote her a card.",
)
WARNED = Said(
    "oakandtide",
    3 * DAY,
    "Whoever still needs a pill every morning is not really in recovery, and you know it, SlowTuesday.",
)
WARNING = (
    "Hello oakandtide, we know that you are having hard weeks, and we are glad that you are here. What you "
    "wrote hurt somebody: everybody here finds their own way to stay well, with medicine or without. Please "
    "take a breath before you answer others. You still belong here."
)
IN_DANGER = Said(
    "kestrel_22",
    5 * DAY,
    "I don't want to be alive any more. I am sitting in the kitchen with the light off.",
)
CARE_LETTER = (
    "Hello, we read what you wrote, and we are glad that you said it. You do not have to be alone with it. "
    "You can answer here, and one of us reads it tonight."
)
CARE_CLOSED = (
    "Juniper stayed with them in the room until their brother came. We looked again the next day: they "
    "slept, have an appointment on Thursday, and wrote that they are glad they said something."
)
CARE_STEPS = (("read", 2), ("answer", 6), ("reach", 8), ("second", 12), ("again", 20 * HOUR))
"""The steps of the playbook, and how many minutes after the words each was done."""
TEAM_WORDING = (
    "Answer to a thank-you",
    "Hello {handle}, thank you for your kind words. We read them to each other at the end of the shift. "
    "See you around.",
)
ROSTER = ((0, 18, 21), (1, 18, 21), (2, 19, 22), (4, 18, 22), (6, 17, 21))
"""Weekday and hours of the first moderator; the second takes `WEEKEND`, and the rest is nobody's yet."""
WEEKEND = ((4, 20, 23), (5, 16, 22), (6, 20, 22))
