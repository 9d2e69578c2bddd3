"""The names in the demo's gatherings: areas, partners, slots and agendas, screened as anybody's are."""

from dataclasses import dataclass
from typing import Self

from forum.demo.gatherings_story import GatheringStory
from forum.demo.people import People
from forum.naming import screen_name


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a gathering, screened as those of anybody are."""

    area: str
    partner: str
    agenda: str
    slots: tuple[str, ...]

    @classmethod
    async def of(cls, people: People, story: GatheringStory) -> Self:
        """Return the names that the pipeline has passed; NameNotPossible for any that it does not."""
        lines = [await cls._screened(people, line) for line in story.agenda.splitlines()]
        area, partner = [await cls._screened(people, one) for one in (story.where.area, story.partner)]
        slots = [await cls._screened(people, name) for name, _ in story.slots]
        return cls(area, partner, "\n".join(lines), tuple(slots))

    @staticmethod
    async def _screened(people: People, text: str) -> str:
        return await screen_name(people.services, text) if text else ""
