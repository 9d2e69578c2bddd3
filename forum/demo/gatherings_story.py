"""What the people of the demo gather for: evenings that were, and evenings to come. All of it is made up."""

from dataclasses import dataclass

from forum.calendar.kinds import Format, Kind, Pathway, Transcript
from forum.feedback.questions import Choice

WEEK = 7


@dataclass(frozen=True, slots=True)
class Where:
    """In what way people meet, and where exactly, if they do in person."""

    format: Format = Format.ONLINE
    area: str = ""
    venue: str = ""


@dataclass(frozen=True, slots=True)
class When:
    """The first date, so many days from today or on the first such weekday after; then every so many days.

    Weekdays are counted from Monday as 0; times are those of the gathering's zone. With `in_minutes` it is
    once, so many minutes from now, at the next five full minutes.
    """

    first: int = 0
    at: str = ""
    minutes: int = 60
    weekday: int | None = None
    every: int = 0
    times: int = 1
    zone: str = "Europe/London"
    in_minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Crowd:
    """Who signs up: `guests` in this order, of whom some are missing on some dates."""

    guests: tuple[str, ...]
    maybe: tuple[str, ...] = ()
    capacity: int | None = None
    """Whoever comes after so many is on the waiting list."""


@dataclass(frozen=True, slots=True)
class GatheringStory:
    """One gathering: its words, who holds it, when, where, and who comes."""

    title: str
    text: str
    kind: Kind
    space: str
    hosts: tuple[str, ...]
    when: When
    crowd: Crowd
    where: Where = Where()
    planned_by: str = "Marlow"
    pathway: Pathway = Pathway.ANYBODY
    transcript: Transcript = Transcript.DROP
    partner: str = ""
    agenda: str = ""
    slots: tuple[tuple[str, int], ...] = ()
    """What is needed, and from how many; the first guests take it."""
    public: bool = False
    questions: bool = False
    called_off: str = ""
    """The word to those who signed up, where it does not take place."""


EVENING = (
    "Rowan",
    "SlowTuesday",
    "kestrel_22",
    "harebell",
    "TinRoofRain",
    "Saltmarsh",
    "kettle_on",
    "Sorrel",
)
EVERYBODY = (*EVENING, "Maren", "Northlight", "fen_walker", "LateTrain", "halfpasteight")
FAMILIES = ("Maren", "Plover", "Northlight", "Dunnock", "LateTrain", "fen_walker", "halfpasteight")

