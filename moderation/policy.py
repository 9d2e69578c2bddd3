"""The policy file: the rulebook, the thresholds and the hearing, read together, under one version."""

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from moderation.rulebook import Rulebook
from moderation.signs import Hearing
from moderation.toxicity.thresholds import Thresholds


@dataclass(frozen=True, slots=True)
class PolicyFile:
    """Everything that decides what becomes of a text."""

    rulebook: Rulebook
    thresholds: Thresholds
    hearing: Hearing

    @property
    def version(self) -> str:
        """What every finding is kept with."""
        return self.rulebook.version

    @classmethod
    def load(cls) -> Self:
        """Return the policy that ships with us."""
        return cls(Rulebook.load(), Thresholds.load(), Hearing.load())

    @classmethod
    def read(cls, path: Path) -> Self:
        """Return the policy of a file; ValueError or OSError where it cannot be read or makes no sense."""
        text = path.read_text("utf-8")
        return cls(Rulebook.read(text), Thresholds.read(text), Hearing.read(text))
