"""Who the people of the demo are, and what they say. All of them are made up."""

from dataclasses import dataclass, field

from forum.accounts.roles import Role
from forum.spaces.opening import Pace
from forum.spaces.tables import Audience


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the demo; `days` is how long they have been here, `about` their profile."""

    handle: str
    role: Role = Role.MEMBER
    days: int = 60
    time_zone: str = "Europe/London"
    about: str = ""
    shown: bool = False
    """Whether their password is printed, so that one can sign in as them."""


@dataclass(frozen=True, slots=True)
class Said:
    """Something that was said so many minutes ago; `answers` counts from 0, the opening; None: the place itself.

    `note` is the class of the claim in it, whose source note stands under it since a moderator released it.
    """

    who: str
    minutes_ago: int
    text: str
    answers: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ThreadStory:
    """A thread: its space, its title, its opening and what follows."""

    space: str
    title: str
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class SpaceStory:
    """A space of the demo."""

    slug: str
    name: str
    about: str
    audience: Audience


@dataclass(frozen=True, slots=True)
class RoomStory:
    """A room of the demo and its last lines."""

    space: str
    name: str
    about: str
    said: tuple[Said, ...] = ()
    pace: Pace = field(default=Pace())


HOUR, DAY = 60, 24 * 60

PEOPLE = (
    Person(
        "Rowan",
        Role.MEMBER,
        40,
        shown=True,
        about="Nine months in recovery. I walk a lot, mostly with somebody else's dog.",
    ),
    Person(
        "Linnet", Role.MODERATOR, 400, shown=True, about="Part of the moderation team, three evenings a week."
    ),
    Person(
        "Marlow",
        Role.MANAGER,
        380,
        shown=True,
        about="I look after the calendar and the rooms. Write to me about workshops.",
    ),
    Person("Harbour", Role.ADMINISTRATOR, 420, shown=True),
    Person(
        "Juniper",
        Role.MENTOR,
        350,
        about="Peer mentor. Seven years in recovery, first weeks remembered very well.",
    ),
    Person("SlowTuesday", days=120, time_zone="Europe/Dublin"),
    Person(
        "Teasel",
        Role.MODERATOR,
        300,
        about="On the moderation team at weekends. I knit while I read the queue.",
    ),
    Person("kestrel_22", days=150, time_zone="America/Chicago"),
    Person(
        "Maren",
        days=140,
        about="Mother of somebody in treatment. Here to learn how to help without holding too tight.",
    ),
    Person("oakandtide", days=33, time_zone="Europe/Berlin"),
    Person("RefillsCheap", days=2),
    Person("NewLeaf", days=0),
    # They come to gatherings, and seldom write.
    Person("harebell", days=210),
    Person("Plover", days=190),
    Person("TinRoofRain", days=175, time_zone="Europe/Dublin"),
    Person("halfpasteight", days=160),
    Person("Saltmarsh", days=155),
    Person("kettle_on", days=145),
    Person("Northlight", days=135, time_zone="Europe/Oslo"),
    Person("fen_walker", days=130),
    Person("Sorrel", days=125),
    Person("LateTrain", days=118, time_zone="Europe/Berlin"),
    Person("Dunnock", days=112),
)

MODERATOR = "Linnet"
"""Who has decided what was decided already."""

SPACES = (
    SpaceStory(
        "welcome",
        "Welcome",
        "Say hello, or just read. How this place works, and what helps in the first days.",
        Audience.PUBLIC,
    ),
    SpaceStory(
        "one-day",
        "One day at a time",
        "How today went: cravings, sleep, work, small wins, hard evenings.",
        Audience.MEMBERS,
    ),
    SpaceStory(
        "families", "Families and friends", "For people close to somebody in recovery.", Audience.MEMBERS
    ),
    SpaceStory("mentors", "Peer mentors", "Mentors compare notes here. By invitation.", Audience.INVITED),
    SpaceStory("team", "Team", "Shifts, handovers, and looking after ourselves.", Audience.TEAM),
)

THREADS = (
    ThreadStory(
        "welcome",
        "How this place works",
        (
            Said(
                "Linnet",
                60 * DAY,
                "Welcome. A few things that help:\n\n- You choose the name you use here. Leave your real one at the door if that feels safer.\n- Every message is checked before it appears. If the filter is unsure, **one of us reads it first** and you are told.\n- You can read for weeks before you write anything. Many of us did.\n\nIf something worries you, use *Report* under a message. Nobody learns that it was you.",
            ),
            Said(
                "SlowTuesday",
                50 * DAY,
                "I was a reader for almost a month before my first post. Nobody minded, so take your time.",
            ),
            Said("oakandtide", 20 * DAY, "That was me until this morning. Hello.", 1),
            Said("Juniper", 20 * DAY - 30, "Hello, and well done. The first line is the hardest one.", 2),
        ),
    ),
    ThreadStory(
        "one-day",
        "The walk home past the old bar",
        (
            Said(
                "kestrel_22",
                9 * HOUR,
                "My bus stop moved, and now I walk past the place where I used to drink. Every evening, twenty past six. Last night I stood there for a full minute.\n\nI went home. But I am tired of it being that close.",
            ),
            Said(
                "Rowan",
                8 * HOUR,
                "You went home. That minute counts for you, not against you.\n\nWhat worked for me on a street like that: I phoned my sister at the corner before, every time, and we talked about nothing until I was past it.",
            ),
            Said(
                "Juniper",
                7 * HOUR,
                "Two small things from my own first year:\n\n1. Change the side of the street. It sounds silly and it makes a difference.\n2. Have something warm in your hand.\n\nIs there another stop you could use for a while?",
            ),
            Said(
                "kestrel_22",
                6 * HOUR,
                "There is one ten minutes further. I never thought of it because it is *further*.",
                2,
            ),
            Said("SlowTuesday", 5 * HOUR, "Ten minutes further is a very good price.", 3),
            Said("Rowan", 95, "How did it go tonight?", 0),
        ),
    ),
    ThreadStory(
        "one-day",
        "Ninety days, and I feel nothing special",
        (
            Said(
                "SlowTuesday",
                2 * DAY,
                "Ninety days today. I thought there would be trumpets. There was a dentist appointment and rain.\n\nIs it normal that it feels so flat?",
            ),
            Said(
                "Juniper",
                2 * DAY - 40,
                "Very. For me the flat weeks were the ones in which the most was healing, I only saw that later.\n\nNinety days is a great deal of evenings. I am glad you told us.",
            ),
            Said(
                "oakandtide",
                DAY,
                "I had trumpets on day three and a terrible day ninety. There is no right way round.",
            ),
        ),
    ),
    ThreadStory(
        "one-day",
        "Swearing because the pharmacy was shut, that is all",
        (
            Said(
                "kestrel_22",
                9 * HOUR,
                "Drove forty minutes for my fucking prescription and the pharmacy was shut. Shut! I sat in the car and screamed like an idiot, and then I rang the clinic instead of the other number I still know by heart. They are sending it to the shop round the corner.\n\nWhat a shit day. I did not use.",
            ),
            Said(
                "Juniper",
                8 * HOUR,
                "Bloody brilliant. You screamed, and then you rang the clinic. That is the whole skill.",
            ),
            Said(
                "SlowTuesday",
                7 * HOUR,
                "My brother used to tease me about the methadone. He has come round. It kept me alive long enough to argue with him.",
            ),
        ),
    ),
    ThreadStory(
        "families",
        "She comes home from treatment on Friday. What do I say?",
        (
            Said(
                "Maren",
                30 * HOUR,
                "My daughter comes home from treatment on Friday. I have cleaned the whole house twice. I want to say the right thing, and I am so afraid of saying the wrong one.",
            ),
            Said(
                "Juniper",
                28 * HOUR,
                "I was the daughter once. What I remember is that my mother had bought the tea I like, and that she did not ask me anything on the first evening.\n\nYou do not have to find a sentence. *Good to have you here* is a whole one.",
            ),
            Said(
                "Rowan",
                20 * HOUR,
                "Ask what she would like for dinner, and let her choose. After weeks of timetables that felt like freedom to me.",
            ),
            Said(
                "Maren",
                19 * HOUR,
                "I have bought the tea. Thank you both, I cried a little and then slept.",
                1,
            ),
        ),
    ),
    ThreadStory(
        "families",
        "They gave us naloxone at the family evening",
        (
            Said(
                "Maren",
                4 * DAY,
                "The nurse at the family evening gave each of us a box, and showed us how to use it. It is in the kitchen drawer now, and I look at that drawer a lot.",
            ),
            Said(
                "oakandtide",
                4 * DAY - 3 * HOUR,
                "I would not keep it in the house. Giving people naloxone only makes them use more.",
                note="naloxone-myth",
            ),
            Said(
                "Rowan",
                3 * DAY,
                "Mine sat in a drawer for two years and nobody needed it. I was still glad that my mother knew where it was.",
                0,
            ),
        ),
    ),
    ThreadStory(
        "one-day",
        "Tonight is a hard one",
        (
            Said(
                "SlowTuesday",
                18,
                "I don't want to be alive tonight. My sister is on her way, and she has the key. I only wanted somebody to know.",
            ),
            Said(
                "Juniper",
                12,
                "Thank you for telling us. I am reading this with you. Is your sister there yet? The people under *People you can reach now* answer all night, too.",
            ),
        ),
    ),
    ThreadStory(
        "mentors",
        "When somebody stops answering",
        (
            Said(
                "Juniper",
                3 * DAY,
                "How long do you wait before you write to him again? I try once more after three days, and then I give him time.",
            ),
        ),
    ),
    ThreadStory(
        "team",
        "Handover",
        (
            Said(
                "Linnet",
                DAY,
                "Quiet week. Two reports, both kept. I am away on Thursday; Harbour takes the evening.",
            ),
        ),
    ),
)

ROOMS = (
    RoomStory(
        "one-day",
        "Evening check-in",
        "A few lines about today. Listening is taking part.",
        (
            Said("Juniper", 58, "Good evening. The kettle is on. How was everybody's day?"),
            Said("Rowan", 56, "Long walk, wet dog, good head."),
            Said("oakandtide", 54, "Rough afternoon. I rang somebody instead, so that is that."),
            Said("Juniper", 53, "That is exactly that. Thank you for telling us."),
            Said("kestrel_22", 51, "I went to the other bus stop today."),
            Said("SlowTuesday", 50, "Ha! Ten minutes well spent."),
            Said("SlowTuesday", 49, "Proud of you."),
            Said("kestrel_22", 47, "Fuck, it was cold though."),
            Said("Rowan", 46, "Hold something warm, remember."),
        ),
    ),
    RoomStory(
        "families",
        "Kitchen table",
        "For families and friends. Opens when somebody who facilitates is here.",
        (Said("Marlow", 3 * DAY, "This room opens on Wednesdays at seven. Until then you can read here."),),
        Pace(needs_facilitator=True),
    ),
    RoomStory(
        "one-day", "Quiet room", "Slow on purpose: one line every half minute.", (), Pace(slow_seconds=30)
    ),
)

HELD = (
    ThreadStory(
        "one-day",
        "The walk home past the old bar",
        (
            Said(
                "NewLeaf",
                40,
                "These helped me a lot: https://example.org/one https://example.org/two https://example.org/three",
            ),
            Said("oakandtide", 25, "You are a worthless idiot if you still walk past it."),
            Said(
                "oakandtide",
                20,
                "Still on the methadone, then. You people never get clean, you only swap dealers.",
            ),
        ),
    ),
    ThreadStory(
        "one-day",
        "Swearing because the pharmacy was shut, that is all",
        (
            Said(
                "oakandtide",
                35,
                "Just stop taking your methadone, then no pharmacy can let you down. Somebody I know did, from one day to the next.",
            ),
        ),
    ),
    ThreadStory(
        "families",
        "She comes home from treatment on Friday. What do I say?",
        (
            Said(
                "Maren",
                30,
                "Her father works at the Northfield fire station. If anybody here knows him, please tell him that she is home.",
            ),
        ),
    ),
)
"""What waits for a person when the demo opens, said into threads that are there: links of a newcomer, contempt,
a health claim that can harm, and where somebody else works."""

REPORTED = ("Ninety days, and I feel nothing special", 2, "Maren", "worried")
"""The thread, the number of the message in it, who reported it, and why."""