GATHERINGS = (
    GatheringStory(
        "Company for today",
        "A small meeting for whoever would like company today. One speaks at a time, the others listen, and you can pass without a reason. The lobby opens a quarter of an hour before.",
        Kind.SUPPORT,
        "one-day",
        ("Marlow", "Juniper"),
        When(in_minutes=10, zone="UTC"),  # in a zone without summer time every minute of the year is there
        Crowd(("Rowan", "SlowTuesday", "harebell", "kettle_on", "Sorrel"), maybe=("Saltmarsh",)),
        agenda="5 Arriving\n45 One after the other\n10 What helps today",
    ),
    GatheringStory(
        "Tuesday circle",
        "An hour to talk about the week, or only to listen. One person speaks at a time. You can pass, every time, without a reason.\n\nCome as you are. Tea helps.",
        Kind.SUPPORT,
        "one-day",
        ("Juniper",),
        When(-13 * WEEK, "19:30", weekday=1, every=WEEK, times=26),
        Crowd((*EVENING, "Northlight", "LateTrain"), maybe=("oakandtide",), capacity=14),
        pathway=Pathway.KEEPING_ON,
        agenda="5 Arriving\n40 One after the other\n10 What helps this week\n5 Closing",
    ),
    GatheringStory(
        "Sleep in the first months: ask anything",
        "Why sleep is so strange at first, what helps, and what only time does. Juniper tells what she has learned in seven years and in a course for peer mentors. Then it is your turn to ask, with your handle or without a word more.",
        Kind.WORKSHOP,
        "welcome",
        ("Juniper", "Marlow"),
        When(-6 * WEEK, "18:00", 75, every=8 * WEEK, times=2),
        Crowd(EVERYBODY[:9], capacity=40),
        planned_by="Harbour",
        pathway=Pathway.FIRST_STEPS,
        transcript=Transcript.GUESTS,
        agenda="10 Welcome\n25 What sleep does\n35 Your questions\n5 Where to read on",
        public=True,
        questions=True,
    ),
    GatheringStory(
        "Quiet game night",
        "Drawing and guessing, nothing fast, nothing with money. If you have never joined a call with us, this is a gentle one to begin with. The camera can stay off.",
        Kind.GAMES,
        "one-day",
        ("Teasel",),
        When(-10 * WEEK, "20:00", 90, weekday=4, every=4 * WEEK, times=5),
        Crowd(("Rowan", "harebell", "TinRoofRain", "Saltmarsh", "kettle_on", "Sorrel", "halfpasteight")),
        planned_by="Harbour",
    ),
    GatheringStory(
        "Family evening",
        "For parents, partners, brothers and sisters, friends. What is it like at home, and what do you need? We talk about us, and leave the telling of their stories to them.",
        Kind.DISCUSSION,
        "families",
        ("Maren", "Linnet"),
        When(-12 * WEEK, "19:00", 90, weekday=3, every=4 * WEEK, times=6),
        Crowd(FAMILIES),
        planned_by="Harbour",
        pathway=Pathway.FAMILIES,
        agenda="10 Who is here today\n60 How it has been\n20 What helped",
    ),
    GatheringStory(
        "A morning at the allotment",
        "The community garden needs hands before the frost: digging, carrying, somebody for the tea. No experience needed, gloves are there. Come for one shift or for both.",
        Kind.VOLUNTEERING,
        "one-day",
        ("Rowan", "Marlow"),
        When(12, "09:30", 210, weekday=5),
        Crowd(EVENING[1:6], maybe=("Northlight",), capacity=12),
        Where(Format.PLACE, "On the north side of town", "The garden behind the old mill, by the green gate"),
        slots=(("Digging, first shift", 3), ("Digging, second shift", 3), ("Tea and biscuits", 1)),
    ),
    GatheringStory(
        "Soup and bread",
        "A long table, warm food, no speeches. Nothing with alcohol in it, also not in the cake. Say what you bring, so that we do not end up with nine breads.",
        Kind.OUTING,
        "one-day",
        ("Marlow", "Juniper"),
        When(-5 * WEEK, "18:30", 150, weekday=6, every=8 * WEEK, times=2),
        Crowd(("Rowan", "SlowTuesday", "harebell", "TinRoofRain", "kettle_on", "Maren", "Plover", "Dunnock")),
        Where(Format.PLACE, "Near the station", "The hall above the library, second door"),
        slots=(("Soup", 2), ("Bread", 2), ("Something sweet", 1), ("Washing up", 2)),
    ),
    GatheringStory(
        "Back to work, one step at a time",
        "Together with a job centre that knows what a gap in a life can mean. What you may tell, what you need not tell, and who stands beside you. Online or at their place, as you like.",
        Kind.JOINT,
        "welcome",
        ("Marlow",),
        When(19, "17:00", 90, weekday=2),
        Crowd(("SlowTuesday", "kestrel_22", "Saltmarsh", "LateTrain", "halfpasteight"), maybe=("Sorrel",)),
        Where(Format.BOTH, "Town centre", "The bright room on the first floor"),
        planned_by="Harbour",
        partner="Second Chapter Job Centre",
        public=True,
        transcript=Transcript.GUESTS,
        questions=True,
    ),
    GatheringStory(
        "A walk by the river",
        "An hour along the water, slowly, with a dog or two. There is a bench halfway for whoever has had enough.",
        Kind.OUTING,
        "one-day",
        ("Rowan",),
        When(5, "14:00", 90, weekday=6),
        Crowd(("SlowTuesday", "harebell", "kettle_on")),
        Where(Format.PLACE, "By the river", "The bench at the footbridge"),
        called_off="The path is under water since the night, and the bench with it. We walk in two weeks instead, if the river lets us.",
    ),
    GatheringStory(
        "Breathing, slowly: a small group",
        "Half an hour of very simple breathing with somebody who teaches it, and half an hour to say how it was. Six seats, so that nobody is lost in it. There is a waiting list, and it will come again.",
        Kind.SOCIAL,
        "one-day",
        ("Teasel",),
        When(8, "18:15", 60),
        Crowd(
            (
                "Sorrel",
                "Rowan",
                "Saltmarsh",
                "fen_walker",
                "TinRoofRain",
                "Maren",
                "kestrel_22",
                "Plover",
                "Dunnock",
            ),
            capacity=6,
        ),
    ),
)

MISSING_EVERY = 6
"""Of those with a seat one in so many is not there, on each date somebody else."""
ANSWERS = (
    (Choice.YES, Choice.YES, Choice.YES),
    (Choice.YES, Choice.PARTLY, Choice.YES),
    (Choice.YES, Choice.YES, Choice.PARTLY),
    (Choice.PARTLY, Choice.YES, Choice.YES),
    (Choice.YES, Choice.PARTLY, Choice.PARTLY),
)
"""What guests answer, in turns: welcome, useful, again."""
THANKS = (
    (
        "Tuesday circle",
        "Rowan",
        "Thank you for the quiet after I had spoken. Nobody tried to fix it, and that helped.",
    ),
    (
        "Quiet game night",
        "harebell",
        "I laughed for the first time in weeks. Thank you for staying so patient with my drawings.",
    ),
)
"""A title, a guest, and what they say to the hosts of its last date."""
