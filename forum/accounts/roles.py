"""What a member may do beyond taking part."""

from enum import StrEnum

from forum.language import N_, Words


class Role(StrEnum):
    """One role a member; moderators and community managers are kept apart on purpose."""

    MEMBER = "member"
    MENTOR = "mentor"
    MODERATOR = "moderator"
    MANAGER = "manager"
    ADMINISTRATOR = "administrator"

    @property
    def can_moderate(self) -> bool:
        """May decide on held and reported messages."""
        return self in (Role.MODERATOR, Role.ADMINISTRATOR)

    @property
    def can_manage(self) -> bool:
        """May open spaces and rooms and invite people to them."""
        return self in (Role.MANAGER, Role.ADMINISTRATOR)

    @property
    def can_facilitate(self) -> bool:
        """May hold a room: pause it, slow it down, and be the facilitator it waits for."""
        return self is not Role.MEMBER

    @property
    def words(self) -> Words | None:
        """What stands beside a handle; nothing for a member."""
        return NAMES.get(self)


NAMES = {
    Role.MENTOR: N_("peer mentor"),
    Role.MODERATOR: N_("moderator"),
    Role.MANAGER: N_("community manager"),
    Role.ADMINISTRATOR: N_("administrator"),
}
