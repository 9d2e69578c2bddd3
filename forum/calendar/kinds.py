"""What gatherings there are, in the words of their pages."""

from enum import StrEnum

from forum.accounts.roles import Role
from forum.language import N_, Words


class Kind(StrEnum):
    """What people do there."""

    SUPPORT = "support"
    WORKSHOP = "workshop"
    DISCUSSION = "discussion"
    GAMES = "games"
    SOCIAL = "social"
    VOLUNTEERING = "volunteering"
    OUTING = "outing"
    JOINT = "joint"

    @property
    def words(self) -> Words:
        """What members read."""
        return KINDS[self]


KINDS = {
    Kind.SUPPORT: N_("Support meeting"),
    Kind.WORKSHOP: N_("Workshop with questions"),
    Kind.DISCUSSION: N_("Discussion"),
    Kind.GAMES: N_("Game night"),
    Kind.SOCIAL: N_("Social"),
    Kind.VOLUNTEERING: N_("Volunteering"),
    Kind.OUTING: N_("Outing or shared meal"),
    Kind.JOINT: N_("With a partner organisation"),
}


class Pathway(StrEnum):
    """Where in recovery somebody is for whom it is meant; everybody may come all the same."""

    ANYBODY = ""
    FIRST_STEPS = "first-steps"
    KEEPING_ON = "keeping-on"
    FAMILIES = "families"
    MENTORS = "mentors"

    @property
    def words(self) -> Words:
        """What members read."""
        return PATHWAYS[self]


PATHWAYS = {
    Pathway.ANYBODY: N_("For everybody"),
    Pathway.FIRST_STEPS: N_("The first steps after treatment"),
    Pathway.KEEPING_ON: N_("Keeping on in recovery"),
    Pathway.FAMILIES: N_("Families and friends"),
    Pathway.MENTORS: N_("Peer mentors"),
}


class Format(StrEnum):
    """Where people meet."""

    ONLINE = "online"
    PLACE = "place"
    BOTH = "both"

    @property
    def words(self) -> Words:
        """What members read."""
        return FORMATS[self]


FORMATS = {
    Format.ONLINE: N_("Online"),
    Format.PLACE: N_("In person"),
    Format.BOTH: N_("Online and in person"),
}


class ForWhom(StrEnum):
    """Who of a space may see it and come."""

    EVERYBODY = ""
    MENTORS = "mentors"
    TEAM = "team"

    @property
    def words(self) -> Words:
        """What members read."""
        return FOR_WHOM[self]

    def includes(self, role: Role | None) -> bool:
        """Whether somebody with this role (None: a visitor) is meant; the team always is."""
        if role is None or role is Role.MEMBER:
            return self is ForWhom.EVERYBODY
        return role is not Role.MENTOR or self is not ForWhom.TEAM


FOR_WHOM = {
    ForWhom.EVERYBODY: N_("Everybody in the space"),
    ForWhom.MENTORS: N_("Peer mentors and the team"),
    ForWhom.TEAM: N_("The team"),
}


class Transcript(StrEnum):
    """What becomes of what was said, when a meeting is over; announced when it begins."""

    DROP = "drop"
    KEEP = "keep"
    GUESTS = "guests"

    @property
    def words(self) -> Words:
        """What everybody reads at the start."""
        return TRANSCRIPTS[self]


TRANSCRIPTS = {
    Transcript.DROP: N_("What is said here is erased when the meeting ends."),
    Transcript.KEEP: N_("What is said here is kept for the hosts and the moderation team."),
    Transcript.GUESTS: N_("What is said here stays readable for those who took part."),
}
